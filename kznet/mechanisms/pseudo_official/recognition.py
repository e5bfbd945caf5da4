"""Whether the confirmed official accounts know an account as they know each other."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit

from kznet.dataset import Dataset
from kznet.mechanisms.beta_binomial import Chance

_RIDGE: Final = 1.0
_STEPS: Final = 50
_LARGEST: Final = 30.0


@dataclass(frozen=True, eq=False)
class Reader:
    """Who listens to whom: distinct couples without loops, and how many listen to each account.

    `source` and `target` are positions in the dataset; `size` is log(1 + observed followers), of
    reposters where the data hold no follows, shape (accounts,).
    """

    source: np.ndarray
    target: np.ndarray
    size: np.ndarray


@dataclass(frozen=True, eq=False)
class Recognition:
    """What the confirmed accounts make expected of one more.

    `knows` counts for every account the active confirmed ones that follow or repost it, and
    `active` how many of them there are; `size` is that of every account.
    """

    knows: np.ndarray
    size: np.ndarray
    active: int
    rate: "Rate"


@dataclass(frozen=True, eq=False)
class Rate:
    """Chance of being known by one active confirmed account, by size: a logistic curve.

    `coefficients` are intercept and slope on the standardised size, `covariance` is theirs.
    """

    coefficients: np.ndarray
    covariance: np.ndarray
    centre: float
    scale: float
    smallest: float
    largest: float
    spread: float

    def of(self, size: float) -> Chance:
        """Chance for an account of this size, taken into the range of the confirmed ones."""
        inside = min(max(size, self.smallest), self.largest)
        design = np.array([1.0, (inside - self.centre) / self.scale])
        mean = float(_logistic(design @ self.coefficients))
        variance = (mean * (1 - mean)) ** 2 * float(design @ self.covariance @ design)
        return Chance(mean, self.spread, variance)


def readers(data: Dataset) -> Reader:
    """Collect who follows or reposts whom."""
    source, target = _couples(data, "follow", "repost")
    kind = "follow" if (data.ties["kind"] == "follow").any() else "repost"
    followers = np.bincount(_couples(data, kind)[1], minlength=len(data.accounts))
    return Reader(source, target, np.log1p(followers))


def active(reader: Reader, confirmed: np.ndarray) -> np.ndarray:
    """Confirmed accounts that follow or repost another of them; positions, sorted."""
    among = np.isin(reader.source, confirmed) & np.isin(reader.target, confirmed)
    return np.unique(reader.source[among])


def recognition(reader: Reader, confirmed: np.ndarray) -> Recognition:
    """Fit how well the active confirmed accounts know the confirmed ones, by their size.

    Parameters
    ----------
    reader
        Who listens to whom.
    confirmed
        Positions of the confirmed accounts; at least two of them are active.
    """
    asked = active(reader, confirmed)
    told = reader.target[np.isin(reader.source, asked)]
    knows = np.bincount(told, minlength=len(reader.size))
    trials = len(asked) - np.isin(confirmed, asked).astype(np.int64)
    rate = fitted(knows[confirmed], trials, reader.size[confirmed])
    return Recognition(knows, reader.size, len(asked), rate)


def fitted(successes: np.ndarray, trials: np.ndarray, size: np.ndarray) -> Rate:
    """Logistic curve by size: ridge 1 on the slope, which is never negative.

    The spread between accounts is the intra-class correlation that Pearson's chi-square implies;
    it widens the covariance too (quasi-likelihood).

    References
    ----------
    Williams, D. A. (1982). Extra-binomial variation in logistic linear models. Applied
    Statistics 31, 144-148. doi:10.2307/2347977
    """
    centre, scale = float(size.mean()), float(size.std()) or 1.0
    design = np.column_stack([np.ones(len(size)), (size - centre) / scale])
    at, covariance = _newton(design, successes, trials)
    free = 2
    if at[1] <= 0 or successes.sum() in (0, trials.sum()):
        at, covariance = _flat(successes, trials)
        free = 1
    spread = _spread(_logistic(design @ at), successes, trials, free)
    wider = covariance * (1 + (float(trials.mean()) - 1) * spread)
    return Rate(at, wider, centre, scale, float(size.min()), float(size.max()), spread)


def _couples(data: Dataset, *kinds: str) -> tuple[np.ndarray, np.ndarray]:
    ties = data.of_kind(*kinds)
    source, target = (ties[end].cat.codes.to_numpy(np.int64) for end in ("source", "target"))
    known = (target >= 0) & (source != target)
    n = max(len(data.accounts), 1)
    return np.divmod(np.unique(source[known] * n + target[known]), n)


def _newton(
    design: np.ndarray, successes: np.ndarray, trials: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    at = np.zeros(2)
    penalty = np.diag([0.0, _RIDGE])
    for _ in range(_STEPS):
        mean = _logistic(design @ at)
        weight = np.maximum(trials * mean * (1 - mean), 1e-12)
        covariance = np.linalg.inv(design.T @ (weight[:, None] * design) + penalty)
        step = covariance @ (design.T @ (successes - trials * mean) - penalty @ at)
        at = at + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-10:
            break
    return at, covariance


def _flat(successes: np.ndarray, trials: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One rate for all sizes; half a success and half a failure keep it off 0 and 1."""
    edge = 0.5 if successes.sum() in (0, trials.sum()) else 0.0
    n = trials.sum() + 2 * edge
    mean = (successes.sum() + edge) / n
    covariance = np.diag([1 / (n * mean * (1 - mean)), 0.0])
    return np.array([np.log(mean / (1 - mean)), 0.0]), covariance


def _spread(mean: np.ndarray, successes: np.ndarray, trials: np.ndarray, free: int) -> float:
    chi = ((successes - trials * mean) ** 2 / (trials * mean * (1 - mean))).sum()
    excess = float(chi) / (len(trials) - free) - 1
    return min(max(excess / (float(trials.mean()) - 1), 0.0), 1.0)


def _logistic(x: np.ndarray) -> np.ndarray:
    chance: np.ndarray = expit(np.clip(x, -_LARGEST, _LARGEST))
    return chance
