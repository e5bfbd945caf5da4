"""What the step says of itself: how many accounts were tested, called, and why none could be."""

from typing import Any

import pandas as pd

from kznet.exposure import Exposure
from kznet.hubs.table import HUB
from kznet.mechanisms.evidence import TESTED, Evidence


def facts(
    found: list[Evidence],
    reach: Exposure,
    tests: pd.DataFrame,
    table: pd.DataFrame,
    *,
    gated: set[str],
    q: float,
) -> dict[str, Any]:
    """Counts over all accounts, and the facts of each mechanism."""
    tested = tests[tests["reach"] & (tests["status"] == TESTED)]
    counts = tested["mechanism"].value_counts()
    return {
        "q": q,
        "gated": len(gated),
        "reach": reach.basis,
        "called": int((table["status"] == HUB).sum()),
        "called_at_q_0.10": int((tested["q"] <= 0.10).sum()),
        "fired_without_reach": int((tests["fired"] & ~tests["reach"]).sum()),
        "testable": {answer.mechanism: int(counts.get(answer.mechanism, 0)) for answer in found},
        "reason": "" if len(tested) else _missing(found, gated),
        "mechanisms": {answer.mechanism: dict(answer.facts) for answer in found},
    }


def _missing(found: list[Evidence], gated: set[str]) -> str:
    """Why no account with reach could be tested."""
    known = str(found[0].facts.get("reason", ""))
    if known or gated:
        return known or "no account with reach has enough posts and reposts"
    return "the data are too few to say of any account how far it reaches"
