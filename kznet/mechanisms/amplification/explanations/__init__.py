"""Innocent things that look like a crew: each is checked for every call, and told with it.

None of them changes a score. A check answers yes (it is there, and may account for the call), no,
or not checkable, with its figure and a sentence.
"""

from typing import Final

from kznet.mechanisms.amplification.explanations.bursts import (
    burst,
    crisis,
    elsewhere,
    quick_readers,
)
from kznet.mechanisms.amplification.explanations.call import (
    FOUND,
    NOT_CHECKABLE,
    NOT_FOUND,
    Call,
    Check,
)
from kznet.mechanisms.amplification.explanations.fans import fans
from kznet.mechanisms.amplification.explanations.set_apart import set_apart

__all__: Final = ["FOUND", "NOT_CHECKABLE", "NOT_FOUND", "Call", "Check", "checks"]


def checks(call: Call) -> list[Check]:
    """Every check but that of disclosed staff, which needs the test again."""
    return [
        set_apart(call, "automation"),
        set_apart(call, "scheduled"),
        crisis(call),
        burst(call),
        quick_readers(call),
        elsewhere(call),
        fans(call),
    ]
