"""Calls as counts need them: a row an account and mechanism, and one for the whole list."""

from typing import Final

import pandas as pd

from kznet.evaluation.judged import called_at
from kznet.evaluation.labels import DISCLOSED, NEGATIVE, PLANT
from kznet.evaluation.plan import AS_MADE
from kznet.mechanisms.evidence import TESTED

ANY: Final = "any"
WORLD: Final = ["generator", "world", "variant", "seed"]


def outcomes(calls: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Every account under every mechanism, and once more under "any" for the whole list.

    Returns
    -------
    DataFrame
        The rows of `calls` with `hit` (called at this level), `true` (planted with this very
        mechanism; under "any": planted at all), `testable` (with reach, and tested), `innocent`
        (not planted at all), `staff` (an innocent body reposted by its own staff) and `disclosed`
        (the same where its call says so by its label).
    """
    tested = (calls["status"] == TESTED) & calls["reach"]
    planted = calls["planted"]
    staff = (calls["label"] == NEGATIVE) & (calls["group"] == DISCLOSED)
    each = calls.assign(
        hit=called_at(calls, level),
        true=(planted == calls["mechanism"]) | (planted == ANY),
        testable=tested,
        innocent=calls["label"] != PLANT,
        staff=staff,
        disclosed=staff & calls["disclosure"].notna(),
    )
    return pd.concat([each, _whole(each)], ignore_index=True)


def _whole(each: pd.DataFrame) -> pd.DataFrame:
    """One row an account: called or testable by any mechanism, planted with any."""
    keys = [*WORLD, "account"]
    found = each.groupby(keys, sort=False)[["hit", "testable"]].any()
    first = each.drop_duplicates(keys).drop(columns=["hit", "testable"])
    rows = first.merge(found.reset_index(), on=keys).assign(mechanism=ANY, p=float("nan"))
    return rows.assign(true=~rows["innocent"])


def as_made(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of worlds as they were made, or of data as they were given."""
    return rows[rows["variant"] == AS_MADE]


def number_of_worlds(rows: pd.DataFrame) -> int:
    """How many different worlds the rows are of."""
    return len(rows[WORLD].drop_duplicates())
