"""Pairs at several windows, so that a window can be chosen with a reason."""

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from kznet.coordination.shares import shares_of
from kznet.coordination.significance import tested
from kznet.dataset import Dataset
from kznet.engines import numpy_
from kznet.times import seconds
from kznet.windows import couples

WINDOWS: Final = ("10s", "30s", "60s", "5min", "15min", "1h")


def sweep(
    data: Dataset,
    *,
    windows: Collection[str] = WINDOWS,
    q: float = 0.05,
    most: int | None = None,
    memory: int | None = None,
) -> pd.DataFrame:
    """Pairs and survivors at several windows, so that a window can be chosen with a reason.

    Parameters
    ----------
    most
        Windows from the first on that meets more coincidences are left out: wide ones on
        much-shared posts meet quadratically many, and counting them is linear.

    memory
        Bytes that the work may take; what is free where not given.

    Returns
    -------
    DataFrame
        window, pairs, survivors (q at most `q`), jaccard (overlap of the surviving pairs with
        those of the window before; missing for the first), suggested (the smallest window
        with the most survivors).
    """
    rows = []
    found = shares_of(data)
    before: set[tuple[int, int]] | None = None
    for window in sorted(windows, key=seconds):
        width = round(seconds(window) * 1e6)
        fine = found.finer_than(width)
        if most is not None and couples(fine.object, fine.time, width) > most:
            break
        with tested(fine, width, len(data.accounts), memory=memory, engine=numpy_) as paired:
            count = paired.count()
            kept = pd.concat(paired.tables(q=q))
        now = set(zip(kept["low"], kept["high"], strict=True))
        union = len(now | before) if before is not None else 0
        jaccard = len(now & before) / union if before is not None and union else np.nan
        rows.append((window, count, len(kept), jaccard))
        before = now
    result = pd.DataFrame(rows, columns=["window", "pairs", "survivors", "jaccard"])
    largest = result["survivors"].max()
    result["suggested"] = (result["survivors"] == largest) & (largest > 0)
    result["suggested"] &= ~result["suggested"].shift(fill_value=False).cummax()
    return result
