"""Several whole numbers in one: sorting one array of integers is what NumPy does fastest."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

_BITS: Final = 63


def order(keys: Sequence[np.ndarray]) -> np.ndarray:
    """Positions that sort rows by whole numbers, the first key first; equal rows keep their order.

    Keys and position are packed into one integer and sorted together, which takes a quarter of
    the time of sorting positions; what does not fit into 63 bits is sorted from the last bits on.

    >>> order([np.array([1, 0, 1]), np.array([5, 7, 2])]).tolist()
    [1, 2, 0]
    """
    rows = len(keys[0])
    result = np.arange(rows)
    place = rows.bit_length()
    for number, digit in enumerate(_digits(keys, _BITS - place)):
        packed = _packed(digit, result if number else None, rows)
        packed <<= place
        packed |= np.arange(rows)
        packed.sort()
        packed &= (1 << place) - 1
        result = result[packed] if number else packed
    return result


_Slice = tuple[np.ndarray, int, int]


def _digits(keys: Sequence[np.ndarray], bits: int) -> Iterator[list[_Slice]]:
    """Keys cut into digits of at most so many bits, the last digit first.

    A digit is a list of (key, bits to drop, bits to keep), its highest part first.
    """
    digit: list[_Slice] = []
    left = bits
    for key in reversed(keys):
        width, done = _width(key), 0
        while done < width:
            kept = min(width - done, left)
            digit.insert(0, (key, done, kept))
            done, left = done + kept, left - kept
            if not left:
                yield digit
                digit, left = [], bits
    if digit:
        yield digit


def _width(key: np.ndarray) -> int:
    return (int(key.max()) - int(key.min())).bit_length() if len(key) else 0


def _packed(digit: list[_Slice], rows: np.ndarray | None, size: int) -> np.ndarray:
    result = np.zeros(size, dtype=np.int64)
    for key, drop, keep in digit:
        part = (key if rows is None else key[rows]) - np.int64(key.min())
        part >>= drop
        part &= (1 << keep) - 1
        result <<= keep
        result |= part
    return result
