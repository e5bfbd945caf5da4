"""What is said of each test: the figures behind a call, its reason, and what would look alike."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kznet.mechanisms.amplification import NAME
from kznet.mechanisms.amplification.detail import Detail
from kznet.mechanisms.evidence import Evidence

DETAILS: Final = (
    "tier",
    "label",
    "members",
    "confirmed",
    "coordinated_share_at_least",
    "p_without_posts",
    "p_without_member",
)

_HEADS: Final = {
    "yes": "found: ",
    "no": "checked and not found: ",
    "not checkable": "not checkable: ",
}


def with_details(tests: pd.DataFrame, details: Mapping[str, Detail]) -> pd.DataFrame:
    """Add the columns `DETAILS`; only calls of amplification have all of them."""
    columns = {
        name: tests["account"].map(
            {account: getattr(found, name) for account, found in details.items()}
        )
        for name in DETAILS
    }
    tests = tests.assign(**columns)
    called = tests["fired"] & tests["reach"]
    other = tests["mechanism"] != NAME
    for name in DETAILS:
        tests[name] = tests[name].mask(~called | other)
    tests["tier"] = tests["tier"].astype("str").mask(called & other, "indicative")
    return tests.astype({"tier": "str", "label": "str", "members": "Int64", "confirmed": "Int64"})


def explained(tests: pd.DataFrame, found: list[Evidence], checked: pd.DataFrame) -> pd.DataFrame:
    """Say of each call what was found, what would look the same, and what of it was checked."""
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
    reason = (reason + "; " + tests["label"]).where(tests["label"].notna(), reason)
    keys = pd.MultiIndex.from_frame(tests[["account", "mechanism"]])
    told = pd.Series(_checked(checked).reindex(keys).to_numpy(), index=tests.index)
    note = (tests["note"].fillna("") + "; " + alike).str.removeprefix("; ")
    return tests.assign(
        reason=tests["reason"].mask(called, reason).astype("str"),
        note=tests["note"].mask(called, note).astype("str"),
        explanations=told.astype("str"),
    )


def _checked(rows: pd.DataFrame) -> pd.Series:
    """One line an account and mechanism: which innocent explanations were found, and which not."""
    name = rows["explanation"].str.replace("_", " ")
    keys = ["account", "mechanism", "found"]
    listed = name.groupby([rows[key] for key in keys]).agg(", ".join).reset_index("found")
    part = listed["found"].map(_HEADS) + listed["explanation"]
    order = listed["found"].map(list(_HEADS).index)
    parts = part.to_frame("part").assign(order=order).set_index("order", append=True).sort_index()
    return parts["part"].groupby(keys[:2]).agg("; ".join).astype("str")
