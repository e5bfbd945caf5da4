"""Pairs that share soon after one another, with both limits set at a percentile of the data."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.evaluation.baselines.flagged import share_by
from kznet.evaluation.baselines.scored import scored
from kznet.mechanisms.amplification import Prepared
from kznet.mechanisms.amplification.events import Events
from kznet.windows import within

_FASTEST: Final = 0.1
_SHORTEST: Final = 1.0
_STRONGEST: Final = 0.9


def percentile_window(prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
    """Share of a source's reposts that belong to the pairs which coincide on it most often.

    The window is the median time from the first repost to more than half of all, over the tenth
    of posts whose second repost came fastest; it slides. Pairs are weighted by the posts of the
    source that both reposted within the window; they are strong at or above the 90th percentile
    of the weights of all sources, and above one. A source is scored by the share of its reposts
    that fell within the window of one by a strong partner.

    Returns
    -------
    DataFrame
        account, score (share in [0, 1]), p (missing: two limits, no null).

    References
    ----------
    Giglietto et al. (2020), https://doi.org/10.1080/1369118X.2020.1739732
    """
    n = len(accounts)
    events = _by_time(prepared.kept)
    i, j = within(events.post, events.time, _window(events))
    a, b = events.account[i], events.account[j]
    key = np.ravel_multi_index((events.source[i], np.minimum(a, b), np.maximum(a, b)), (n, n, n))
    _, pair, weight = np.unique(key, return_inverse=True, return_counts=True)
    strong = weight >= max(2, np.quantile(weight, _STRONGEST)) if len(weight) else weight > 0
    flagged = np.isin(np.arange(len(events.post)), np.concatenate([i, j])[np.tile(strong[pair], 2)])
    return scored(prepared, accounts, share_by(events, flagged, n))


def _by_time(events: Events) -> Events:
    """Events of each post in the order of their time."""
    return events.take(np.lexsort([events.account, events.time, events.post]))


def _window(events: Events) -> float:
    """Seconds in which posts with an unusually fast second repost had half of all; at least 1."""
    _, start, count = np.unique(events.post, return_index=True, return_counts=True)
    start, count = start[count > 1], count[count > 1]
    if not len(start):
        return _SHORTEST
    second = events.time[start + 1] - events.time[start]
    fast = second <= np.quantile(second, _FASTEST)
    half = events.time[start + count // 2] - events.time[start]
    return max(float(np.median(half[fast])), _SHORTEST)
