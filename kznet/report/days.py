"""Days as numbers, and stretches of them, so many that a plot stays readable."""

from typing import Final

import numpy as np
import pandas as pd

STEPS: Final = (1, 7, 28, 84, 364)
MOST_BINS: Final = 120
_EPOCH: Final = pd.Timestamp("1970-01-01", tz="UTC")
_DAY: Final = pd.Timedelta(days=1)


def days_of(times: pd.Series) -> np.ndarray:
    """Whole days (UTC) since 1970 of these times, none of which may be missing."""
    if times.empty:
        return np.array([], dtype=np.int64)
    return ((times - _EPOCH) // _DAY).to_numpy(dtype=np.int64)


def date_of(day: int) -> pd.Timestamp:
    """Midnight (UTC) at which a day begins."""
    return _EPOCH + day * _DAY
