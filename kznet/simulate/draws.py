"""Random draws that every step of a world shares."""

from zlib import crc32

import numpy as np


def stream(seed: int, name: str, number: int = 0) -> np.random.Generator:
    """Random numbers for one purpose alone, so that a new purpose shifts no other.

    >>> stream(1, "posts").random() == stream(1, "posts").random()
    True
    """
    return np.random.default_rng([seed, crc32(name.encode()), number])


def pick(rng: np.random.Generator, weights: np.ndarray, number: int) -> np.ndarray:
    """Positions drawn with probability proportional to `weights`; the same one may come again."""
    edges = np.cumsum(weights)
    found: np.ndarray = np.searchsorted(edges, rng.random(number) * edges[-1], side="right")
    return found


def pick_distinct(rng: np.random.Generator, weights: np.ndarray, number: int) -> np.ndarray:
    """Different positions, those of larger weight more often; fewer where too few weigh > 0."""
    with np.errstate(divide="ignore"):
        waiting = rng.standard_exponential(len(weights)) / weights
    order: np.ndarray = np.argsort(waiting, kind="stable")
    return order[: min(number, np.count_nonzero(np.isfinite(waiting)))]


def pareto(rng: np.random.Generator, number: int, *, tail: float, cap: float) -> np.ndarray:
    """Draws of at least 1 whose upper tail falls as a power, cut at `cap`."""
    return np.minimum((1 - rng.random(number)) ** (-1 / tail), cap)


def spread(rng: np.random.Generator, number: int, sigma: float) -> np.ndarray:
    """Factors around 1: exp of a normal draw with standard deviation `sigma`."""
    return np.exp(sigma * rng.standard_normal(number))
