"""Accounts that choose the same posts of a source more often than at random, whenever they do."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, triu
from scipy.stats import false_discovery_control, hypergeom

from kznet.evaluation.baselines.flagged import share_by
from kznet.evaluation.baselines.scored import scored, sources
from kznet.mechanisms.amplification import Prepared
from kznet.mechanisms.amplification.events import Events

_LEVEL: Final = 0.05


def hypergeometric(prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
    """Share of reposts made by accounts that pick the same posts of a source as another account.

    Two accounts are linked when the posts of the source that both repost are more than if each
    had drawn its own number at random (hypergeometric tail, Benjamini–Hochberg at 5 % over the
    pairs of the source with a post in common). No time is used: people who like the same things
    are linked as readily as a crew.

    Returns
    -------
    DataFrame
        account, score (share in [0, 1]), p (missing: each pair has one, the source none).

    References
    ----------
    Tumminello et al. (2011), https://doi.org/10.1371/journal.pone.0017994
    """
    events = prepared.kept
    flagged = np.zeros(len(events.source), dtype=bool)
    for source in sources(prepared):
        rows = np.flatnonzero(events.source == source)
        flagged[rows] = _linked(events.take(rows), int(events.posts[source]))
    return scored(prepared, accounts, share_by(events, flagged, len(accounts)))


def _linked(events: Events, posts: int) -> np.ndarray:
    """Events of one source whose account has a validated link to another."""
    account = np.unique(events.account, return_inverse=True)[1]
    post = np.unique(events.post, return_inverse=True)[1]
    chosen = csr_array((np.ones(len(account)), (account, post)))
    both = triu(chosen @ chosen.T, k=1).tocoo()
    own = np.bincount(account)
    p = _tails(both.data, own[both.row], own[both.col], posts)
    good = false_discovery_control(p) <= _LEVEL if len(p) else np.zeros(0, dtype=bool)
    result: np.ndarray = np.isin(account, np.concatenate([both.row[good], both.col[good]]))
    return result


def _tails(shared: np.ndarray, a: np.ndarray, b: np.ndarray, posts: int) -> np.ndarray:
    """P(at least so many in common) of each pair; 1 where no more are than expected.

    Those tails are above a half, since the median is within one of the mean, and decide nothing.
    """
    p = np.ones(len(shared))
    more = np.flatnonzero(shared * posts > a * b)
    triples = np.stack([shared, np.minimum(a, b), np.maximum(a, b)])[:, more].astype(np.int64)
    sizes = (posts + 1,) * 3
    cases, which = np.unique(np.ravel_multi_index(tuple(triples), sizes), return_inverse=True)
    k, few, many = np.unravel_index(cases, sizes)
    tails: np.ndarray = np.asarray(hypergeom.sf(k - 1, posts, few, many))
    p[more] = tails[which]
    return p
