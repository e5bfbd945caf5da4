"""The shape in which every mechanism answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset

TESTS: Final = {
    "account": "str",
    "mechanism": "str",
    "status": "str",
    "reason": "str",
    "observed": "float64",
    "null_low": "float64",
    "null_median": "float64",
    "null_high": "float64",
    "p": "float64",
    "p_least": "float64",
    "effect": "float64",
    "meetings": "float64",
    "posts": "Int64",
    "reposts": "Int64",
    "note": "str",
}
EVIDENCE: Final = ("account", "mechanism", "post", "time", "accounts", "gap_seconds")
EXPLANATIONS: Final = {
    "account": "str",
    "mechanism": "str",
    "explanation": "str",
    "found": "str",
    "figure": "float64",
    "words": "str",
}
TESTED: Final = "tested"
NOT_TESTABLE: Final = "not testable"
NOT_APPLICABLE: Final = "not applicable"
JOIN: Final = " | "


def no_examples() -> pd.DataFrame:
    """Return an empty table of what stands behind calls."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in EVIDENCE})


def no_explanations() -> pd.DataFrame:
    """Return an empty table of innocent explanations checked."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in EXPLANATIONS.items()})


@dataclass(frozen=True, eq=False)
class Evidence:
    """Tests of one mechanism, a row an account; who was set apart; what the step says of itself.

    `examples` holds the rows behind each test that may become a call, `reasons` by account the
    words of that call, `alike` what innocent thing would look the same, and `explanations` which
    such things were checked for each test that may become a call. In `tests`, where p is the
    larger of two, both of which must reject, `p_least` is the smaller; else it is missing. A
    mechanism may add columns of its own.
    """

    mechanism: str
    tests: pd.DataFrame
    screens: pd.DataFrame
    facts: Mapping[str, Any] = field(default_factory=dict)
    examples: pd.DataFrame = field(default_factory=no_examples)
    reasons: Mapping[str, str] = field(default_factory=dict)
    alike: str = ""


def tabled(
    base: pd.DataFrame,
    rows: Mapping[Any, Mapping[str, object]],
    *,
    more: Mapping[str, str] = MappingProxyType({}),
) -> pd.DataFrame:
    """Put tests into the columns of a tests table; what nobody gives is missing.

    Parameters
    ----------
    base
        What is said of every account alike, by its position.
    rows
        What is said of those that were tested, by position; it goes before what `base` says.
    more
        Columns beside those of `TESTS`, with their types.
    """
    told = pd.DataFrame.from_dict(dict(rows), orient="index").reindex(base.index)
    mine = base.index.isin(list(rows))
    table = base.reindex(columns=[*TESTS, *more])
    for name, values in told.items():
        table[name] = values.where(mine, table[name])
    return table.astype({**TESTS, **more}).reset_index(drop=True)


def untestable(mechanism: str, accounts: pd.Series, reason: str) -> pd.DataFrame:
    """Answer "not testable" for all these accounts, for one reason."""
    base = accounts.to_frame("account")
    return tabled(base.assign(mechanism=mechanism, status=NOT_TESTABLE, reason=reason), {})


def authors(data: Dataset) -> pd.Series:
    """Accounts that can be asked about: those with posts or reposted, else with any tie to them.

    The index are their positions in the dataset.
    """
    target = data.ties["target"].cat.codes.to_numpy()
    reposted = target[(data.ties["kind"] == "repost").to_numpy()]
    for codes in (np.concatenate([data.authors, reposted]), target):
        known = np.unique(codes[codes >= 0])
        if len(known):
            break
    return data.accounts["account"].iloc[known]
