"""Pairs of accounts that shared the same objects within a window, and how surprising that is."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.coordination.shares import shares, shares_of, too_coarse
from kznet.coordination.significance import tested
from kznet.coordination.sweep import WINDOWS, sweep
from kznet.dataset import Dataset

__all__ = ["COLUMNS", "WINDOWS", "pairs", "shares", "sweep", "too_coarse"]

COLUMNS: Final = (
    "source",
    "target",
    "objects",
    "median_gap",
    "leader",
    "q",
    "lead_share",
    "coincidences",
    "mean_gap",
    "shared_objects",
    "p",
)


def pairs(
    data: Dataset, *, window: str = "60s", min_objects: int = 1, q: float | None = None
) -> pd.DataFrame:
    """Pairs of different accounts that shared the same object at most `window` apart.

    The window slides (both ends included), so that no pair is lost at the border of a bin. Shares
    whose time stamps are coarser than the window are left out: they would all seem to coincide.
    O(s log s + c log c) for s shares and c coincidences.

    Parameters
    ----------
    data
        Reposts with `post` and `time`; whose post it was need not be known.
    window
        Largest gap that counts, such as ``"60s"``.
    min_objects
        Fewest distinct objects a listed pair has in common within the window. The family of
        tests stays all pairs.
    q
        List only pairs whose q is at most this.

    Returns
    -------
    DataFrame
        One row a pair, `source` < `target`, sorted by them: `objects` shared within the window;
        `median_gap`, `mean_gap` in seconds over `coincidences`; `leader`, who was first more
        often (missing when neither), in `lead_share` of the coincidences; `shared_objects`
        shared at any distance; `p`, probability of at least that many `objects` in a pair
        with one, when each object's own arrival curve decides (Poisson-binomial tail); `q`
        after Benjamini and Hochberg over all pairs.

    References
    ----------
    Benjamini and Hochberg (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
    """
    table = tested(shares_of(data), window, len(data.accounts))
    listed = table["objects"] >= min_objects
    if q is not None:
        listed &= table["q"] <= q
    return _named(table[listed], data)


def _named(table: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Replace codes by ids; the accounts are sorted by id, so that low < high is the id order."""
    ids = data.accounts["account"].to_numpy()
    low, high = ids[table["low"]], ids[table["high"]]
    ahead, behind = table["ahead"].to_numpy(), table["behind"].to_numpy()
    leader = np.where(ahead > behind, low, high)
    result = table.assign(
        source=low,
        target=high,
        leader=pd.Series(leader, index=table.index, dtype="str").where(ahead != behind),
        lead_share=np.maximum(ahead, behind) / np.maximum(table["coincidences"], 1),
    )
    return result[list(COLUMNS)].reset_index(drop=True)
