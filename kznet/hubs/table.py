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
    table = _decisions(tests[tests["account"].isin(listed)], gated)
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


def _decisions(tests: pd.DataFrame, gated: set[str]) -> pd.DataFrame:
    """Status of each account with its mechanisms and reason, from its rows of all mechanisms."""
    tested, fired = tests[tests["status"] == TESTED], tests[tests["fired"]]
    missing = tests[tests["status"] == NOT_TESTABLE]
    table = pd.DataFrame({"account": np.sort(tests["account"].unique())}).astype("str")
    account, reach = table["account"], table["account"].isin(gated)
    mechanism = account.map(fired.groupby("account")["mechanism"].agg(JOIN.join))
    stands_out, asked = mechanism.notna(), account.isin(tested["account"])
    shown = pd.concat([fired, missing[~missing["account"].isin(fired["account"])]])
    reason = (
        account.map(_reasons(shown)).fillna("").mask(asked & ~stands_out, _few(tested, account))
    )
    low = "evidence, but reach is below the mark"
    status = pd.Series(NOT_CALLED, table.index, dtype="str").mask(~asked, NOT_TESTABLE)
    return table.assign(
        status=status.mask(stands_out & reach, HUB),
        mechanism=mechanism.astype("str"),
        reason=reason.mask(stands_out & ~reach, low),
    )


def _few(tested: pd.DataFrame, account: pd.Series) -> pd.Series:
    """Why tests that could be made reject nothing."""
    said = tested.loc[tested["reason"] != "", ["account", "reason"]].drop_duplicates()
    few = said.sort_values("reason").groupby("account")["reason"].agg("; ".join)
    told = "no evidence: " + account.map(few).astype("str")
    return told.fillna("no test rejects what habit explains")


def _reasons(shown: pd.DataFrame) -> pd.Series:
    """Reasons of each account in one line, with the mechanism before each where there are more."""
    ordered = shown.sort_values(["account", "mechanism"])
    alone = ~ordered["account"].duplicated(keep=False)
    named = ordered["reason"].where(alone, ordered["mechanism"] + ": " + ordered["reason"])
    return named.groupby(ordered["account"]).agg("; ".join)
