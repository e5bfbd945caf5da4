"""Two ways in which nothing but habit could have made the synchrony; both must be rejected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.mechanisms.amplification.synchrony import (
    OCCASION,
    Entries,
    Sample,
    entries,
    grouped,
    in_time,
    pair_key,
    repeats,
    scores,
    statistic,
)
from kznet.windows import within

MARGIN: Final = 0.25
STOP: Final = 20
FEWEST_MEETINGS: Final = 5.0
_FEW_DRAWS: Final = 99
_ROUNDING: Final = 1e-9
_FIRST_BATCH: Final = 32
_LARGEST_BATCH: Final = 256
_CELLS: Final = 4_000_000
_MOST_SHIFT: Final = 3_000.0

Draw = Callable[[int], np.ndarray]


@dataclass(frozen=True, eq=False)
class Rejection:
    """What was observed, and the harder of the two nulls to reject."""

    observed: float
    meetings: float
    p: float
    p_jitter: float
    p_permutation: float
    null: np.ndarray

    @property
    def effect(self) -> float:
        """Fine coincidences in excess of coarse co-presence; unstable below 5 meetings."""
        if self.meetings <= 0:
            return 0.0
        return float(np.sign(self.observed) * np.sqrt(abs(self.observed) / self.meetings))


def rejection(found: Sample, *, draws: int, rng: np.random.Generator) -> Rejection:
    """Probability of the observed synchrony under the jitter and the permutation null.

    Both statistics are given a margin of 25 % finer coincidence; p is the larger of the two.
    Below five expected meetings no call can follow, and a few draws must do for the picture.

    References
    ----------
    Interval jitter: Amarasingham et al. (2012), https://doi.org/10.1152/jn.00633.2011;
    sequential stopping: Besag and Clifford (1991), https://doi.org/10.1093/biomet/78.2.301;
    the observed order among the draws: Phipson and Smyth (2010),
    https://doi.org/10.2202/1544-6115.1585; the larger p of two tests: Berger (1982),
    https://doi.org/10.1080/00401706.1982.10487790
    """
    couples, tau = in_time(found, entries(found))
    d = scores(found.y, couples)
    observed = statistic(pair_key(found, couples), tau, d)
    meetings = repeats(found, couples, tau)
    margin = MARGIN**2 * meetings
    if meetings < FEWEST_MEETINGS:
        draws = min(draws, _FEW_DRAWS)
    p_jitter, by_jitter = _sequential(_jitter(found, couples, tau, rng), observed, margin, draws)
    p_labels, by_labels = _sequential(_labels(found, couples, tau, d, rng), observed, margin, draws)
    null = by_jitter if p_jitter >= p_labels else by_labels
    p = max(p_jitter, p_labels)
    return Rejection(observed, meetings, p, p_jitter, p_labels, null + margin)


def _sequential(draw: Draw, observed: float, margin: float, draws: int) -> tuple[float, np.ndarray]:
    """Monte Carlo p; ends at the 20th draw that reaches the observed value."""
    seen: list[np.ndarray] = []
    mark = observed - margin - _ROUNDING * (1 + abs(observed))
    done, batch = 0, _FIRST_BATCH
    reached = np.zeros(0, dtype=np.int64)
    while done < draws and len(reached) < STOP:
        seen.append(draw(min(batch, draws - done)))
        done += len(seen[-1])
        batch = min(2 * batch, _LARGEST_BATCH)
        values = np.concatenate(seen)
        reached = np.flatnonzero(values >= mark)
    values = np.concatenate(seen)
    if len(reached) >= STOP:
        last = int(reached[STOP - 1]) + 1
        return STOP / last, values[:last]
    return (1 + len(reached)) / (done + 1), values


def _jitter(found: Sample, couples: Entries, tau: np.ndarray, rng: np.random.Generator) -> Draw:
    """Redraw every repost inside its own cell; who reposts what and roughly when stays."""
    kept, key, start = grouped(pair_key(found, couples))
    tau = tau[kept]
    mine = Entries(couples.i[kept], couples.j[kept], couples.same[kept])
    i, j = within(key, tau, OCCASION + _MOST_SHIFT)
    events, slot = np.unique(np.concatenate([mine.i, mine.j]), return_inverse=True)
    local = Entries(slot[: len(kept)], slot[len(kept) :], mine.same)
    moved = found.without(events)
    cell = moved.cell

    def draw(count: int) -> np.ndarray:
        step = max(1, _CELLS // max(len(key) + len(i), 1))
        parts = [one(min(step, count - begin)) for begin in range(0, count, step)]
        return np.concatenate(parts)

    def one(count: int) -> np.ndarray:
        if not len(key):
            return np.zeros(count)
        y = cell + rng.random((count, len(cell)))
        d = scores(y, local)
        time = moved.time(y)
        when = (time[:, local.i] + time[:, local.j]) / 2
        total = np.add.reduceat(d, start, axis=1)
        near = np.where(np.abs(when[:, i] - when[:, j]) <= OCCASION, d[:, i] * d[:, j], 0.0)
        result: np.ndarray = ((total**2).sum(axis=1) - (d**2).sum(axis=1)) / 2 - near.sum(axis=1)
        return result

    return draw


def _labels(
    found: Sample, couples: Entries, tau: np.ndarray, d: np.ndarray, rng: np.random.Generator
) -> Draw:
    """Permute the accounts among the reposts of each post; every time stays.

    Accounts that reposted the source once cannot meet again, so their couples are skipped.
    """
    counts = np.flatnonzero(d != 0)
    i, j, tau, d = couples.i[counts], couples.j[counts], tau[counts], d[counts]
    often = np.bincount(found.account, minlength=len(found.accounts)) > 1
    width = len(found.accounts)

    def draw(count: int) -> np.ndarray:
        return np.array([one() for _ in range(count)])

    def one() -> float:
        shuffled = found.account[np.lexsort([rng.random(len(found.post)), found.post])]
        a, b = shuffled[i], shuffled[j]
        use = np.flatnonzero(often[a] & often[b])
        a, b = a[use], b[use]
        return statistic(np.minimum(a, b) * width + np.maximum(a, b), tau[use], d[use])

    return draw
