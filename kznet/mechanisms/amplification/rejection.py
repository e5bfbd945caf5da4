"""How surely habit alone is ruled out: p under both nulls, by as many draws as it takes."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from kznet.mechanisms.amplification.nulls import Draw, by_jitter, by_permutation
from kznet.mechanisms.amplification.synchrony import (
    Entries,
    Sample,
    entries,
    in_time,
    pair_key,
    repeats,
    scores,
    statistic,
)

MARGIN: Final = 0.25
STOP: Final = 20
FEWEST_MEETINGS: Final = 5.0
_FEW_DRAWS: Final = 99
_ROUNDING: Final = 1e-9
_FIRST_BATCH: Final = 32
_LARGEST_BATCH: Final = 512


@dataclass(frozen=True)
class Tally:
    """Draws of one null: how many were made, and how many reached the observed value."""

    drawn: int = 0
    reached: int = 0

    @property
    def ended(self) -> bool:
        """Whether so many draws reached the observed value that more would change nothing."""
        return self.reached >= STOP

    @property
    def p(self) -> float:
        """Monte Carlo p: never 0, and exact where the draws ended early."""
        return self.reached / self.drawn if self.ended else (1 + self.reached) / (1 + self.drawn)


@dataclass(frozen=True, eq=False)
class Rejection:
    """What was observed, and what each null gave; `null` is of the one harder to reject."""

    observed: float
    meetings: float
    jitter: Tally
    permutation: Tally
    null: np.ndarray = field(default_factory=lambda: np.zeros(0))
    habit: Tally | None = None

    @property
    def few(self) -> bool:
        """Whether accounts meet again too seldom for any call."""
        return self.meetings < FEWEST_MEETINGS

    @property
    def p(self) -> float:
        """The largest p, as every null must be rejected; 1 where meetings are few."""
        asked = (self.jitter, self.permutation, self.habit)
        return 1.0 if self.few else max(tally.p for tally in asked if tally)

    @property
    def draws(self) -> int:
        """The draws under the null that got more of them."""
        return max(self.jitter.drawn, self.permutation.drawn)

    @property
    def ended(self) -> bool:
        """Whether one null accounts for what was observed, or there is too little of it."""
        return self.few or self.jitter.ended or self.permutation.ended

    @property
    def effect(self) -> float:
        """Fine coincidences in excess of coarse co-presence; unstable below 5 meetings."""
        if self.meetings <= 0:
            return 0.0
        return float(np.sign(self.observed) * np.sqrt(abs(self.observed) / self.meetings))


def rejection(
    found: Sample, *, draws: int, rng: np.random.Generator, before: Rejection | None = None
) -> Rejection:
    """Probability of the observed synchrony under the jitter and the permutation null.

    Both statistics are given a margin of 25 % finer coincidence. Draws end early once 20 reach
    what was observed under either null. Below five expected meetings no call can follow, and a
    few draws must do for the picture.

    Parameters
    ----------
    found
        The events of one source.
    draws
        The most draws under each null, those made `before` among them.
    rng
        Fresh random numbers; never those that were used before.
    before
        The outcome so far, to go on from.

    References
    ----------
    Interval jitter: Amarasingham et al. (2012), https://doi.org/10.1152/jn.00633.2011;
    sequential stopping: Besag and Clifford (1991), https://doi.org/10.1093/biomet/78.2.301;
    Monte Carlo p that is never 0: Phipson and Smyth (2010), https://doi.org/10.2202/1544-6115.1585;
    the larger of two p: Berger (1982), https://doi.org/10.1080/00401706.1982.10487790
    """
    trial = _trial(found)
    if trial.meetings < FEWEST_MEETINGS:
        draws = min(draws, _FEW_DRAWS)
    so_far = before or Rejection(trial.observed, trial.meetings, Tally(), Tally())
    labels = by_permutation(found, trial.couples, trial.tau, rng)
    permutation, seen = _more(so_far.permutation, labels, trial.mark, draws)
    most = min(draws, permutation.drawn) if permutation.ended else draws
    cells = by_jitter(found, trial.couples, trial.tau, rng)
    jitter, also = _more(so_far.jitter, cells, trial.mark, most)
    null = (also if jitter.p >= permutation.p else seen) + trial.margin
    shown = so_far.null if len(so_far.null) else null
    return replace(so_far, jitter=jitter, permutation=permutation, null=shown)


def contrasted(
    found: Sample, outcome: Rejection, *, readiness: np.ndarray, rng: np.random.Generator
) -> Rejection:
    """Ask of a rejection whether habits elsewhere would have brought the same accounts together.

    A third null: each post's accounts are drawn anew in the order that their habit on other
    sources gives (`readiness` of each event), over the same times.
    """
    trial = _trial(found)
    draw = by_permutation(found, trial.couples, trial.tau, rng, readiness=readiness)
    habit, seen = _more(Tally(), draw, trial.mark, outcome.draws)
    harder = habit.p > outcome.p
    return replace(outcome, habit=habit, null=seen + trial.margin if harder else outcome.null)


@dataclass(frozen=True, eq=False)
class _Trial:
    """What is to be explained: the statistic, its margin, and the couples behind it."""

    couples: Entries
    tau: np.ndarray
    observed: float
    meetings: float

    @property
    def margin(self) -> float:
        return MARGIN**2 * self.meetings

    @property
    def mark(self) -> float:
        return self.observed - self.margin - _ROUNDING * (1 + abs(self.observed))


def _trial(found: Sample) -> _Trial:
    couples, tau = in_time(found, entries(found))
    observed = statistic(pair_key(found, couples), tau, scores(found.y, couples))
    return _Trial(couples, tau, observed, repeats(found, couples, tau))


def _more(before: Tally, draw: Draw, mark: float, draws: int) -> tuple[Tally, np.ndarray]:
    """Go on until the 20th draw that reaches the mark, or until there are enough."""
    seen: list[np.ndarray] = []
    tally, batch = before, _FIRST_BATCH
    while tally.drawn < draws and not tally.ended:
        values = draw(min(batch, draws - tally.drawn))
        reached = np.flatnonzero(values >= mark)
        last = STOP - tally.reached
        if len(reached) >= last:
            values = values[: int(reached[last - 1]) + 1]
        tally = Tally(tally.drawn + len(values), tally.reached + min(len(reached), last))
        seen.append(values)
        batch = min(2 * batch, _LARGEST_BATCH)
    return tally, np.concatenate(seen) if seen else np.zeros(0)
