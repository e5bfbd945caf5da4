"""Pairs by two pointers in compiled loops: count the most, write, sort and count runs."""

import sys

import numba
import numpy as np

from benchmarks.targets.sides.laps import Laps
from benchmarks.targets.sides.shares import read

_WINDOW = 60


def _count(post: np.ndarray, time: np.ndarray, window: int) -> int:
    total, last = 0, 0
    for i in range(len(post)):
        last = max(last, i)
        while last + 1 < len(post) and post[last + 1] == post[i]:
            if time[last + 1] > time[i] + window:
                break
            last += 1
        total += last - i
    return total


def _write(
    account: np.ndarray, post: np.ndarray, time: np.ndarray, window: int, key: np.ndarray
) -> int:
    n, at = account.max() + 1, 0
    for i in range(len(post)):
        j = i + 1
        while j < len(post) and post[j] == post[i] and time[j] <= time[i] + window:
            if account[i] != account[j]:
                key[at] = min(account[i], account[j]) * n + max(account[i], account[j])
                at += 1
            j += 1
    return at


def _runs(key: np.ndarray) -> int:
    total = 0
    for i in range(len(key)):
        if i == 0 or key[i] != key[i - 1]:
            total += 1
    return total


count, write, runs = (numba.njit(cache=True)(loop) for loop in (_count, _write, _runs))


def pairs(account: np.ndarray, post: np.ndarray, time: np.ndarray) -> tuple[int, int]:
    """Number of pairs of accounts, and of coincidences."""
    order = np.lexsort([time, post])
    account, post, time = account[order], post[order], time[order]
    key = np.empty(count(post, time, _WINDOW), dtype=np.int64)
    key = key[: write(account, post, time, _WINDOW, key)]
    key.sort()
    return int(runs(key)), len(key)


if __name__ == "__main__":
    few = np.zeros(2, dtype=np.int64)
    pairs(few, few, few)
    laps = Laps()
    shares = read(sys.argv[1])
    laps.lap("read")
    found, coincidences = pairs(*shares)
    laps.lap("kernel")
    laps.tell({"pairs": found, "coincidences": coincidences})
