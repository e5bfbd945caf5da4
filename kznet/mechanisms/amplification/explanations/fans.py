"""Devoted readers: they follow the account, repost it much, each in a rhythm of his own."""

from typing import Final

import numpy as np

from kznet.mechanisms.amplification.explanations.call import Call, Check, answer, unchecked

_FOLLOW: Final = 0.8
_DEVOTED: Final = 0.2
_COMMON: Final = 0.5
_FEWEST: Final = 20


def fans(call: Call) -> Check:
    """Whether the crew follows the account, reposts it much, and at each reader's own pace.

    The figure is the part of the differences in delay that goes with the post: near 0 for people
    with habits, near 1 where all come at one moment after each post.
    """
    here = call.here
    time = here.time(here.y)
    delay = np.log(np.maximum(time - here.origin, 1.0))[call.by_crew]
    common = explained_by(here.post[call.by_crew], delay)
    if len(delay) < _FEWEST or not np.isfinite(common):
        return unchecked("fans", "too few reposts to tell a reader's habit from a common moment")
    devoted, following = _devotion(call), _following(call)
    found = devoted >= _DEVOTED and common < _COMMON and not following < _FOLLOW
    known = "" if np.isnan(following) else f"{following:.0%} of them follow it, and "
    words = (
        f"{known}{devoted:.0%} of their reposts are of it; {common:.0%} of the differences in "
        "their delay go with the post, the rest with the reader and with chance"
    )
    return answer("fans", found=bool(found), figure=common, words=words)


def explained_by(group: np.ndarray, value: np.ndarray) -> float:
    """Part of the variance that lies between groups, less what chance gives (epsilon squared).

    Not a number where it is not defined: no more values than groups, or all values the same.
    """
    _, number, size = np.unique(group, return_inverse=True, return_counts=True)
    total = ((value - value.mean()) ** 2).sum() if len(value) else 0.0
    free = len(value) - len(size)
    if free <= 0 or total <= 0:
        return float("nan")
    means = np.bincount(number, value) / size
    between = (size * (means - value.mean()) ** 2).sum()
    part = (between - (len(size) - 1) * (total - between) / free) / total
    return float(max(part, 0.0))


def _devotion(call: Call) -> float:
    """Middle share of the crew's reposts that are of this account."""
    every = call.ready.every
    mine = np.isin(every.account, call.positions)
    who = np.searchsorted(call.positions, every.account[mine])
    here = np.bincount(who, every.source[mine] == call.position, len(call.positions))
    return float(np.median(here / np.bincount(who, minlength=len(call.positions))))


def _following(call: Call) -> float:
    """Share of the crew that follows the account; not a number where no follows are known."""
    follows = call.data.of_kind("follow")
    to_it = follows["target"].cat.codes.to_numpy() == call.position
    if not to_it.any():
        return float("nan")
    return float(np.isin(call.positions, follows["source"].cat.codes.to_numpy()[to_it]).mean())
