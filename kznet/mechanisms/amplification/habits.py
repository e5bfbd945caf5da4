"""How fast accounts are by habit, and the order in which that alone would bring them to a post.

The same quick people who ride every burst of a source meet there again and again without any
plan. What they do elsewhere tells them from a crew: whoever is early on this source only because
of being early on all others is put back among the early by the third null.
"""

from typing import Final

import numpy as np

from kznet.mechanisms.amplification.events import Events
from kznet.mechanisms.amplification.synchrony import Sample

PRIOR: Final = 3.0
_STEPS: Final = 12
_RIDGE: Final = 1e-3
_LARGEST: Final = 40.0


def lateness(found: Events, *, leave_out: np.ndarray) -> np.ndarray:
    """Habitual place of each account among the reposters of a post, from -1/2 (first) to 1/2.

    The mean of its places on the posts of all sources but those to `leave_out` (positions in
    the dataset), drawn towards 0 as if it had three more reposts of middling speed. 0 where
    nothing is known. Shape (largest account position + 1,).
    """
    keep = ~np.isin(found.source, leave_out)
    rank, number = _ranks(found.post[keep], found.latency[keep])
    middle = (rank - 0.5) / number - 0.5
    size = int(found.account.max(initial=-1)) + 1
    total = np.bincount(found.account[keep], middle, size)
    result: np.ndarray = total / (np.bincount(found.account[keep], minlength=size) + PRIOR)
    return result


def _ranks(group: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rank of each value in its group, from 1, the mean for equal ones; and the group's size."""
    order = np.lexsort([value, group])
    edge = np.append(True, np.diff(group[order]) != 0)[: len(order)]
    step = edge | np.append(True, np.diff(value[order]) != 0)[: len(order)]
    (begin, ties), (first, number) = _runs(step), _runs(edge)
    rank, size = np.empty(len(order)), np.empty(len(order))
    rank[order], size[order] = begin - first + (ties + 1) / 2, number
    return rank, size


def _runs(start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Begin and length of the run that each place lies in, by the mask of where runs start."""
    at = np.flatnonzero(start)
    length = np.diff(at, append=len(start))
    return np.repeat(at, length), np.repeat(length, length)


def readiness(found: Sample, habit: np.ndarray) -> np.ndarray:
    """Rate at which each event's account comes to a post, relative to the others, shape (events,).

    Habitual lateness explains the order of arrival at the posts of this source as far as a
    proportional-hazards model with one coefficient says (stratified by post).

    References
    ----------
    Cox (1972), https://doi.org/10.1111/j.2517-6161.1972.tb00899.x
    """
    x = habit[found.accounts[found.account]]
    result: np.ndarray = np.exp(_coefficient(found.post, x) * x)
    return result


def _coefficient(post: np.ndarray, x: np.ndarray) -> float:
    """Newton steps of the partial likelihood; events are sorted by post and time."""
    last = np.flatnonzero(np.append(post[1:] != post[:-1], True)) if len(post) else post
    stratum = np.searchsorted(last, np.arange(len(post)))
    slope = 0.0
    for _ in range(_STEPS):
        weight = np.exp(slope * x)
        s0, s1, s2 = (_at_risk(weight * x**k, last, stratum) for k in range(3))
        mean = s1 / s0
        score = float((x - mean).sum()) - _RIDGE * slope
        information = float((s2 / s0 - mean**2).sum()) + _RIDGE
        step = score / information
        slope = float(np.clip(slope + step, -_LARGEST, _LARGEST))
        if abs(step) < 1e-6:
            break
    return slope


def _at_risk(values: np.ndarray, last: np.ndarray, stratum: np.ndarray) -> np.ndarray:
    """Sum of each event's values and those after it on the same post."""
    total = np.cumsum(values)
    result: np.ndarray = total[last][stratum] - total + values
    return result
