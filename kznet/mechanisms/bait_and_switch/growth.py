"""Bait by growth: reposts a post that rise until the turn, faster than those of accounts alike."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import t as student

from kznet.mechanisms.bait_and_switch.days import daily
from kznet.mechanisms.bait_and_switch.posts import Posts
from kznet.mechanisms.bait_and_switch.season import FEWEST_ALIKE, nearest, within

_DAYS: Final = 10
_LEAST_RESPONSE: Final = 0.2
_LEAST_ERROR: Final = 0.25
_TINY: Final = 1e-12


@dataclass(frozen=True)
class Growth:
    """How much faster reposts a post grew than those of accounts with as many.

    `factor` is that of the account over the factor of the others from its first post to the
    turn, with its 95 % interval; all missing where `controls` are too few or reposts too rare.
    """

    p: float = np.nan
    factor: float = np.nan
    low: float = np.nan
    high: float = np.nan
    controls: int = 0


def growth(posts: Posts, account: int, moment: float) -> Growth:
    """Compare the slope of the response until the turn with the 20 accounts of nearest response.

    Slopes are those of ordinary least squares on the time from the first post (0) to the turn
    (1), a point a day, with HC3 errors of at least half the classical ones; the others' mean is
    that of random effects, and the tail that of Student's t.

    References
    ----------
    HC3: MacKinnon and White (1985), https://doi.org/10.1016/0304-4076(85)90158-7; random effects:
    DerSimonian and Laird (1986), https://doi.org/10.1016/0197-2456(86)90046-2
    """
    before = within(posts, account, moment)[0] & ~np.isnan(posts.response)
    whose, time, response = daily(posts, before, posts.response)
    begin = posts.time[posts.of(account)[0]]
    lines = slopes(whose, (time - begin) / max(moment - begin, _TINY), response, posts.accounts)
    usable = (lines.points >= _DAYS) & (lines.mean >= _LEAST_RESPONSE) & (lines.variance > 0)
    others = np.flatnonzero(usable & (np.arange(posts.accounts) != account))
    if not usable[account] or len(others) < FEWEST_ALIKE:
        return Growth(controls=len(others))
    alike = others[nearest(np.abs(lines.mean[others] - lines.mean[account]))]
    middle, between, error = pooled(lines.slope[alike], lines.variance[alike])
    more = float(lines.slope[account] - middle)
    spread = float(np.sqrt(lines.variance[account] + between + error))
    freedom = int(min(lines.points[account] - 2, len(alike) - 1))
    reach = spread * student.ppf(0.975, freedom)
    factor, low, high = (float(np.exp(more + step)) for step in (0.0, -reach, reach))
    return Growth(float(student.sf(more / spread, freedom)), factor, low, high, len(alike))


@dataclass(frozen=True, eq=False)
class Slopes:
    """A straight line for each group: slope with its variance, mean of y, number of points."""

    slope: np.ndarray
    variance: np.ndarray
    mean: np.ndarray
    points: np.ndarray


def slopes(group: np.ndarray, x: np.ndarray, y: np.ndarray, groups: int) -> Slopes:
    """Ordinary least squares of y on x in each group, with HC3 variances; all shape (groups,).

    The variance is at least a quarter of the classical one; 0 where a line cannot be drawn.
    """
    count = np.bincount(group, minlength=groups)
    safe = np.maximum(count, 1)
    mean_x, mean_y = (np.bincount(group, values, groups) / safe for values in (x, y))
    from_mean = x - mean_x[group]
    square = np.bincount(group, from_mean**2, groups)
    drawn = (square > _TINY) & (count > 2)
    base = np.where(drawn, square, 1.0)
    slope = np.bincount(group, from_mean * y, groups) / base
    error = y - mean_y[group] - slope[group] * from_mean
    leverage = 1 / safe[group] + from_mean**2 / base[group]
    pull = from_mean * error / np.maximum(1 - leverage, _TINY)
    robust = np.bincount(group, pull**2, groups) / base**2
    classical = np.bincount(group, error**2, groups) / np.maximum(count - 2, 1) / base
    variance = np.where(drawn, np.maximum(robust, _LEAST_ERROR * classical), 0.0)
    return Slopes(slope, np.where(variance > _TINY, variance, 0.0), mean_y, count)


def pooled(values: np.ndarray, variances: np.ndarray) -> tuple[float, float, float]:
    """Random-effects mean of estimates, the variance between them, and that of the mean."""
    weight = 1 / variances
    fixed = (weight * values).sum() / weight.sum()
    excess = (weight * (values - fixed) ** 2).sum() - (len(values) - 1)
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    between = max(float(excess / scale), 0.0)
    weight = 1 / (variances + between)
    return float((weight * values).sum() / weight.sum()), between, float(1 / weight.sum())
