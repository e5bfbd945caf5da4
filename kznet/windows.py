"""The one kernel behind pairs and occasions: what lies close together within a group."""

import numpy as np


def within(group: np.ndarray, value: np.ndarray, window: float) -> tuple[np.ndarray, np.ndarray]:
    """Positions (i, j), i < j, of all couples of one group at most `window` apart.

    Both arrays are sorted by (group, value). O(m log m + couples): gaps are clipped just above
    the window and summed along the line, where two positions are within `window` exactly when
    they share a group and are.

    >>> [x.tolist() for x in within(np.array([0, 0, 0, 1]), np.array([0, 5, 9, 9]), 5)]
    [[0, 1], [1, 2]]
    """
    return expanded(reach(group, value, window))


def expanded(count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions (i, j) of each position with each of the next `count` after it."""
    first = np.repeat(np.arange(len(count)), count)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
    return first, second


def couples(group: np.ndarray, value: np.ndarray, window: float) -> int:
    """How many couples `within` would return, without making them.

    >>> couples(np.array([0, 0, 0, 1]), np.array([0, 5, 9, 9]), 5)
    2
    """
    return int(reach(group, value, window).sum())


def reach(group: np.ndarray, value: np.ndarray, window: float) -> np.ndarray:
    """How many later positions of its group each position reaches; sorted as for `within`."""
    beyond = window + 1
    gap = np.diff(value, prepend=value[:1])
    gap[np.diff(group, prepend=-1) != 0] = beyond
    line = np.cumsum(np.minimum(gap, beyond))
    reached: np.ndarray = np.searchsorted(line, line + window, side="right")
    return reached - np.arange(len(line)) - 1
