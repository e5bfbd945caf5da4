"""Disclosed staff: people who openly belong to the body whose posts they repost."""

from typing import Final

import numpy as np

from kznet.entities import entity_ids
from kznet.mechanisms.amplification.explanations.call import Call, Check, answer, unchecked

LABEL: Final = "disclosed institutional amplification"
# Where a tenth of the accounts is called, control at q = .05 asks for p of about .005.
LEVEL: Final = 0.01
_NAME: Final = "disclosed_staff"
_MOST: Final = 0.5


def disclosed(call: Call) -> np.ndarray | None:
    """Mask over `here.accounts` of those that say they belong to the account's body.

    Their `staff_of` is the account's id or its entity, or their `entity` is the same. None where
    the data say nothing of it.
    """
    accounts = call.data.accounts
    body = accounts.iloc[[call.position]]
    entity = entity_ids(body["entity"]).iloc[0]
    if accounts["staff_of"].isna().all() and not isinstance(entity, str):
        return None
    people = accounts.iloc[call.here.accounts]
    found = people["staff_of"] == body["account"].iloc[0]
    if isinstance(entity, str):
        found |= entity_ids(people["staff_of"]) == entity
        found |= entity_ids(people["entity"]) == entity
    result: np.ndarray = found.to_numpy(dtype=bool)
    return result


def share_of(call: Call, staff: np.ndarray | None) -> float:
    """Share of the crew's reposts that disclosed staff make."""
    if staff is None or not call.by_crew.any():
        return 0.0
    return float(staff[call.here.account][call.by_crew].mean())


def mostly(share: float) -> bool:
    """Whether disclosed staff make at least half of the coordinated reposts."""
    return share >= _MOST


def label(share: float, p_without: float) -> str | None:
    """The label of a call that disclosed staff account for: without them nothing is rejected."""
    return LABEL if mostly(share) and p_without > LEVEL else None


def check(staff: np.ndarray | None, share: float, p_without: float) -> Check:
    """Tell what disclosed staff account for."""
    if staff is None:
        return unchecked(_NAME, "the data do not say who works for whom (columns entity, staff_of)")
    words = f"{share:.0%} of these reposts come from people who openly belong to the body"
    if mostly(share):
        still = p_without <= LEVEL
        rest = "the pattern is still there" if still else "nothing beyond habit is left"
        words += f"; without them {rest} (p = {p_without:.2g})"
    return answer(_NAME, found=mostly(share), figure=share, words=words)
