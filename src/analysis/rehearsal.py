"""What every notebook does, done once beforehand: fonts are found, patterns compiled, caches full.

Kernels that are forked afterwards need not do so again, each for itself.
"""

import pandas as pd

from analysis import charts
from analysis.stages import aggregate


def rehearse() -> None:
    """Work out the means of some made-up answers and draw them; nothing of it stays to be seen."""
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
    looks = {"title": "Rerata", "threshold": 3.0, "threshold_label": "ambang", "label_x": "1–5"}
    charts.ranked(city, "name", "mean", "low", "high", **looks)
