"""Counts whose chance differs from account to account: beta-binomial tails and moments."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import betabinom

_LEAST: Final = 1e-4
_MOST: Final = 0.9
_EDGE: Final = 1e-9


@dataclass(frozen=True)
class Chance:
    """Share of successes expected of one more account.

    `mean` in [0, 1]; `spread` is the intra-class correlation between accounts, in [0, 1];
    `variance` is that of the estimate of the mean.
    """

    mean: float
    spread: float
    variance: float

    def lower(self, successes: int, trials: int) -> float:
        """P(X <= successes).

        >>> round(Chance(0.5, 0.0, 0.0).lower(0, 4), 3)
        0.063
        """
        return float(self._of(trials, "cdf", successes))

    def upper(self, successes: int, trials: int) -> float:
        """P(X >= successes)."""
        return float(self._of(trials, "sf", successes - 1))

    def band(self, trials: int) -> tuple[int, int, int]:
        """2.5 %, 50 % and 97.5 % quantile of X."""
        below = np.cumsum(self._of(trials, "pmf", np.arange(trials + 1)))
        low, middle, high = np.searchsorted(below, [0.025, 0.5, 0.975])
        return int(low), int(middle), int(min(high, trials))

    def _of(self, trials: int, what: str, at: int | np.ndarray) -> np.ndarray:
        mean = min(max(self.mean, _EDGE), 1 - _EDGE)
        correlation = self.spread + self.variance / (mean * (1 - mean))
        size = 1 / min(max(correlation, _LEAST), _MOST) - 1
        found: np.ndarray = getattr(betabinom, what)(at, trials, mean * size, (1 - mean) * size)
        return found


def moments(successes: np.ndarray, trials: np.ndarray) -> Chance:
    """Mean share of accounts, each counting once, and the spread between them by moments.

    Parameters
    ----------
    successes, trials
        Shape (accounts,), at least two accounts, each with at least one trial.

    References
    ----------
    Kleinman, J. C. (1973). Proportions with extraneous variance: single and independent samples.
    Journal of the American Statistical Association 68, 46-54. doi:10.1080/01621459.1973.10481332
    """
    share = successes / trials
    mean, variance = float(share.mean()), float(share.var(ddof=1))
    within = mean * (1 - mean)
    few = float((1 / trials).mean())
    between = max(variance - within * few, 0.0)
    spread = min(between / (within * (1 - few)), 1.0) if within > 0 and few < 1 else 0.0
    return Chance(mean, spread, max(variance, within * few) / len(share))
