"""From tests to calls: reach first, one family of tests per mechanism, reasons for every row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

import pandas as pd

from kznet.dataset import Dataset
from kznet.exposure import Exposure, exposure, gate
from kznet.hubs.control import called, controlled
from kznet.hubs.explanations import explanations
from kznet.hubs.facts import facts
from kznet.hubs.table import COLUMNS, HUB, NOT_CALLED, table
from kznet.hubs.words import explained, with_details
from kznet.mechanisms.amplification import NAME, Prepared, amplification, prepare
from kznet.mechanisms.amplification.detail import MEMBERS, Detail, detail
from kznet.mechanisms.bait_and_switch import bait_and_switch
from kznet.mechanisms.evidence import Evidence, no_examples, no_explanations
from kznet.mechanisms.pseudo_official import pseudo_official
from kznet.network import Network
from kznet.parallel import Progress
from kznet.references import References
from kznet.topics import topics

__all__: Final = ["COLUMNS", "HUB", "NOT_CALLED", "Hubs", "hubs"]


class There(Protocol):
    """What is computed on a cluster."""

    def reach(self) -> tuple[Exposure, set[str]] | None:
        """The reach of accounts and who passes the gate; nothing where that is for here."""

    def amplification(
        self, *, gated: Collection[str], q: float, seed: int, progress: Progress | None
    ) -> Evidence:
        """As `kznet.mechanisms.amplification.amplification`."""


@dataclass(frozen=True, eq=False)
class Hubs:
    """The hub table, the tests behind it, the evidence of each call and who was set apart.

    `members` has a row an account named in a call of amplification: `account` (the one that was
    called), `member`, `confirmed` (bool: it also stands out among the reposts of non-members)
    and `reposts` (how often it reposts the account, after the screens). `explanations` has a row
    an innocent explanation checked for a call: `account`, `mechanism`, `explanation`, `found`
    (yes, no or not checkable), `figure` and `words`.
    """

    table: pd.DataFrame
    tests: pd.DataFrame
    evidence: pd.DataFrame
    screens: pd.DataFrame
    members: pd.DataFrame
    explanations: pd.DataFrame
    facts: Mapping[str, Any]


def hubs(
    data: Dataset,
    net: Network,
    *,
    membership: pd.DataFrame | None = None,
    references: References | None = None,
    q: float = 0.05,
    seed: int = 0,
    there: There | None = None,
    progress: Progress | None = None,
) -> Hubs:
    """Accounts with reach whose influence shows signals consistent with manipulation.

    An account is called when its reach passes the gate and at least one mechanism rejects its
    organic null under control of false discoveries at `q` over the accounts with reach that are
    testable for that mechanism. Roles and camps label the rows and decide nothing; names, handles
    and bios say whether an account claims to be official, and nothing else.

    Parameters
    ----------
    data, net
        The dataset and its network.
    membership
        account and community, to label the rows.
    references
        Registry of confirmed official accounts and lexicon; the shipped ones where not given.
    q
        Level of the false-discovery control.
    seed
        Of all random numbers.
    there
        What tests for amplification, and knows the reach, where that is not done here.
    progress
        Called with sources done and sources in all.

    Returns
    -------
    Hubs
        `table` has a row for each account with reach and for each whose evidence fired
        without reach, ordered by reach.
    """
    known_there = there.reach() if there else None
    reach, gated = known_there or _reach(data, net, seed)
    ready = prepare(data, seed=seed)
    known, told = references or References(), topics(data.posts, seed=seed)
    test = there.amplification if there else partial(amplification, data, prepared=ready)
    found = [
        test(gated=gated, q=q, seed=seed, progress=progress),
        bait_and_switch(data, lexicon=known.lexicon, found=told, q=q, seed=seed),
        pseudo_official(data, registry=known.registry, found=told, seed=seed),
    ]
    tests = pd.concat([controlled(answer, gated, q) for answer in found], ignore_index=True)
    calls = called(tests)
    details = _details(data, ready, calls, seed)
    checks = [answer.explanations for answer in details.values()]
    checked = _stacked([*checks, explanations(data, calls)], no_explanations())
    tests = explained(with_details(tests, details), found, checked)
    listed = table(data, reach, tests, gated, membership)
    evidence = [answer.evidence for answer in details.values()]
    evidence += [_of_calls(answer, calls, answer.examples) for answer in found]
    members = [answer.crew for answer in details.values()]
    return Hubs(
        listed,
        tests.drop(columns="fired"),
        _stacked(evidence, no_examples()),
        ready.screens,
        _stacked(members, pd.DataFrame(columns=list(MEMBERS)).astype(MEMBERS)),
        checked,
        facts(found, reach, tests, listed, gated=gated, q=q),
    )


def _reach(data: Dataset, net: Network, seed: int) -> tuple[Exposure, set[str]]:
    reach = exposure(data, net, seed=seed)
    return reach, set(reach.table.loc[gate(reach.table), "account"])


def _details(data: Dataset, ready: Prepared, calls: pd.DataFrame, seed: int) -> dict[str, Detail]:
    """What stands behind each call of amplification, by account."""
    mine = calls[calls["mechanism"] == NAME].sort_values("account")
    return {
        account: detail(data, ready, account, meetings=meetings, effect=effect, seed=seed)
        for account, meetings, effect in zip(
            mine["account"], mine["meetings"], mine["effect"], strict=True
        )
    }


def _of_calls(answer: Evidence, calls: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of a mechanism that are about its calls."""
    mine = calls.loc[calls["mechanism"] == answer.mechanism, "account"]
    return rows[rows["account"].isin(mine)]


def _stacked(frames: list[pd.DataFrame], nothing: pd.DataFrame) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else nothing
