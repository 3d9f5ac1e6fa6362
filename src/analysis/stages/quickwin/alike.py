"""Proposals whose names look alike, in clusters."""

from difflib import SequenceMatcher
from itertools import combinations

import numpy as np
import pandas as pd
import scipy  # which imports `sparse` when it is first used: few notebooks need it

from analysis.text import _, percent


def pairs(names: pd.Series, least: float) -> pd.DataFrame:
    """Pairs of names that look alike: one, other (their labels), similarity (`least` to 1).

    Names are compared in lower case with their words sorted; the similarity is twice the matching
    letters over all letters.
    Source: Ratcliff & Metzener (1988), Dr. Dobb's Journal 13(7), 46; Python's difflib.
    """
    words = {key: " ".join(sorted(name.casefold().split())) for key, name in names.items()}
    rows = []
    for one, other in combinations(names.index, 2):
        match = SequenceMatcher(None, words[one], words[other], autojunk=False)
        if match.quick_ratio() >= least and (ratio := match.ratio()) >= least:
            rows.append((one, other, ratio))
    return pd.DataFrame(rows, columns=["one", "other", "similarity"])


def clusters(proposals: pd.DataFrame, least: float = 0.8) -> pd.DataFrame:
    """The proposals whose names look alike, by cluster, for people to judge; none is merged.

    A cluster holds all that are joined by `pairs`, one after the other, so that two in it may look
    less alike than `least`. Adds cluster (1 for the largest) and similarity (with the likest other
    one of the cluster); the columns of `proposals` stay, in their order within a cluster.
    """
    named = proposals.dropna(subset="name").set_index("proposal")
    found = pairs(named["name"], least)
    ends = (named.index.get_indexer(found[end]) for end in ("one", "other"))
    graph = scipy.sparse.coo_array((np.ones(len(found)), tuple(ends)), shape=(len(named),) * 2)
    _n, parts = scipy.sparse.csgraph.connected_components(graph, directed=False)
    part = pd.Series(parts, named.index)
    size = part.map(part.value_counts())
    likest = pd.concat([found.set_index(end)["similarity"] for end in ("one", "other")])
    order = pd.DataFrame({"size": -size, "part": part}).groupby(["size", "part"]).ngroup() + 1
    joined = named.assign(cluster=order, similarity=likest.groupby(level=0).max())
    joined = joined[size > 1].sort_values("cluster", kind="stable").reset_index()
    return joined.astype({"similarity": float})


def headline(alike: pd.DataFrame) -> str:
    """How many clusters look alike, and how many proposals they hold, from `clusters`."""
    if alike.empty:
        return _("Tidak ada nama usulan yang mirip")
    return _("{proposals} usulan bernama mirip, dalam {count} kelompok, perlu diperiksa").format(
        proposals=len(alike), count=alike["cluster"].nunique()
    )


def note(least: float) -> str:
    """From which similarity on names are joined, and what the figure is."""
    return _(
        "Kemiripan: dengan nama termirip dalam kelompoknya, mulai dari {least}. Nama yang mirip "
        "dengan nama yang sama berada dalam satu kelompok."
    ).format(least=percent(least))
