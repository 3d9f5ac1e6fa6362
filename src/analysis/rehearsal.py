"""What every notebook does, done once beforehand: modules imported, fonts found, caches full.

Kernels that are forked afterwards need not do so again, each for itself.
"""

from importlib import import_module
from pkgutil import walk_packages

import pandas as pd

from analysis import charts, fingerprint, stages
from analysis.stages.evidence import aggregate

# With what ipykernel, pandas and Pillow import only when they are first used.
IMPORTS = {
    "ipykernel": "kernelapp zmqshell debugger",
    "IPython.core": "completerlib debugger logger oinspect",
    "IPython.extensions": "storemagic",
    "tornado.platform": "asyncio",
    "pyarrow": "parquet dataset substrait",
    "pandas.core": "arrays.arrow.extension_types methods.to_dict",
    "PIL": "JpegImagePlugin BmpImagePlugin GifImagePlugin PpmImagePlugin",
    "matplotlib": "pyplot",
    "seaborn": "axisgrid",
    "analysis": "survey.kept.store tables",
    "analysis.stages": " ".join(
        module.name.removeprefix("analysis.stages.")
        for module in walk_packages(stages.__path__, "analysis.stages.")
    ),
}


def rehearse() -> None:
    """Import what notebooks use, work out the means of some made-up answers and draw them."""
    fingerprint.program()
    for package, modules in IMPORTS.items():
        for module in modules.split():
            import_module(f"{package}.{module}")
    units = [f"unit {number}" for number in range(12)]
    answers = pd.DataFrame(
        [
            (unit, group, item, f"Butir {item}", float(number % 5 + 1))
            for number, unit in enumerate(units)
            for group, item in ((f"kelompok {number % 2}", item) for item in "AB")
        ],
        columns=["unit", "group", "item", "name", "level"],
    ).assign(group_name=lambda frame: frame["group"])
    means = aggregate.groups_and_city(answers, "item", "level", ["name"])
    charts.heatmap(means, "label", "name", "mean", title="Rerata", label="1–5")
    city = means[means["group"] == "city"]
    charts.ranked(
        city,
        "name",
        "mean",
        "low",
        "high",
        title="Rerata",
        threshold=3.0,
        threshold_label="ambang",
        label="1–5",
    )
