"""Which accounts made the synchrony: each is judged by the others, never by itself."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.stats import chi2, false_discovery_control

from kznet.mechanisms.amplification.synchrony import (
    BORDER,
    HINGE,
    SMALLEST,
    Entries,
    Sample,
    pair_key,
)

_GRID: Final = 64
_PIECE: Final = 100_000
_ROUNDS: Final = 8
_FEWEST: Final = 3
_LEVEL: Final = 0.05
_CORE: Final = 0.3


@dataclass(frozen=True, eq=False)
class Members:
    """Named accounts (numbers of the sample), and which of them the guard confirms."""

    named: np.ndarray
    confirmed: np.ndarray


def members(found: Sample, couples: Entries, d: np.ndarray) -> Members:
    """Accounts whose reposts lie closer to those of the other members than their cell gives.

    Leave-one-out: an account is judged by the core reposts of others alone. An account that is
    not named is not cleared. Nobody is named where fewer than two would be.
    """
    near = _beside(found, couples)
    core = _leading(found, couples, d)
    for _ in range(_ROUNDS):
        judged = _judged(found, near, core)
        if judged.sum() < 2:
            return Members(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool))
        if np.array_equal(judged, core):
            break
        core = judged
    named = np.flatnonzero(core)
    return Members(named, _guarded(found, core)[named])


def _beside(found: Sample, couples: Entries) -> tuple[np.ndarray, np.ndarray]:
    """Ordered couples (event, other) in which the other lies within reach of the event's cell."""
    event = np.concatenate([couples.i, couples.j])
    other = np.concatenate([couples.j, couples.i])
    below = found.cell[event] - BORDER
    reach = (found.y[other] >= below) & (found.y[other] <= below + 1 + 2 * BORDER)
    reach &= found.account[event] != found.account[other]
    order = np.lexsort([other[reach], event[reach]])
    return event[reach][order], other[reach][order]


def _leading(found: Sample, couples: Entries, d: np.ndarray) -> np.ndarray:
    """First guess: the accounts that carry the leading eigenvector of the summed scores."""
    n = len(found.accounts)
    low, high = np.divmod(pair_key(found, couples), n)
    matrix = csr_array(coo_array((d, (low, high)), shape=(n, n)))
    matrix = matrix + matrix.T
    shift = float(np.asarray(abs(matrix).sum(axis=1)).max(initial=0.0)) / 2
    vector = np.ones(n)
    for _ in range(200):
        moved = matrix @ vector + shift * vector
        size = float(np.abs(moved).max(initial=0.0))
        if size == 0.0:
            return np.zeros(n, dtype=bool)
        moved /= size
        if np.abs(moved - vector).max() < 1e-9:
            break
        vector = moved
    vector = moved if moved.max() >= -moved.min() else -moved
    result: np.ndarray = vector >= _CORE * vector.max()
    return result


def _closeness(gap: np.ndarray) -> np.ndarray:
    result: np.ndarray = np.maximum(np.log(HINGE / np.maximum(2 * np.abs(gap), SMALLEST)), 0.0)
    return result


def _judged(found: Sample, near: tuple[np.ndarray, np.ndarray], core: np.ndarray) -> np.ndarray:
    """Accounts that pass Fisher's combination of their reposts' places, shape (accounts,)."""
    event, other = (side[core[found.account[near[1]]]] for side in near)
    judged = np.zeros(len(core), dtype=bool)
    if not len(event):
        return judged
    start = np.flatnonzero(np.concatenate([[True], event[1:] != event[:-1]]))
    mine = event[start]
    here = np.add.reduceat(_closeness(found.y[other] - found.y[event]), start)
    at = start[np.append(0, np.flatnonzero(np.diff(start // _PIECE)) + 1)]
    reached = [
        _elsewhere(found, event[begin:end], other[begin:end])
        for begin, end in pairwise([*at, len(event)])
    ]
    tail = (1 + (np.concatenate(reached) >= here[:, None]).sum(axis=1)) / (_GRID + 1)
    return _fisher(found.account[mine], np.where(here > 0, tail, 1.0), len(core))


def _elsewhere(found: Sample, event: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Closeness that each event would have at evenly spaced places of its cell."""
    start = np.flatnonzero(np.concatenate([[True], event[1:] != event[:-1]]))
    spots = found.cell[event][:, None] + (np.arange(_GRID) + 0.5) / _GRID
    there = _closeness(found.y[other][:, None] - spots)
    result: np.ndarray = np.add.reduceat(there, start, axis=0)
    return result


def _fisher(account: np.ndarray, tail: np.ndarray, n: int) -> np.ndarray:
    count = np.bincount(account, minlength=n)
    total = np.bincount(account, -2 * np.log(tail), minlength=n)
    tested = np.flatnonzero(count >= _FEWEST)
    passed = np.zeros(n, dtype=bool)
    if len(tested):
        p = chi2.sf(total[tested], 2 * count[tested])
        passed[tested] = false_discovery_control(p) <= _LEVEL
    return passed


def _guarded(found: Sample, core: np.ndarray) -> np.ndarray:
    """Members whose places also stand out among the reposts of non-members, shape (accounts,)."""
    mine = np.flatnonzero(core[found.account])
    total, count = np.zeros(len(core)), np.zeros(len(core))
    for post in np.unique(found.post[mine]):
        here = np.flatnonzero(found.post == post)
        inside = here[core[found.account[here]]]
        outside = here[~core[found.account[here]]]
        closeness = _closeness(found.y[inside][:, None] - found.y[here])
        reach = _in_reach(found, inside)
        for row, event in enumerate(inside):
            others = reach[row] & (inside != event)
            if not others.any():
                continue
            own = closeness[row][np.isin(here, inside[others])].sum()
            gaps = found.y[inside[others]][:, None] - found.y[outside]
            rivals = _closeness(gaps).sum(axis=0)
            share = (1 + (rivals >= own).sum()) / (1 + len(outside)) if own > 0 else 1.0
            total[found.account[event]] += -2 * np.log(share)
            count[found.account[event]] += 1
    p = chi2.sf(total, 2 * np.maximum(count, 1))
    result: np.ndarray = (count >= _FEWEST) & (p <= _LEVEL)
    return result


def _in_reach(found: Sample, events: np.ndarray) -> np.ndarray:
    below = found.cell[events][:, None] - BORDER
    y = found.y[events]
    result: np.ndarray = (y >= below) & (y <= below + 1 + 2 * BORDER)
    return result
