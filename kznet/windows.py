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
    return expanded(reached(group, value, window))


def expanded(count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions (i, j) of each position with each of the next `count` after it."""
    ends = np.cumsum(count)
    return numbered(ends, 0, int(ends[-1]) if len(ends) else 0)


def couples(group: np.ndarray, value: np.ndarray, window: float) -> int:
    """How many couples `within` would return, without making them.

    >>> couples(np.array([0, 0, 0, 1]), np.array([0, 5, 9, 9]), 5)
    2
    """
    return int(reached(group, value, window).sum())


def reached(group: np.ndarray, value: np.ndarray, window: float) -> np.ndarray:
    """How many later positions of its group each position reaches within the window.

    >>> reached(np.array([0, 0, 0, 1]), np.array([0, 5, 9, 9]), 5).tolist()
    [1, 1, 0, 0]
    """
    beyond = window + 1
    gap = np.diff(value, prepend=value[:1])
    gap[np.diff(group, prepend=-1) != 0] = beyond
    line = np.cumsum(np.minimum(gap, beyond))
    last: np.ndarray = np.searchsorted(line, line + window, side="right")
    return last - np.arange(len(line)) - 1


def numbered(ends: np.ndarray, begin: int, stop: int) -> tuple[np.ndarray, np.ndarray]:
    """Couples number `begin` to `stop` of `within`; `ends` are the running sums of `reached`.

    >>> [x.tolist() for x in numbered(np.array([1, 3, 3]), 1, 3)]
    [[1, 1], [2, 3]]
    """
    low = int(np.searchsorted(ends, begin, side="right"))
    high = int(np.searchsorted(ends, stop - 1, side="right")) + 1 if stop > begin else low
    upto = ends[low:high]
    before = np.concatenate([[begin], upto])[:-1]
    first = np.repeat(np.arange(low, high), np.minimum(upto, stop) - before)
    start = np.concatenate([ends[low - 1 : low] if low else [0], upto])[:-1]
    step = np.arange(begin, stop) - np.repeat(start, np.minimum(upto, stop) - before)
    return first, first + 1 + step


def couple(ends: np.ndarray, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Couples of `within` of these numbers, ascending.

    >>> [x.tolist() for x in couple(np.array([1, 3, 3]), np.array([0, 2]))]
    [[0, 1], [1, 3]]
    """
    first = np.searchsorted(ends, number, side="right")
    start = np.concatenate([[0], ends])[first]
    return first, first + 1 + number - start
