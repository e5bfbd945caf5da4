"""Pairs by numpy alone: sort, look up how far each share reaches, repeat, count."""

import sys

import numpy as np

from benchmarks.targets.sides.laps import Laps
from benchmarks.targets.sides.shares import read

_WINDOW = 60


def pairs(account: np.ndarray, post: np.ndarray, time: np.ndarray) -> tuple[int, int]:
    """Number of pairs of accounts, and of coincidences."""
    order = np.lexsort([time, post])
    account, time = account[order], time[order]
    span = int(time.max() - time.min()) + _WINDOW + 1
    line = post[order] * span + (time - time.min())
    count = np.searchsorted(line, line + _WINDOW, side="right") - np.arange(len(line)) - 1
    first = np.repeat(np.arange(len(line)), count)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
    a, b = account[first], account[second]
    other = a != b
    a, b = a[other], b[other]
    key = np.minimum(a, b) * (int(account.max()) + 1) + np.maximum(a, b)
    return len(np.unique(key, return_counts=True)[0]), len(key)


if __name__ == "__main__":
    laps = Laps()
    shares = read(sys.argv[1])
    laps.lap("read")
    found, coincidences = pairs(*shares)
    laps.lap("kernel")
    laps.tell({"pairs": found, "coincidences": coincidences})
