"""Durations written as strings, and instants as whole microseconds."""

import re
from typing import Final

import numpy as np
import pandas as pd

from kznet.errors import DataError

UTC_DTYPE: Final = pd.DatetimeTZDtype("us", "UTC")
NO_TIME: Final = np.iinfo(np.int64).min
_STEPS: Final = (86400.0, 3600.0, 60.0)
_FEWEST_STAMPS: Final = 5
_UNITS: Final = {"ms": 0.001, "s": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def seconds(duration: str) -> float:
    """Length of a duration in seconds.

    >>> seconds("60s"), seconds("5min"), seconds("1h")
    (60.0, 300.0, 3600.0)

    Raises
    ------
    DataError
        The text is not a positive number with one of the units ms, s, min, m, h, d.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*", duration)
    if match is None or match[2] not in _UNITS or float(match[1]) <= 0:
        raise DataError(f"duration {duration!r} is not like '60s', '5min', '1h' or '7d'")
    return float(match[1]) * _UNITS[match[2]]


def microseconds(times: pd.Series) -> np.ndarray:
    """Instants of a UTC column as int64 microseconds since 1970; `NO_TIME` where missing."""
    return times.astype(UTC_DTYPE).to_numpy(dtype="datetime64[us]").astype(np.int64)


def resolution(time: np.ndarray) -> float:
    """Unit of which nearly all stamps are whole multiples, in seconds; 1 for anything finer.

    >>> resolution(np.array([60.0, 120, 600, 660, 3000])), resolution(np.array([1.0, 2, 3]))
    (60.0, 1.0)
    """
    if len(time) < _FEWEST_STAMPS:
        return 1.0
    for unit in _STEPS:
        if (time % unit == 0).mean() >= 0.99:
            return unit
    return 1.0
