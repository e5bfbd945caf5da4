"""The hub table: a row an account, with what was decided of it and why."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.exposure import Exposure
from kznet.hubs.words import DETAILS
from kznet.mechanisms.evidence import JOIN, NOT_TESTABLE, TESTED

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


def table(
    data: Dataset,
    reach: Exposure,
    tests: pd.DataFrame,
    gated: set[str],
    membership: pd.DataFrame | None,
) -> pd.DataFrame:
    """Each account with reach and each whose evidence fired without, ordered by reach."""
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
    columns = [
        "account",
        "q",
        "p",
        "effect",
        "meetings",
        "reposts",
        *DETAILS,
        "note",
        "explanations",
    ]
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
