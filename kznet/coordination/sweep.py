"""Pairs at several windows, so that a window can be chosen with a reason."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from kznet.coordination.shares import shares_of
from kznet.coordination.significance import tested
from kznet.dataset import Dataset
from kznet.times import seconds
from kznet.windows import couples

WINDOWS: Final = ("10s", "30s", "60s", "5min", "15min", "1h")


def sweep(data: Dataset, *, windows: Sequence[str] = WINDOWS, q: float = 0.05) -> pd.DataFrame:
    """Pairs and survivors at several windows, so that a window can be chosen with a reason.

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
        table = tested(found, window, len(data.accounts))
        kept = table[table["q"] <= q]
        now = set(zip(kept["low"], kept["high"], strict=True))
        union = len(now | before) if before is not None else 0
        jaccard = len(now & before) / union if before is not None and union else np.nan
        rows.append((window, len(table), len(kept), jaccard))
        before = now
    result = pd.DataFrame(rows, columns=["window", "pairs", "survivors", "jaccard"])
    most = result["survivors"].max()
    result["suggested"] = (result["survivors"] == most) & (most > 0)
    result["suggested"] &= ~result["suggested"].shift(fill_value=False).cummax()
    return result


def affordable(
    data: Dataset, *, windows: Sequence[str] = WINDOWS, most: int = 1_000_000
) -> list[str]:
    """The windows, shortest first, up to the last that meets at most so many coincidences.

    Wide windows on much-shared posts meet quadratically many; counting them is linear.
    """
    found = shares_of(data)
    kept = []
    for window in sorted(windows, key=seconds):
        width = round(seconds(window) * 1e6)
        fine = found.finer_than(width)
        if couples(fine.object, fine.time, width) > most:
            break
        kept.append(window)
    return kept
