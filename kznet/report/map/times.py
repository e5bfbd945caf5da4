"""When the ties of a page happened: how much of each falls into each stretch of days."""

from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.report.days import MOST_BINS, STEPS, date_of, days_of
from kznet.report.texts import Texts

MOST_PARTS: Final = 30_000


def timeline(
    data: Dataset, ties: pd.DataFrame, *, accounts: pd.Index, texts: Texts
) -> dict[str, Any] | None:
    """Histogram of each tie over days, weeks or more; None where fewer than two bins have any.

    A bin is a day, since the times of private people are known to the day; it grows until there
    are at most 120 bins and 30,000 parts, so that a page stays small. A follow counts where it
    was first seen, any other tie wherever it was repeated.

    Parameters
    ----------
    data
        Where the times are.
    ties
        source, target (positions in `accounts`), kind, weight; those on the page.
    """
    dated = _dated(data, ties, accounts)
    if dated.empty or dated["day"].nunique() < 2:
        return None
    first = int(dated["day"].min())
    days = dated["day"].to_numpy() - first
    step = _step(dated["tie"].to_numpy(), days)
    parts = dated.assign(bin=days // step).groupby(["tie", "bin"])["weight"].sum().round(2)
    tie, at = (parts.index.get_level_values(name).to_numpy() for name in ("tie", "bin"))
    starts = first + step * np.arange(int(days.max()) // step + 1)
    ends = np.minimum(starts + step - 1, first + int(days.max()))
    return {
        "first": f"{date_of(first):%Y-%m-%d}",
        "step": step,
        "starts": [texts.day(date_of(day)) for day in starts.tolist()],
        "ends": [texts.day(date_of(day)) for day in ends.tolist()],
        "parts": np.bincount(tie, minlength=len(ties)).tolist(),
        "bins": at.tolist(),
        "weights": [int(x) if x == int(x) else x for x in parts.tolist()],
    }


def _dated(data: Dataset, ties: pd.DataFrame, accounts: pd.Index) -> pd.DataFrame:
    """The rows behind these ties that have a time: tie, day, weight."""
    rows = data.ties[data.ties["time"].notna()]
    place = np.append(accounts.get_indexer(pd.Index(data.accounts["account"])), -1)
    source, target = (place[rows[side].cat.codes.to_numpy()] for side in ("source", "target"))
    inside = (source >= 0) & (target >= 0)
    rows = rows.loc[inside, ["kind", "time", "weight"]].assign(
        source=source[inside], target=target[inside], kind=rows["kind"][inside].astype("str")
    )
    known = ties[["source", "target", "kind"]].assign(tie=np.arange(len(ties)), all=ties["weight"])
    rows = rows.merge(known, on=["source", "target", "kind"]).sort_values(["tie", "time"])
    follow = (rows["kind"] == "follow").to_numpy()
    rows = rows.assign(weight=np.where(follow, rows["all"], rows["weight"]))
    once: pd.DataFrame = rows[~(follow & rows.duplicated("tie").to_numpy())]
    return once.assign(day=days_of(once["time"]))


def _step(tie: np.ndarray, days: np.ndarray) -> int:
    for step in STEPS:
        bins = days // step
        parts = len(np.unique(tie * (int(bins.max()) + 1) + bins))
        if bins.max() < MOST_BINS and parts <= MOST_PARTS:
            return step
    return STEPS[-1]
