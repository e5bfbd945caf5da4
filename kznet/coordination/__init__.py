"""Pairs of accounts that shared the same objects within a window, and how surprising that is."""

import pandas as pd

from kznet.coordination.pairing import COLUMNS, Pairing, pairing, pairing_files
from kznet.coordination.shares import shares, too_coarse
from kznet.coordination.sweep import WINDOWS, sweep
from kznet.dataset import Dataset

__all__ = [
    "COLUMNS",
    "WINDOWS",
    "Pairing",
    "pairing",
    "pairing_files",
    "pairs",
    "shares",
    "sweep",
    "too_coarse",
]


def pairs(
    data: Dataset,
    *,
    window: str = "60s",
    min_objects: int = 1,
    q: float | None = None,
    memory: int | None = None,
    engine: str = "auto",
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
    memory
        Bytes that the work may hold; three fifths of what is free where not given. The table
        itself is in memory: for one that is not, see `pairing`.
    engine
        As of `pairing`.

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
    with pairing(data, window=window, memory=memory, engine=engine) as found:
        return found.table(min_objects=min_objects, q=q)
