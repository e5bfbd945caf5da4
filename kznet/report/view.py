"""What the map shows of a case: all of it, or the part that was asked for."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis
from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.network import network

AUTO: Final = "auto"


@dataclass(frozen=True)
class View:
    """How much of a case the pages show, and in which language they open.

    Attributes
    ----------
    lang
        Language in which the pages open; "auto" is the reader's, English where it is unknown.
    top
        How many accounts the map shows, unless more hubs were called.
    around
        Account whose nearest the map shows; all accounts where None.
    community
        Number of the community that the map shows; all where None.
    since, until
        First and last day (UTC) of the ties on the map; ties without a time are left out then.
    dossiers
        Accounts that get a dossier though they were not called.
    single_file
        Whether one more page holds the report and the map together.
    """

    lang: str = AUTO
    top: int = 400
    around: str | None = None
    community: int | None = None
    since: date | None = None
    until: date | None = None
    dossiers: tuple[str, ...] = ()
    single_file: bool = False

    @property
    def dated(self) -> bool:
        """Whether only some days are shown."""
        return self.since is not None or self.until is not None


def within(analysis: Analysis, view: View) -> Analysis:
    """Return the analysis with the ties of the days that are shown; what was measured stays.

    Raises
    ------
    DataError
        No tie falls in these days.
    """
    if not view.dated:
        return analysis
    data = analysis.dataset
    kept = _in_days(data.ties["time"], view)
    if not kept.any():
        times = data.ties["time"].dropna()
        range_ = f"{times.min():%Y-%m-%d} to {times.max():%Y-%m-%d}" if len(times) else "no times"
        raise DataError(f"no tie falls between these days; the ties of the case have {range_}")
    part = Dataset(data.accounts, data.ties[kept], report=data.report)
    return replace(analysis, dataset=part, network=network(part))


def members(analysis: Analysis, community: int) -> np.ndarray:
    """Positions of the accounts of a community in the network, ascending.

    Raises
    ------
    DataError
        The case has no such community.
    """
    table = analysis.membership
    mine = table.loc[table["community"] == community, "account"]
    if mine.empty:
        known = ", ".join(map(str, sorted(table["community"].dropna().unique()))) or "none"
        raise DataError(f"no community {community}; the case has {known}")
    return np.sort(analysis.network.accounts.get_indexer(pd.Index(mine)))


def found(accounts: pd.DataFrame, wanted: str) -> str:
    """Id of the account that has this id, handle or name.

    Raises
    ------
    DataError
        None has, or several have.
    """
    columns = accounts[["account", "handle", "name"]].astype("str")
    bare = wanted.casefold().lstrip("@")
    for column in columns:
        same = columns[column].str.casefold().str.lstrip("@") == bare
        if same.sum() == 1:
            return str(columns.loc[same, "account"].iloc[0])
        if same.any():
            first = ", ".join(columns.loc[same, "account"].head(3))
            raise DataError(f"{wanted!r} is the {column} of {same.sum()} accounts: {first}, …")
    known = [str(each) for each in columns.melt()["value"].dropna().unique()]
    near = difflib.get_close_matches(wanted, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise DataError(f"no account {wanted!r} in the case.{hint} Give an id, a handle or a name")


def shared_id(whole: Dataset, shared: Mapping[str, str], wanted: str) -> str:
    """Id under which an account that the analyst asks for may be passed on.

    Parameters
    ----------
    whole
        The accounts as they are known to the analyst.
    shared
        Native id to the id that is passed on: itself, or a pseudonym.
    wanted
        Native id, handle, name, or the id that is passed on.
    """
    if wanted in shared.values():
        return wanted
    return shared[found(whole.accounts, wanted)]


def _in_days(time: pd.Series, view: View) -> np.ndarray:
    kept = time.notna()
    if view.since:
        kept &= time >= pd.Timestamp(view.since, tz="UTC")
    if view.until:
        kept &= time < pd.Timestamp(view.until, tz="UTC") + pd.Timedelta(days=1)
    return kept.to_numpy(dtype=bool)
