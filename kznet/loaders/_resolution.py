"""How fine the time stamps of each file are, which the tests have to know."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.times import NO_TIME, microseconds, resolution

_FEWEST_STAMPS: Final = 30


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
    said[together] = resolution(stamp[together] / 1e6)
    for number in np.flatnonzero(~small):
        rows = open_ & (part == number)
        said[rows] = resolution(stamp[rows] / 1e6)
    known = pd.Series(said).groupby(part).max().dropna()
    return ties.assign(resolution=said), {int(str(i)): float(unit) for i, unit in known.items()}
