"""The turn: the split of an account's posts after which most more of them serve its own interest.

The same search runs in every order of blocks of posts, so that finding the best split is part of
what chance may do as well.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

SIDE: Final = 15
WEEK: Final = 7 * 86_400.0
SHARES: Final = 14
DRAWS: Final = 4_999
_WORTH_MORE: Final = 0.02
_CELLS: Final = 2_000_000
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Turn:
    """The steepest rise of one account, and how often chance gives one as steep.

    The first `split` posts are before it; `time` lies half-way to the next, in seconds.
    `blocks` is the number of blocks of `block_days`, `null` holds the steepest rise of each
    draw, and `smallest` is the p that the most extreme order met would have.
    """

    split: int
    time: float
    observed: float
    p: float
    smallest: float
    blocks: int
    block_days: float
    null: np.ndarray


def turn(
    own: np.ndarray, time: np.ndarray, *, rng: np.random.Generator, draws: int = DRAWS
) -> Turn:
    """Find the steepest rise and permute blocks of posts to see what chance gives.

    The first 4,999 draws are for everyone. Only where their p is at most .02 the rest of `draws`
    follows: no p above that mark can become a call, and P(p <= a) <= a holds at every a, because
    p <= a asks for p <= max(a, .02) after the first draws and for p <= a at the last.

    Parameters
    ----------
    own
        Whether each post serves its author's interest, in the order of time; at least 30.
    time
        Of each post, in seconds, ascending.
    rng
        Random numbers of this account.
    draws
        Orders of the blocks to draw.

    References
    ----------
    The observed order among the draws: Phipson and Smyth (2010),
    https://doi.org/10.2202/1544-6115.1585
    """
    best, at = steepest(own)
    split = int(at) + SIDE
    block = blocks(time)
    sizes = np.bincount(block)
    sizes = sizes[sizes > 0]
    null = _null(own, sizes, DRAWS, rng)
    if _chance(null, float(best)) <= _WORTH_MORE and draws > DRAWS:
        null = np.concatenate([null, _null(own, sizes, draws - DRAWS, rng)])
    return Turn(
        split,
        float(time[split - 1] + time[split]) / 2,
        float(best),
        _chance(null, float(best)),
        _chance(null, max(float(best), float(null.max()))),
        len(sizes),
        block_days(time),
        null,
    )


def steepest(own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Largest √(k(n−k)/n) · (share after − share before) over splits with 15 posts a side.

    Works along the last axis. Returns the value, and how many splits before it were tried.

    >>> value, at = steepest(np.repeat([0, 1], 20))
    >>> float(value).__round__(3), int(at) + SIDE
    (3.162, 20)
    """
    n = own.shape[-1]
    k = np.arange(SIDE, n - SIDE + 1)
    root = np.sqrt(k * (n - k) / n)
    running = np.cumsum(own, axis=-1, dtype=np.int32)
    rise = running[..., -1:] * (root / (n - k)) - running[..., SIDE - 1 : n - SIDE] / root
    return rise.max(axis=-1), rise.argmax(axis=-1)


def blocks(time: np.ndarray) -> np.ndarray:
    """Block of each post: weeks, or fourteenths of the span where those are shorter."""
    since, span = time - time[0], time[-1] - time[0]
    if span / SHARES < WEEK:
        place = np.minimum(since * SHARES // span, SHARES - 1)
    else:
        place = since // WEEK
    result: np.ndarray = place.astype(np.int64)
    return result


def block_days(time: np.ndarray) -> float:
    """Length of the blocks in days."""
    return float(min(WEEK, (time[-1] - time[0]) / SHARES) / 86_400)


def _null(own: np.ndarray, sizes: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    step = max(1, _CELLS // len(own))
    begins = range(0, draws, step)
    counts = [min(step, draws - begin) for begin in begins]
    return np.concatenate([steepest(own[_orders(sizes, count, rng)])[0] for count in counts])


def _orders(sizes: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Positions of the posts with their blocks in random order, shape (draws, posts)."""
    start = np.cumsum(sizes) - sizes
    order = rng.permuted(np.tile(np.arange(len(sizes)), (draws, 1)), axis=1)
    length = sizes[order]
    shift = start[order] - (np.cumsum(length, axis=1) - length)
    posts = int(sizes.sum())
    return np.repeat(shift.ravel(), length.ravel()).reshape(draws, posts) + np.arange(posts)


def _chance(null: np.ndarray, observed: float) -> float:
    reached = null >= observed - _ROUNDING * (1 + abs(observed))
    return float((1 + reached.sum()) / (len(null) + 1))
