"""What happens to innocent accounts: how often they are called, tested, and how p is spread."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.evaluation.figures.bounds import alike, with_shares
from kznet.evaluation.figures.outcomes import ANY, WORLD
from kznet.evaluation.labels import DISCLOSED, NEGATIVE, ORDINARY
from kznet.evaluation.plan import WITHOUT_PLANTS
from kznet.mechanisms.evidence import TESTED

ALL: Final = "all"
ALPHAS: Final = (0.0005, 0.001, 0.005, 0.01, 0.05, 0.1)
_COUNTS: Final = ["accounts", "with_reach", "testable", "called", "labelled"]


def false_positives(rows: pd.DataFrame) -> pd.DataFrame:
    """Calls among innocent accounts, by generator, level, class and mechanism.

    Classes are the hard look-alikes, "ordinary" for all others, and "all". `rate` is over all
    accounts of the class, `rate_testable` over those that the mechanism could test; the bounds
    take accounts for independent, which the five sources of one newsroom are not: `worlds` says
    how many worlds they come from. `labelled` counts the calls of bodies with disclosed staff
    that say so.
    """
    innocent = _classed(rows[rows["innocent"]])
    hit = innocent["hit"]
    counted = innocent.assign(
        accounts=True,
        with_reach=innocent["reach"],
        called=hit,
        labelled=hit & innocent["disclosed"],
    )
    by = ["generator", "level", "group", "mechanism"]
    table = counted.groupby(by, as_index=False)[_COUNTS].sum()
    worlds = innocent.drop_duplicates([*by, *WORLD]).groupby(by).size().rename("worlds")
    table = table.merge(worlds.reset_index(), on=by)
    table = with_shares(table, "called", "accounts", name="rate")
    table = with_shares(table, "labelled", "called", name="labelled_share")
    return with_shares(table, "called", "testable", name="rate_testable")


def untested(rows: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """How many accounts of each class each mechanism can't judge, and the commonest reason."""
    here = _classed(rows[(rows["level"] == level) & (rows["mechanism"] != ANY)])
    by = ["generator", "group", "mechanism"]
    counted = here.assign(
        accounts=True, without_reach=~here["reach"], untested=here["status"] != TESTED
    )
    table = counted.groupby(by, as_index=False)[["accounts", "without_reach", "untested"]].sum()
    unsaid = counted[counted["untested"]]
    reason = unsaid["reason"].str.replace(r"[0-9]+(?:\.[0-9]+)?", "N", regex=True)
    first = unsaid.assign(reason=reason).groupby([*by, "reason"]).size().rename("n").reset_index()
    first = first.sort_values(["n", "reason"], ascending=[False, True]).drop_duplicates(by)
    table = table.merge(first.drop(columns="n"), on=by, how="left")
    return with_shares(table, "untested", "accounts", name="untested_share")


def calibration(calls: pd.DataFrame) -> pd.DataFrame:
    """P(p ≤ α) over the tested accounts of worlds without plants, by class and mechanism.

    Bodies reposted by their own staff do move together: they have a row of their
    own and are not among "all".
    """
    nulls = calls[(calls["variant"] == WITHOUT_PLANTS) & (calls["status"] == TESTED)]
    here = _classed(nulls.assign(staff=nulls["group"] == DISCLOSED))
    here = here[~(here["staff"] & (here["group"] == ALL))]
    by = ["generator", "mechanism", "group"]
    found = [
        here.assign(alpha=alpha, tests=True, rejected=here["p"] <= alpha)
        .groupby([*by, "alpha"], as_index=False)[["tests", "rejected"]]
        .sum()
        for alpha in ALPHAS
    ]
    table = pd.concat(found).sort_values([*by, "alpha"], ignore_index=True)
    return with_shares(table, "rejected", "tests", name="share")


def by_group(rows: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """False positives and power by camp and by role, and whether they are alike.

    `p_equal` is the chance that shares differ as much between groups with all margins kept;
    small where groups are treated differently.
    """
    here = rows[rows["level"] == level]
    parts = []
    for quantity, chosen in (("false positives", here["innocent"]), ("power", here["true"])):
        for by in ("camp", "role"):
            part = here[chosen & ~here["staff"]]
            named = part.assign(quantity=quantity, by=by, group=part[by].fillna("none"))
            parts.append(named.assign(accounts=True, called=named["hit"]))
    keys = ["generator", "quantity", "mechanism", "by"]
    table = pd.concat(parts).groupby([*keys, "group"], as_index=False)[["accounts", "called"]].sum()
    equal = [
        dict(zip(keys, key, strict=True))
        | {"p_equal": alike(part["called"].to_numpy(), part["accounts"].to_numpy())}
        for key, part in table.groupby(keys)
    ]
    table = table.merge(pd.DataFrame(equal), on=keys) if equal else table.assign(p_equal=np.nan)
    return with_shares(table, "called", "accounts", name="rate")


def _classed(rows: pd.DataFrame) -> pd.DataFrame:
    """Name ordinary sources so, and count everybody once more under "all"."""
    group = rows["group"].where(rows["label"] == NEGATIVE, rows["label"])
    named = rows.assign(group=group.where(rows["label"] != ORDINARY, ORDINARY))
    return pd.concat([named, named.assign(group=ALL)], ignore_index=True)
