"""What was read from which file: the load report that travels with a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

REJECTED_COLUMNS = ("file", "line", "reason", "value")
ALIAS_COLUMNS = ("alias", "account", "by")


def no_rejected_rows() -> pd.DataFrame:
    """Return an empty table of rows set aside."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in REJECTED_COLUMNS})


def no_aliases() -> pd.DataFrame:
    """Return an empty table of ids that stand for another."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in ALIAS_COLUMNS})


@dataclass(frozen=True)
class FileReport:
    """What one file gave.

    `rows` were read and something was taken of `used` of them; `rejected` counts what was set
    aside, rows and pieces of rows, by reason. `resolution` is the unit of the time stamps in
    seconds, where there are any.
    """

    name: str
    format: str
    recognised_by: str
    sha256: str
    rows: int
    used: int = 0
    ties: Mapping[str, int] = field(default_factory=dict)
    accounts: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    resolution: float | None = None


@dataclass(frozen=True, eq=False)
class LoadReport:
    """What all files gave, and every row that was set aside with its place and reason.

    `aliases` lists the ids that gave way to another id of the same account: a handle, a number
    without its type, a display name, or the account of an entity (`by`), and the account that it
    was found to be.
    """

    files: tuple[FileReport, ...] = ()
    rejected: pd.DataFrame = field(default_factory=no_rejected_rows)
    warnings: tuple[str, ...] = ()
    aliases: pd.DataFrame = field(default_factory=no_aliases)
