"""Pairs that share quickly after one another, with both limits set at a percentile of the data."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.evaluation.baselines.flagged import share_by
from kznet.evaluation.baselines.scored import scored
from kznet.mechanisms.amplification import Prepared
from kznet.mechanisms.amplification.events import Events
from kznet.windows import within

_FASTEST: Final = 0.1
_HALF: Final = 0.5
_STRONGEST: Final = 0.9


def percentile_window(prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
    """Share of reposts made by accounts whose pairs coincide most often, in a window of the data.

    The window is the median time that the tenth of posts spread fastest needed from its first
    repost to half of all; it slides. Pairs are weighted by the posts that both reposted within
    it, over all sources, and those at or above the 90th percentile of weights, and above one,
    name their accounts. A source is scored by the share of its reposts that come from them.

    Returns
    -------
    DataFrame
        account, score (share in [0, 1]), p (missing: two limits, no null).

    References
    ----------
    Giglietto et al. (2020), https://doi.org/10.1080/1369118X.2020.1739732
    """
    events, n = prepared.kept, len(accounts)
    order = np.lexsort([events.account, events.time, events.post])
    account, post, time = events.account[order], events.post[order], events.time[order]
    i, j = within(post, time, _window(events))
    a, b = account[i], account[j]
    pair, weight = np.unique(np.minimum(a, b) * n + np.maximum(a, b), return_counts=True)
    strong = pair[weight >= max(2, np.quantile(weight, _STRONGEST))] if len(pair) else pair
    named = np.unique(np.concatenate(np.divmod(strong, max(n, 1))))
    return scored(prepared, accounts, share_by(events, np.isin(events.account, named), n))


def _window(events: Events) -> float:
    """Seconds in which the posts that spread fastest had half their reposts; 0 without any."""
    order = np.lexsort([events.time, events.post])
    post, time = events.post[order], events.time[order]
    _, start, count = np.unique(post, return_index=True, return_counts=True)
    start, count = start[count > 1], count[count > 1]
    if not len(start):
        return 0.0
    half = time[start + np.ceil(_HALF * count).astype(np.int64) - 1] - time[start]
    return float(np.median(np.sort(half)[: max(1, int(len(half) * _FASTEST))]))
