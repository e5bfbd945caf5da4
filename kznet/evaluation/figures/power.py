"""Recall by how strong a plant is, and by how much of the data there is."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from kznet.evaluation.figures.bounds import with_shares
from kznet.evaluation.figures.outcomes import WORLD
from kznet.evaluation.labels import MECHANISMS
from kznet.evaluation.plan import AS_MADE, DEGRADED

TARGETED: Final = "as the targets ask"
SLOWEST: Final = 300
_COUNTS: Final = ["planted", "with_reach", "testable", "called"]
Cut = Callable[[pd.DataFrame], pd.Series]


def _product(rows: pd.DataFrame) -> pd.Series:
    """Members who join a post on average, in bands."""
    joined = rows["size"].astype("float64") * rows["participation"]
    edges = [0, 2, 4, 8, 16, np.inf]
    names = ["< 2", "2–4", "4–8", "8–16", "≥ 16"]
    return pd.cut(joined, edges, right=False, labels=names).astype("str")


def _recognisers(rows: pd.DataFrame) -> pd.Series:
    edges = [0, 6, 9, 13, np.inf]
    names = ["< 6", "6–8", "9–12", "≥ 13"]
    return pd.cut(rows["recognisers"], edges, right=False, labels=names).astype("str")


def _jitter_and_size(rows: pd.DataFrame) -> pd.Series:
    return rows["jitter"].astype("str") + " s, " + rows["size"].astype("str") + " accounts"


def _quick(rows: pd.DataFrame) -> pd.Series:
    return _named(rows["jitter"].astype("float64"), {60: "jitter up to 1 min", 300: "jitter 5 min"})


def _named(values: pd.Series, upto: Mapping[float, str]) -> pd.Series:
    """Name of the first mark that each value does not pass; missing beyond all."""
    found = pd.Series([None] * len(values), index=values.index, dtype="str")
    for mark, name in upto.items():
        found = found.mask(found.isna() & (values <= mark), name)
    return found


def _turned(rows: pd.DataFrame) -> pd.Series:
    return _named(-rows["strength"], {-0.3: "strength of .3 and more"})


def _unknown(rows: pd.DataFrame) -> pd.Series:
    known = rows["recognition"].where(rows["recognisers"] >= 9)
    return _named(known, {0.25: "recognition up to .25, 9 recognisers or more"})


def _plain(name: str) -> Cut:
    return lambda rows: rows[name].astype("float64").map("{:g}".format, na_action="ignore")


def _kind(rows: pd.DataFrame) -> pd.Series:
    return rows["variant"].rename("kind")


_M1, _M2, _M3 = MECHANISMS
CUTS: Final[Mapping[str, Mapping[str, Cut]]] = {
    _M1: {
        TARGETED: _quick,
        "jitter (s)": _plain("jitter"),
        "jitter and size": _jitter_and_size,
        "size": _plain("size"),
        "participation": _plain("participation"),
        "size × participation": _product,
        "camouflage": _plain("camouflage"),
        "kind": _kind,
    },
    _M2: {
        TARGETED: _turned,
        "strength": _plain("strength"),
        "growth": _plain("growth"),
        "bait": _plain("bait"),
        "kind": _kind,
    },
    _M3: {
        TARGETED: _unknown,
        "recognition": _plain("recognition"),
        "derivation": _plain("derivation"),
        "recognisers": _recognisers,
        "kind": _kind,
    },
}


def recall(rows: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Planted accounts called by their own mechanism, by each of their grades.

    `recall` is over all that were planted; `recall_testable` over those with reach that could
    be tested. The number of recognisers is that of the world.
    """
    here = rows[rows["level"] == level]
    here = here.assign(recognisers=here.groupby(WORLD)["recognisers"].transform("max"))
    parts = [
        _cut(here[here["true"] & (here["mechanism"] == mechanism)], name, cut)
        for mechanism, cuts in CUTS.items()
        for name, cut in cuts.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    table = with_shares(table, "called", "planted", name="recall")
    return with_shares(table, "called", "testable", name="recall_testable")


def _cut(rows: pd.DataFrame, name: str, cut: Cut) -> pd.DataFrame:
    named = rows.assign(
        cut=name, cell=cut(rows), planted=True, with_reach=rows["reach"], called=rows["hit"]
    )
    named = named[named["cell"].notna() & (named["cell"] != "nan")]
    by = ["generator", "mechanism", "cut", "cell"]
    table = named.groupby(by, as_index=False)[_COUNTS].sum().astype({"cell": "str"})
    order = sorted(
        range(len(table)), key=lambda i: (table["generator"][i], _place(table["cell"][i]))
    )
    return table.iloc[order]


def _place(cell: str) -> tuple[list[float], str]:
    """Sort cells by the numbers in their names."""
    return [float(number) for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", cell)], cell


def degraded(rows: pd.DataFrame, *, mechanism: str) -> pd.DataFrame:
    """Recall and false positives with fewer reposts and coarser stamps, on the same worlds.

    `rows` are outcomes of all variants at one level. Plants of amplification count where their
    jitter is at most five minutes.
    """
    mine = rows[rows["mechanism"] == mechanism]
    worlds = mine[mine["variant"].isin(DEGRADED)][["generator", "world", "seed"]]
    here = mine.merge(worlds.drop_duplicates(), on=["generator", "world", "seed"])
    here = here[here["variant"].isin([AS_MADE, *DEGRADED])]
    fit = here["true"] & ~(here["jitter"].astype("float64") > SLOWEST)
    innocent = here["innocent"] & ~here["staff"]
    counted = here.assign(
        planted=fit,
        planted_testable=fit & here["testable"],
        found=fit & here["hit"],
        innocent_accounts=innocent,
        innocent_testable=innocent & here["testable"],
        innocent_called=innocent & here["hit"],
    )
    names = ["planted", "planted_testable", "found"]
    names += ["innocent_accounts", "innocent_testable", "innocent_called"]
    table = counted.groupby(["generator", "variant"], as_index=False)[names].sum()
    place = table["variant"].map({name: i for i, name in enumerate([AS_MADE, *DEGRADED])})
    table = table.assign(place=place).sort_values(["generator", "place"], ignore_index=True)
    table = with_shares(table.drop(columns="place"), "found", "planted", name="recall")
    return with_shares(table, "innocent_called", "innocent_accounts", name="rate")
