"""How many calls are right, and how many of those that are planted are called."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kznet.evaluation.figures.bounds import mean_interval, with_shares
from kznet.evaluation.figures.outcomes import WORLD, as_made, outcomes

_BY = ["generator", "level", "mechanism"]


def levelled(calls: pd.DataFrame, levels: Sequence[float]) -> pd.DataFrame:
    """Outcomes as made, at each of several levels."""
    rows = as_made(calls)
    return pd.concat([outcomes(rows, level=q).assign(level=q) for q in levels], ignore_index=True)


def precision(rows: pd.DataFrame) -> pd.DataFrame:
    """Precision and recall by generator, level and mechanism; "any" is the whole list.

    A call of a mechanism is right where that mechanism was planted; calls of what was planted
    with another one are counted as `other_mechanism`, and are right in the whole list alone.
    Calls of a body with disclosed staff count as wrong in `precision`; those that are labelled
    so are left out of `precision_without_staff`.
    """
    hit, true = rows["hit"], rows["true"]
    counted = rows.assign(
        calls=hit,
        right=hit & true,
        other_mechanism=hit & ~true & ~rows["innocent"],
        staff=hit & rows["disclosed"],
        innocent_calls=hit & rows["innocent"] & ~rows["disclosed"],
        planted=true,
        planted_testable=true & rows["testable"],
        testable_calls=hit & true & rows["testable"],
    )
    names = ["calls", "right", "other_mechanism", "staff", "innocent_calls", "planted"]
    names += ["planted_testable"]
    table = counted.groupby(_BY, as_index=False)[names].sum()
    table["calls_without_staff"] = table["calls"] - table["staff"]
    table = with_shares(table, "right", "calls", name="precision")
    table = with_shares(table, "right", "calls_without_staff", name="precision_without_staff")
    table = with_shares(table, "right", "planted", name="recall")
    return with_shares(table, "right", "planted_testable", name="recall_testable")


def discoveries(rows: pd.DataFrame) -> pd.DataFrame:
    """Realised false-discovery proportion: the share of wrong calls in a world, its mean over all.

    A world without calls has 0. The interval of the mean is normal; where no world has a wrong
    call it is a point, and `worlds_wrong_high`, the exact bound on how many worlds have any,
    says more.
    """
    wrong = rows["hit"] & ~rows["true"]
    counted = rows.assign(calls=rows["hit"], wrong=wrong, told=wrong & ~rows["disclosed"])
    worlds = counted.groupby([*_BY, *WORLD[1:]], as_index=False)[["calls", "wrong", "told"]].sum()
    found = []
    for key, here in worlds.groupby(_BY):
        number = np.maximum(here["calls"].to_numpy(), 1)
        mean, low, high = mean_interval(here["wrong"].to_numpy() / number)
        kept = np.maximum((here["calls"] - here["wrong"] + here["told"]).to_numpy(), 1)
        row = dict(zip(_BY, key, strict=True)) | {"worlds": len(here)}
        row |= {"fdp": mean, "fdp_low": low, "fdp_high": high}
        row |= {"fdp_without_staff": float((here["told"].to_numpy() / kept).mean())}
        found.append(row | {"worlds_wrong": int((here["wrong"] > 0).sum())})
    table = pd.DataFrame(found)
    return with_shares(table, "worlds_wrong", "worlds", name="worlds_wrong_share")


def crossed(rows: pd.DataFrame) -> pd.DataFrame:
    """Which mechanism calls what was planted with which: counts by generator and level."""
    planted = rows[~rows["innocent"]]
    counted = planted.assign(accounts=True, called=planted["hit"])
    by = ["generator", "level", "planted", "mechanism"]
    return counted.groupby(by, as_index=False)[["accounts", "testable", "called"]].sum()
