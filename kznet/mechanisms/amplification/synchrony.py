"""The fine-synchrony statistic: the same pairs close together again, on other occasions.

Every gap is measured against a scale that grows with the time since the post, and scored
against what two accounts in the same coarse cell of that scale show by chance.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from kznet.mechanisms.amplification.events import Events
from kznet.windows import expanded, reached, within

LINEAR_FROM: Final = 1_800.0
CELL: Final = 0.8
HINGE: Final = 0.5
SMALLEST: Final = 0.005
BORDER: Final = HINGE / 2
EXPECTED: Final = 2 * (BORDER - BORDER**2 / 4)
OCCASION: Final = 6 * 3600.0
_DENSEST: Final = 500
_SPARSEST: Final = 4
_FINEST: Final = 1_024.0
_MOST: Final = 5_000_000
MANY: Final = 10_000_000
_KNEE: Final = np.log(LINEAR_FROM) / CELL


@dataclass(frozen=True, eq=False)
class Sample:
    """The events of one source on the warped scale, sorted by post and place `y`.

    `fine` is the power of two by which a post's scale was refined because its cells were
    crowded. `account` and `post` are numbered from 0.
    """

    account: np.ndarray
    post: np.ndarray
    origin: np.ndarray
    y: np.ndarray
    fine: np.ndarray
    accounts: np.ndarray
    posts: np.ndarray

    @property
    def cell(self) -> np.ndarray:
        """Cell of each event."""
        result: np.ndarray = np.floor(self.y)
        return result

    def time(self, y: np.ndarray) -> np.ndarray:
        """Clock time in seconds of places `y` (any shape that ends in events)."""
        result: np.ndarray = self.origin + unwarp(y / self.fine)
        return result

    def without(self, keep: np.ndarray) -> "Sample":
        """Return the events of this mask alone."""
        return Sample(
            self.account[keep],
            self.post[keep],
            self.origin[keep],
            self.y[keep],
            self.fine[keep],
            self.accounts,
            self.posts,
        )


@dataclass(frozen=True, eq=False)
class Entries:
    """Couples of events of one post in the same or neighbouring cells, as positions i < j."""

    i: np.ndarray
    j: np.ndarray
    same: np.ndarray


def warp(latency: np.ndarray) -> np.ndarray:
    """Place on a scale that is logarithmic up to half an hour and linear beyond, in cells."""
    short = np.log(np.clip(latency, 1.0, LINEAR_FROM)) / CELL
    result: np.ndarray = short + np.maximum(latency - LINEAR_FROM, 0.0) / (CELL * LINEAR_FROM)
    return result


def unwarp(y: np.ndarray) -> np.ndarray:
    """Seconds since the post of places on the scale; the inverse of `warp`."""
    short = np.exp(np.minimum(y, _KNEE) * CELL)
    result: np.ndarray = short + np.maximum(y - _KNEE, 0.0) * CELL * LINEAR_FROM
    return result


def sample(events: Events) -> Sample:
    """Put the events of one source on the scale; crowded posts are refined by halves."""
    accounts, account = np.unique(events.account, return_inverse=True)
    posts, post = np.unique(events.post, return_inverse=True)
    y = warp(events.latency)
    order = np.lexsort([account, y, post])
    account, post, y = account[order], post[order], y[order]
    fine = _fineness(post, y, len(posts))[post]
    origin = (events.time - events.latency)[order]
    return Sample(account, post, origin, y * fine, fine, accounts, posts)


def _fineness(post: np.ndarray, y: np.ndarray, posts: int) -> np.ndarray:
    """Power of two for each post, with which no cell holds more than 500 of its events.

    Where that still leaves more than 5 million couples, half as many may lie in a cell, and so
    on: time and memory would else grow with the square of a source's reposts. No cell is made
    so fine that it would be shorter than the unit of most stamps.
    """
    fine, densest = np.ones(posts), _DENSEST
    while len(y) and densest >= _SPARSEST:
        cell = np.floor(y * fine[post])
        start = np.flatnonzero(np.append(True, (np.diff(post) != 0) | (np.diff(cell) != 0)))
        count = np.diff(start, append=len(y))
        crowded = np.unique(post[start[count > densest]])
        crowded = crowded[fine[crowded] < _FINEST]
        fine[crowded] *= 2
        if not len(crowded):
            beside = (np.diff(post[start]) == 0) & (np.diff(cell[start]) == 1)
            couples = (count * (count - 1) // 2).sum() + (count[1:] * count[:-1])[beside].sum()
            if couples <= _MOST:
                break
            densest //= 2
    return fine


def entries(found: Sample) -> Entries:
    """All couples of events of one post whose cells are the same or neighbours."""
    i, j = within(found.post, found.cell, 1.0)
    return Entries(i, j, found.cell[i] == found.cell[j])


def scores(y: np.ndarray, couples: Entries) -> np.ndarray:
    """Closeness of each couple less what two uniform places in one cell give; mean about 0."""
    gap = np.abs(y[..., couples.i] - y[..., couples.j])
    close = np.log(HINGE / np.maximum(2 * gap, SMALLEST))
    result: np.ndarray = np.maximum(close, 0.0) - EXPECTED * couples.same
    return result


def in_time(found: Sample, couples: Entries) -> tuple[Entries, np.ndarray]:
    """Couples in the order of their time (the mean of the two reposts), and that time."""
    time = found.time(found.y)
    tau = (time[couples.i] + time[couples.j]) / 2
    order = np.argsort(tau, kind="stable")
    return Entries(couples.i[order], couples.j[order], couples.same[order]), tau[order]


def grouped(key: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions of the couples whose account pair comes more than once, sorted by pair and place.

    Returns the positions, their keys, and where each run of a key starts. Key and place are
    packed into one integer: sorting those is several times as fast as a stable sort.
    """
    if len(key) < 2:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    bits = (len(key) - 1).bit_length()
    packed = np.sort((key << bits) | np.arange(len(key)))
    ordered = packed >> bits
    again = np.zeros(len(key) + 1, dtype=bool)
    again[1:-1] = ordered[1:] == ordered[:-1]
    kept = again[1:] | again[:-1]
    run = ordered[kept]
    start = np.flatnonzero(~again[:-1][kept])
    return packed[kept] & ((1 << bits) - 1), run, start


def statistic(key: np.ndarray, tau: np.ndarray, d: np.ndarray) -> float:
    """Sum over account pairs of the products of scores on different occasions; tau ascends."""
    return float(statistics(key, tau, d, size=int(key.max(initial=0)) + 1, count=1)[0])


def statistics(
    key: np.ndarray, tau: np.ndarray, d: np.ndarray, *, size: int, count: int
) -> np.ndarray:
    """The statistic of many draws at once, shape (count,).

    The key of a pair in draw k is that of the pair plus k times `size`; draws follow each
    other, and tau ascends in each.
    """
    kept, run, start = grouped(key)
    if not len(kept):
        return np.zeros(count)
    tau, d = tau[kept], d[kept]
    total = np.add.reduceat(d, start)
    draw = run // size
    of_draw = partial(np.bincount, minlength=count)
    both = of_draw(draw[start], total * total) - of_draw(draw, d * d)
    later = reached(run, tau, OCCASION)
    if later.sum() > MANY:
        near = of_draw(draw, d * following(d, later))
    else:
        i, j = expanded(later)
        near = of_draw(draw[i], d[i] * d[j])
    result: np.ndarray = both / 2 - near
    return result


def following(d: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Sum of the next so many values after each position: no couple of couples is made."""
    total = np.append(0.0, np.cumsum(d))
    place = np.arange(1, len(d) + 1)
    result: np.ndarray = total[place + later] - total[place]
    return result


def pair_key(found: Sample, couples: Entries) -> np.ndarray:
    """Return one number for each unordered pair of accounts."""
    a, b = found.account[couples.i], found.account[couples.j]
    key: np.ndarray = np.minimum(a, b) * len(found.accounts) + np.maximum(a, b)
    return key


def repeats(found: Sample, couples: Entries, tau: np.ndarray) -> float:
    """H: expected size of the statistic if all pairs that share cells coincided twice as finely."""
    key = pair_key(found, couples)[couples.same]
    return EXPECTED**2 * statistic(key, tau[couples.same], np.ones(len(key)))
