"""What a dossier is made of, whatever its language: the rows of one account from every table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from kznet.analysis import Analysis
from kznet.errors import UnknownNameError
from kznet.mechanisms.amplification import NAME
from kznet.mechanisms.evidence import JOIN
from kznet.registry import unknown
from kznet.report.dossier.paths import hrefs
from kznet.report.dossier.quotes import nothing_quoted
from kznet.report.ego import Ego, ego, ego_drawing
from kznet.report.profiles import display_name, offered, profiles, split, values

TABLES: Final = ("tests", "evidence", "explanations", "screens")


@dataclass(frozen=True, eq=False)
class Subject:
    """One account with all that is known of it.

    Attributes
    ----------
    analysis
        What was found of all.
    account, name, path
        The account, what to call it, and where its dossier lies in the case folder.
    profile, hub
        Its rows of the accounts and of the hub table; `hub` is empty where it isn't listed.
    tests, evidence, explanations, screens
        Its rows of these tables; evidence in the order of time.
    involved
        The accounts in its evidence of amplification: account, name, role, community, times.
    position
        The measures: layer, measure, value, rank among all.
    names
        What to call the accounts that stand beside its posts.
    quotes
        Time and text of its posts, by post.
    around, near, picture
        Its nearest accounts, their profiles, and their drawing.
    """

    analysis: Analysis
    account: str
    name: str
    path: str
    profile: dict[str, Any]
    hub: dict[str, Any]
    tests: list[dict[str, Any]]
    evidence: pd.DataFrame
    explanations: pd.DataFrame
    screens: pd.DataFrame
    involved: pd.DataFrame
    position: pd.DataFrame
    names: dict[str, str]
    quotes: pd.DataFrame
    around: Ego
    near: pd.DataFrame
    picture: Markup


def gather(
    analysis: Analysis, *, also: Sequence[str] = (), quoted: pd.DataFrame | None = None
) -> list[Subject]:
    """Collect what the dossiers of all called accounts need, and of those asked for in `also`.

    Parameters
    ----------
    analysis
        What was found; made shareable first, since a dossier names whom it names.
    also
        Accounts that were not called and get a dossier all the same.
    quoted
        Texts of posts, as `quotes` gives them; where missing, posts are told without text.

    Raises
    ------
    UnknownNameError
        An account in `also` is not in the case.
    """
    accounts = pd.Index(analysis.network.accounts)
    for each in also:
        if each not in accounts:
            listed = dict.fromkeys(analysis.hubs["account"])
            raise UnknownNameError(unknown("account", each, listed))
    paths = hrefs(analysis, also=also)
    shared = _Shared(analysis, list(paths), nothing_quoted() if quoted is None else quoted)
    return [shared.subject(account, path) for account, path in paths.items()]


class _Shared:
    """Tables split once for all dossiers."""

    def __init__(self, analysis: Analysis, accounts: list[str], quoted: pd.DataFrame) -> None:
        self._analysis, self._quoted = analysis, quoted
        self._tables = {name: _split(getattr(analysis, name), accounts) for name in TABLES}
        self._hubs = _by_account(analysis.hubs.assign(row=range(len(analysis.hubs))), accounts)
        self._times = {each: _times(self._rows("evidence", each)) for each in accounts}
        self._around = {
            each: ego(analysis.network, each, first=[*times.index])
            for each, times in self._times.items()
        }
        self._profiles = self._described()
        self._position = _positions(analysis, pd.Index(accounts))

    def subject(self, account: str, path: str) -> Subject:
        names = self._analysis.network.accounts[self._around[account].positions]
        near, evidence = self._profiles.loc[names].reset_index(), self._rows("evidence", account)
        own = {str(name): value for name, value in near.iloc[0].items()}
        name = display_name(own["name"], own["handle"], account)
        involved = self._involved(account)
        return Subject(
            analysis=self._analysis,
            account=account,
            name=name,
            path=path,
            profile=own,
            hub=self._hubs.get(account, {}),
            tests=_records(self._rows("tests", account)),
            evidence=evidence,
            explanations=self._rows("explanations", account),
            screens=self._rows("screens", account),
            involved=involved,
            position=self._position[self._position["account"] == account],
            names=self._names(evidence),
            quotes=self._quoted.reindex(evidence["post"].unique()).dropna(how="all"),
            around=self._around[account],
            near=near,
            picture=ego_drawing(
                self._analysis,
                self._around[account],
                title=name,
                marked=involved["account"].tolist(),
                shown=near,
            ),
        )

    def _rows(self, name: str, account: str) -> pd.DataFrame:
        table = self._tables[name]
        return table.get(account, table[""])

    def _described(self) -> pd.DataFrame:
        """Profiles of everyone that some dossier speaks of."""
        accounts = self._analysis.network.accounts
        near = [accounts[each.positions] for each in self._around.values()]
        beside = self._rows_of("evidence")["accounts"].str.split(JOIN, regex=False).explode()
        everyone = pd.Index(np.unique(np.concatenate([*near, beside.dropna().to_numpy(object)])))
        return profiles(self._analysis, everyone.astype("str")).set_index("account")

    def _rows_of(self, name: str) -> pd.DataFrame:
        tables = [table for table in self._tables[name].values() if len(table)]
        return pd.concat(tables) if tables else self._tables[name][""]

    def _names(self, evidence: pd.DataFrame) -> dict[str, str]:
        beside = dict.fromkeys(each for cell in evidence["accounts"] for each in split(cell))
        rows = self._profiles.loc[[*beside]]
        return dict(
            zip(beside, map(display_name, rows["name"], rows["handle"], beside), strict=True)
        )

    def _involved(self, account: str) -> pd.DataFrame:
        times = self._times[account]
        rows = self._profiles.loc[times.index]
        names = map(display_name, rows["name"], rows["handle"], rows.index)
        table = rows[["role", "community"]].assign(name=[*names], times=times.to_numpy())
        return table.rename_axis("account").reset_index()


def _split(table: pd.DataFrame, accounts: list[str]) -> dict[str, pd.DataFrame]:
    """Rows by account, evidence in the order of time; under an empty name none."""
    if "account" not in table:
        return {"": table.iloc[:0]}
    mine = table[table["account"].isin(accounts)]
    if "time" in mine:
        mine = mine.sort_values(["time", "post"], kind="stable")
    return {"": mine.iloc[:0], **{str(name): rows for name, rows in mine.groupby("account")}}


def _by_account(table: pd.DataFrame, accounts: list[str]) -> dict[str, dict[str, Any]]:
    rows = _records(table[table["account"].isin(accounts)])
    return {str(row["account"]): row for row in rows}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _times(evidence: pd.DataFrame) -> pd.Series:
    """In how many of the occasions shown each account takes part; the most often first."""
    mine = evidence[evidence["mechanism"] == NAME] if "mechanism" in evidence else evidence
    each = [account for cell in mine["accounts"] for account in dict.fromkeys(split(cell))]
    counts = pd.Series(each, dtype="str").value_counts(sort=False).sort_index()
    return counts.sort_values(ascending=False, kind="stable")


def _positions(analysis: Analysis, accounts: pd.Index) -> pd.DataFrame:
    """Value and rank of each account in each measure that the pages offer."""
    rows = []
    for layer, measure in offered(analysis):
        value, rank = values(analysis, f"{layer}_{measure}", accounts)
        found = pd.DataFrame({"value": value.to_numpy(), "rank": rank.to_numpy()})
        rows.append(found.assign(account=accounts, layer=layer, measure=measure))
    if rows:
        return pd.concat(rows, ignore_index=True)
    return pd.DataFrame(columns=["account", "layer", "measure", "value", "rank"])
