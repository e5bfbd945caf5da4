"""How fine the time stamps of each file are, which the tests have to know."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.times import NO_TIME, microseconds, resolution

_FEWEST_STAMPS: Final = 10
_STRAY: Final = 0.01
_QUARTER: Final = 900.0
_LOCAL: Final = (86400.0, 3600.0)


def with_resolution(ties: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, float]]:
    """Fill in the unit of the stamps, file by file; small files are judged together.

    A unit that a file states itself stays.

    Returns
    -------
    ties, units
        `units` are in seconds, by the number of the part; 1 for anything finer.
    """
    stamp = microseconds(ties["time"])
    said = ties["resolution"].to_numpy(dtype=np.float64, copy=True)
    open_ = (stamp != NO_TIME) & np.isnan(said)
    part = ties["part"].to_numpy(dtype=np.int64)
    count = np.bincount(part[open_], minlength=int(part.max(initial=-1)) + 1)
    small = count < _FEWEST_STAMPS
    together = open_ & small[part] if len(count) else open_
    said[together] = unit_of(stamp[together] / 1e6)
    for number in np.flatnonzero(~small):
        rows = open_ & (part == number)
        said[rows] = unit_of(stamp[rows] / 1e6)
    known = pd.Series(said).groupby(part).max().dropna()
    return ties.assign(resolution=said), {int(str(i)): float(unit) for i, unit in known.items()}


def unit_of(time: np.ndarray) -> float:
    """Unit of stamps in seconds; days and hours begin where the clock of a zone says.

    In UTC they begin at some quarter of an hour, another one after the zone changed its clock.

    >>> unit_of(np.array([68400.0, 154800, 241200, 327600, 414000]))
    86400.0
    """
    unit = resolution(time)
    if unit == 1 or (time % _QUARTER == 0).mean() < 1 - _STRAY:
        return unit
    ordered = np.sort(time)
    for local in _LOCAL:
        changes = np.count_nonzero(np.diff(ordered % local))
        if changes <= 2 + 2 * _STRAY * len(time):
            return local
    return unit
