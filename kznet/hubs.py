"""From tests to calls: reach first, one family of tests per mechanism, reasons for every row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from kznet.dataset import Dataset
from kznet.exposure import Exposure, exposure, gate
from kznet.mechanisms.amplification import NAME, Progress, amplification, prepare
from kznet.mechanisms.amplification.detail import Detail, detail
from kznet.mechanisms.bait_and_switch import bait_and_switch
from kznet.mechanisms.evidence import (
    JOIN,
    NOT_TESTABLE,
    TESTED,
    Evidence,
    no_examples,
)
from kznet.mechanisms.pseudo_official import pseudo_official
from kznet.network import Network

COLUMNS: Final = (
    "rank",
    "account",
    "name",
    "role",
    "community",
    "status",
    "tier",
    "mechanism",
    "q",
    "exposure",
    "exposure_low",
    "exposure_high",
    "effect",
    "coordinated_share_at_least",
    "reason",
)
HUB: Final = "hub"
NOT_CALLED: Final = "not called"
_DETAILS: Final = (
    "tier",
    "members",
    "confirmed",
    "coordinated_share_at_least",
    "p_without_posts",
    "p_without_member",
)


@dataclass(frozen=True, eq=False)
class Hubs:
    """The hub table, the tests behind it, the evidence of each call and who was set apart."""

    table: pd.DataFrame
    tests: pd.DataFrame
    evidence: pd.DataFrame
    screens: pd.DataFrame
    facts: Mapping[str, Any]


def hubs(
    data: Dataset,
    net: Network,
    *,
    membership: pd.DataFrame | None = None,
    registry: pd.DataFrame | None = None,
    q: float = 0.05,
    seed: int = 0,
    progress: Progress | None = None,
) -> Hubs:
    """Accounts with reach whose influence shows signals consistent with manipulation.

    An account is called when its reach passes the gate and at least one mechanism rejects its
    organic null after Benjamini–Hochberg control at `q` over the accounts with reach that are
    testable for that mechanism. Roles and camps label the rows and decide nothing; names, handles
    and bios say whether an account claims to be official, and nothing else.

    Parameters
    ----------
    data, net
        The dataset and its network.
    membership
        account and community, to label the rows.
    registry
        Confirmed official accounts, as `officials.read_officials` gives them; the shipped list
        where not given.
    q
        Level of the false-discovery control.
    seed
        Of all random numbers.
    progress
        Called with sources done and sources in all.

    Returns
    -------
    Hubs
        `table` has a row for each account with reach and for each whose evidence fired
        without reach, ordered by reach.
    """
    reach = exposure(data, net, seed=seed)
    gated = set(reach.table.loc[gate(reach.table), "account"])
    ready = prepare(data, seed=seed)
    found = [
        amplification(data, q=q, seed=seed, prepared=ready, progress=progress),
        bait_and_switch(data, q=q, seed=seed),
        pseudo_official(data, registry=registry, seed=seed),
    ]
    tests = pd.concat([_controlled(answer, gated, q) for answer in found], ignore_index=True)
    calls = tests[tests["fired"] & tests["reach"]]
    called = calls[calls["mechanism"] == NAME]
    details = {
        account: detail(data, ready, account, meetings=meetings, effect=effect, seed=seed)
        for account, meetings, effect in zip(
            called["account"], called["meetings"], called["effect"], strict=True
        )
    }
    tests = _explained(_with_details(tests, details), found)
    table = _table(data, reach, tests, gated, membership)
    shown = [answer.evidence for _, answer in sorted(details.items())]
    shown += [_examples(answer, calls) for answer in found]
    shown = [rows for rows in shown if len(rows)]
    facts = _facts(found, reach, tests, table, gated, q)
    evidence = pd.concat(shown, ignore_index=True) if shown else no_examples()
    return Hubs(table, tests.drop(columns="fired"), evidence, ready.screens, facts)


def _controlled(answer: Evidence, gated: set[str], q: float) -> pd.DataFrame:
    """Add `q` over the testable accounts with reach, and apart from them over those without."""
    tests = answer.tests.assign(q=np.nan)
    tested = (tests["status"] == TESTED).to_numpy()
    has_reach = tests["account"].isin(gated).to_numpy()
    for family in (tested & has_reach, tested & ~has_reach):
        if family.any():
            tests.loc[family, "q"] = false_discovery_control(tests.loc[family, "p"])
    possible = tests["eligible"].fillna(True).to_numpy(bool)
    return tests.assign(reach=has_reach, fired=tested & possible & (tests["q"] <= q))


def _with_details(tests: pd.DataFrame, details: Mapping[str, Detail]) -> pd.DataFrame:
    columns = {
        name: tests["account"].map(
            {account: getattr(found, name) for account, found in details.items()}
        )
        for name in _DETAILS
    }
    tests = tests.assign(**columns)
    called = tests["fired"] & tests["reach"]
    other = tests["mechanism"] != NAME
    for name in _DETAILS:
        tests[name] = tests[name].mask(~called | other)
    tests["tier"] = tests["tier"].astype("str").mask(called & other, "indicative")
    return tests.astype({"tier": "str", "members": "Int64", "confirmed": "Int64"})


def _examples(answer: Evidence, called: pd.DataFrame) -> pd.DataFrame:
    """Rows behind the calls of one mechanism."""
    mine = called.loc[called["mechanism"] == answer.mechanism, "account"]
    return answer.examples[answer.examples["account"].isin(mine)]


def _explained(tests: pd.DataFrame, found: list[Evidence]) -> pd.DataFrame:
    """Say of each call what was found, and what innocent thing would look the same."""
    called = (tests["fired"] & tests["reach"]).to_numpy()
    members = tests["members"].fillna(0).astype("int64").astype("str")
    crew = "at least " + members + " accounts repost it closer together than habit explains"
    nobody = "it is reposted closer together than habit explains; no account can be named"
    reason = crew.mask((tests["members"].fillna(0) < 2).to_numpy(), nobody)
    alike = tests["mechanism"].map({answer.mechanism: answer.alike for answer in found})
    for answer in found:
        mine = tests["mechanism"] == answer.mechanism
        said = tests["account"].map(answer.reasons).astype("str")
        reason = reason.mask(mine & said.notna(), said)
    note = (tests["note"].fillna("") + "; " + alike).str.removeprefix("; ")
    return tests.assign(
        reason=tests["reason"].mask(called, reason).astype("str"),
        note=tests["note"].mask(called, note).astype("str"),
    )


def _table(
    data: Dataset,
    reach: Exposure,
    tests: pd.DataFrame,
    gated: set[str],
    membership: pd.DataFrame | None,
) -> pd.DataFrame:
    listed = gated | set(tests.loc[tests["fired"], "account"])
    rows = [
        {"account": account, **_decision(mine, account in gated)}
        for account, mine in tests[tests["account"].isin(listed)].groupby("account", sort=True)
    ]
    columns = ["account", "status", "mechanism", "reason"]
    table = pd.DataFrame(rows, columns=columns).astype("str")
    table["mechanism"] = table["mechanism"].mask(table["mechanism"] == "")
    table = table.merge(reach.table.drop(columns="reached"), on="account", how="left")
    table = table.merge(data.accounts[["account", "name", "role"]], on="account", how="left")
    table = table.merge(_strongest(tests), on="account", how="left")
    community = pd.Series(dtype="Int64") if membership is None else (
        membership.set_index("account")["community"]
    )  # fmt: skip
    table["community"] = table["account"].map(community).astype("Int64")
    table = table.sort_values(["exposure", "account"], ascending=[False, True], ignore_index=True)
    table["rank"] = np.arange(1, len(table) + 1)
    rest = [name for name in table.columns if name not in COLUMNS]
    return table[[*COLUMNS, *rest]]


def _strongest(tests: pd.DataFrame) -> pd.DataFrame:
    """Figures of each account's test with the smallest q."""
    tested = tests[tests["status"] == TESTED]
    ordered = tested.sort_values(["account", "q", "mechanism"])
    columns = ["account", "q", "p", "effect", "meetings", "reposts", *_DETAILS, "note"]
    return ordered.drop_duplicates("account")[columns]


def _decision(mine: pd.DataFrame, has_reach: bool) -> dict[str, str]:
    """Status of one account with its reason, from its row of each mechanism."""
    tested = mine[mine["status"] == TESTED]
    fired = mine.loc[mine["fired"], "mechanism"]
    if len(fired):
        if has_reach:
            return {"status": HUB, "mechanism": JOIN.join(fired), "reason": _reasons(mine)}
        reason = "evidence, but reach is below the mark"
        return {"status": NOT_CALLED, "mechanism": JOIN.join(fired), "reason": reason}
    if tested.empty:
        return {"status": NOT_TESTABLE, "mechanism": "", "reason": _reasons(mine)}
    few = "; ".join(sorted(set(tested["reason"]) - {""}))
    reason = f"no evidence: {few}" if few else "no test rejects what habit explains"
    return {"status": NOT_CALLED, "mechanism": "", "reason": reason}


def _reasons(mine: pd.DataFrame) -> str:
    shown = mine[mine["fired"]] if mine["fired"].any() else mine[mine["status"] == NOT_TESTABLE]
    ordered = shown.sort_values("mechanism")
    named = [
        reason if len(ordered) == 1 else f"{mechanism}: {reason}"
        for mechanism, reason in zip(ordered["mechanism"], ordered["reason"], strict=True)
    ]
    return "; ".join(named)


def _missing(found: list[Evidence], gated: set[str]) -> str:
    """Why no account with reach could be tested."""
    known = str(found[0].facts.get("reason", ""))
    if known or gated:
        return known or "no account with reach has enough posts and reposts"
    return "the data are too few to say of any account how far it reaches"


def _facts(
    found: list[Evidence],
    reach: Exposure,
    tests: pd.DataFrame,
    table: pd.DataFrame,
    gated: set[str],
    q: float,
) -> dict[str, Any]:
    tested = tests[tests["reach"] & (tests["status"] == TESTED)]
    counts = tested["mechanism"].value_counts()
    return {
        "q": q,
        "gated": len(gated),
        "reach": reach.basis,
        "called": int((table["status"] == HUB).sum()),
        "called_at_q_0.10": int(((tested["q"] <= 0.10) & tested["eligible"].fillna(True)).sum()),
        "fired_without_reach": int((tests["fired"] & ~tests["reach"]).sum()),
        "testable": {answer.mechanism: int(counts.get(answer.mechanism, 0)) for answer in found},
        "reason": "" if len(tested) else _missing(found, gated),
        "mechanisms": {answer.mechanism: dict(answer.facts) for answer in found},
    }
