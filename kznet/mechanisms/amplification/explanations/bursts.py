"""Bursts: a crisis in a few days, a moment that everyone joins, readers who are always quick."""

from typing import Final

import numpy as np

from kznet.mechanisms.amplification.events import Events
from kznet.mechanisms.amplification.explanations.call import Call, Check, answer, unchecked
from kznet.mechanisms.amplification.synchrony import BORDER, EXPECTED, HINGE, SMALLEST, warp
from kznet.windows import within

_DAYS: Final = 3
_WINDOW: Final = _DAYS * 86_400.0
_MOST: Final = 0.5
_BUSY: Final = 3.0
_CROWDED: Final = 1.5
_QUICK: Final = 0.4
_AS_FINE: Final = 2.0
_FEWEST: Final = 20
_REPOSTERS: Final = 4


def crisis(call: Call) -> Check:
    """Share of the synchrony that lies in three days, and how busy those days are."""
    here, couples = call.here, call.couples
    time = here.time(here.y)
    weight = np.maximum(call.gain, 0.0) * call.inside
    tau = (time[couples.i] + time[couples.j]) / 2
    order = np.argsort(tau, kind="stable")
    tau, total = tau[order], np.concatenate([[0.0], np.cumsum(weight[order])])
    if not total[-1] > 0:
        return unchecked("crisis", "no post stands out by its synchrony")
    inside = total[np.searchsorted(tau, tau + _WINDOW, side="right")] - total[: len(tau)]
    first = int(np.argmax(inside))
    share = float(inside[first] / total[-1])
    busy = _busyness(call, float(tau[first]))
    words = (
        f"{share:.0%} of the synchrony lies within {_DAYS} days, in which it is reposted "
        f"{busy:.1f} times as often as otherwise"
    )
    return answer("crisis", found=share >= _MOST and busy >= _BUSY, figure=share, words=words)


def _busyness(call: Call, begin: float) -> float:
    """Reposts a day in the window against those a day outside it."""
    every = call.ready.every
    time = every.time[every.source == call.position]
    within_it = ((time >= begin) & (time <= begin + _WINDOW)).sum()
    rest = max(float(np.ptp(time)) - _WINDOW, _WINDOW)
    return float(within_it / _WINDOW / max((len(time) - within_it) / rest, 1 / rest))


def burst(call: Call) -> Check:
    """How thickly the reposts of others lie where the crew meets, against around it.

    1 where others repost evenly about those moments; far above it where everyone comes at once.
    """
    here, couples = call.here, call.couples
    gap = np.abs(here.y[couples.i] - here.y[couples.j])
    met = np.zeros(len(here.y), dtype=bool)
    close = call.inside & (gap < BORDER)
    met[couples.i[close]] = met[couples.j[close]] = True
    one, other = couples.i, couples.j
    mixed = (met[one] & ~call.by_crew[other]) | (met[other] & ~call.by_crew[one])
    around, beside = (mixed & (gap < 1)).sum(), (mixed & (gap < BORDER)).sum()
    if around < _FEWEST:
        return unchecked("burst", "hardly anyone else reposts it in those hours")
    ratio = beside / (BORDER * around)
    words = f"others repost it {ratio:.1f} times as densely at those moments as around them"
    if ratio >= _CROWDED:
        words += ": something may have drawn everyone, and quick readers first"
    return answer("burst", found=bool(ratio >= _CROWDED), figure=ratio, words=words)


def quick_readers(call: Call) -> Check:
    """Place of the crew among the reposters of other sources' posts: 0 first, 1 last."""
    kept = call.ready.kept
    mine = np.isin(kept.account, call.positions) & (kept.source != call.position)
    place = _places(kept, np.unique(kept.post[mine]), call.positions)
    if len(place) < _FEWEST:
        return unchecked("quick_readers", "these accounts repost hardly anyone else")
    middle = float(place.mean())
    words = f"elsewhere these accounts come after {middle:.0%} of the reposters of a post"
    return answer("quick_readers", found=middle <= _QUICK, figure=middle, words=words)


def _places(kept: Events, posts: np.ndarray, accounts: np.ndarray) -> np.ndarray:
    """Share of the other reposters of its post that come before, for each repost by `accounts`."""
    rows = np.flatnonzero(np.isin(kept.post, posts))
    rows = rows[np.lexsort([kept.latency[rows], kept.post[rows]])]
    _, start, inverse, count = np.unique(
        kept.post[rows], return_index=True, return_inverse=True, return_counts=True
    )
    place = (np.arange(len(rows)) - start[inverse] + 0.5) / count[inverse]
    result: np.ndarray = place[
        np.isin(kept.account[rows], accounts) & (count[inverse] >= _REPOSTERS)
    ]
    return result


def elsewhere(call: Call) -> Check:
    """How finely the crew's couples meet on posts of other sources; 1 is chance."""
    kept = call.ready.kept
    rows = np.flatnonzero(np.isin(kept.account, call.positions) & (kept.source != call.position))
    rows = rows[np.lexsort([kept.latency[rows], kept.post[rows]])]
    y = warp(kept.latency[rows])
    cell = np.floor(y)
    i, j = within(kept.post[rows], cell, 0.0)
    expected = EXPECTED * len(i)
    if expected < _FEWEST:
        return unchecked("elsewhere", "these accounts hardly meet on posts of others")
    gap = np.abs(y[i] - y[j])
    close = np.maximum(np.log(HINGE / np.maximum(2 * gap, SMALLEST)), 0.0).sum()
    ratio = float(close / expected)
    words = f"on posts of others they meet {ratio:.1f} times as closely as chance gives"
    if ratio >= _AS_FINE:
        words += ": they join the same bursts by habit, or act together for others as well"
    return answer("elsewhere", found=ratio >= _AS_FINE, figure=ratio, words=words)
