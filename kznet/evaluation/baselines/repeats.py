"""The same two accounts in the same minute of several posts, against labels moved inside posts."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from kznet.evaluation.baselines.scored import scored, sources
from kznet.mechanisms.amplification import Prepared, generator
from kznet.mechanisms.amplification.events import Events
from kznet.windows import within

BIN: Final = 60.0
DRAWS: Final = 199
_TIES: Final = 0.001
_KEYS: Final = 2_000_000


def repeats(
    prepared: Prepared, accounts: pd.Index, *, blocks: int, margin: float, seed: int
) -> pd.DataFrame:
    """Score and p of R, the pairs of posts on which two accounts met in one bin of 60 s.

    R = Σ_{i<j} C(S_ij, 2), where S_ij counts the posts of the source that i and j repost in the
    same clock minute. Accounts are permuted among the reposts of each post, inside `blocks` runs
    of equal length in the order of time; a draw counts (1 + `margin`) times. The score is
    -log10 p; among equal p, which are many with so few draws, the larger distance from the mean
    in standard deviations comes first.
    """
    score, p = np.zeros(len(accounts)), np.ones(len(accounts))
    for source in sources(prepared):
        events = prepared.kept.take(np.flatnonzero(prepared.kept.source == source))
        rng = generator(seed, str(accounts[source]))
        observed, drawn = _null(events, blocks, rng)
        drawn = (1 + margin) * drawn
        z = (observed - drawn.mean()) / np.sqrt(drawn.var() + 1)
        p[source] = (1 + (drawn >= observed).sum()) / (len(drawn) + 1)
        score[source] = -np.log10(p[source]) + _TIES * z / (1 + abs(z))
    return scored(prepared, accounts, score, p)


def _null(events: Events, blocks: int, rng: np.random.Generator) -> tuple[int, np.ndarray]:
    """R, and R of every draw; posts without a couple in one bin are the same in all."""
    order = np.lexsort([events.account, events.time, events.post])
    post, time = events.post[order], events.time[order]
    label = np.unique(events.account[order], return_inverse=True)[1]
    i, j = within(_groups(post, np.floor(time / BIN)), np.zeros(len(post)), 0.0)
    group = _blocks(post, blocks)
    useful = np.isin(group, group[np.concatenate([i, j])])
    place = np.cumsum(useful) - 1
    i, j, label, group = place[i], place[j], label[useful], group[useful]
    width = int(label.max(initial=0)) + 1
    observed = int(_repeated(label[None, :], i, j, width)[0])
    drawn = [_repeated(rows, i, j, width) for rows in _permuted(label, group, len(i), rng)]
    return observed, np.concatenate(drawn)


def _permuted(
    label: np.ndarray, group: np.ndarray, couples: int, rng: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield the draws in batches of rows; labels move inside their group, which ascends."""
    step = max(1, _KEYS // max(couples, len(label), 1))
    for begin in range(0, DRAWS, step):
        rows = min(step, DRAWS - begin)
        yield label[np.argsort(group + rng.random((rows, len(label))), axis=1)]


def _repeated(label: np.ndarray, i: np.ndarray, j: np.ndarray, width: int) -> np.ndarray:
    """R of each row of labels."""
    rows = len(label)
    a, b = label[:, i], label[:, j]
    key = np.minimum(a, b) * width + np.maximum(a, b) + np.arange(rows)[:, None] * width**2
    pair, count = np.unique(key, return_counts=True)
    result: np.ndarray = np.bincount(pair // width**2, count * (count - 1) // 2, minlength=rows)
    return result


def _groups(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Number the runs of equal (first, second) from 0."""
    new = (np.diff(first, prepend=first[:1]) != 0) | (np.diff(second, prepend=second[:1]) != 0)
    result: np.ndarray = np.cumsum(new)
    return result


def _blocks(post: np.ndarray, blocks: int) -> np.ndarray:
    """Cut the reposts of each post, in the order of time, into runs of equal length."""
    _, start, inverse, size = np.unique(
        post, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.arange(len(post)) - start[inverse]
    result: np.ndarray = inverse * blocks + rank * blocks // size[inverse]
    return result
