"""Sizes of memory written as strings, and how much the machine has to spare."""

import re
from typing import Final

import psutil

from kznet.errors import DataError

_UNITS: Final = {
    "": 1,
    "b": 1,
    **{f"{letter}b": 1000**power for power, letter in enumerate("kmgt", 1)},
    **{f"{letter}ib": 1024**power for power, letter in enumerate("kmgt", 1)},
}
_SPARED: Final = 0.6


def size(text: str) -> int:
    """Bytes of a size.

    >>> size("1GiB"), size("500 MB")
    (1073741824, 500000000)

    Raises
    ------
    DataError
        The text is not a positive number with one of the units B, kB, MB, GB, TB, KiB, MiB, GiB
        and TiB.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", text.lower())
    if match is None or match[2] not in _UNITS or float(match[1]) <= 0:
        raise DataError(f"size {text!r} is not like '1GiB' or '500MB'")
    return round(float(match[1]) * float(_UNITS[match[2]]))


def available() -> int:
    """Bytes that a run may use where nobody says: three fifths of what is free now."""
    free: int = psutil.virtual_memory().available
    return int(free * _SPARED)


def words(count: float) -> str:
    """A number of bytes for a reader.

    >>> words(1_600_000_000), words(20_000_000)
    ('1.5 GiB', '19 MiB')
    """
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"
