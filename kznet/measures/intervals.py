"""Rank intervals: how far a rank could have moved had other posts been seen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from scipy.sparse import csr_array, get_index_dtype

from kznet.dataset import Dataset
from kznet.engines.linear import settled
from kznet.parallel import spread

DRAWS: Final = 200
MOST_TIES: Final = 1_000_000
_TAIL: Final = DRAWS // 40
_TOLERANCE: Final = 1e-9
_AT_ONCE: Final = 10
_WORTHWHILE: Final = 300_000
Interval = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class _Layer:
    """Ties of one kind, and the pairs of accounts that they add up to.

    `pair` is the pair of each tie and `post` its post, -1 where not known. The pairs are sorted
    by `target` and `source`; those into account i are `rows[i]` to `rows[i + 1]`. `reached` are
    the accounts with a tie into them, of `n` in all.
    """

    pair: np.ndarray
    post: np.ndarray
    weight: np.ndarray
    target: np.ndarray
    source: np.ndarray
    rows: np.ndarray
    reached: np.ndarray
    n: int

    def draws(self, seed: int) -> Iterator[np.ndarray]:
        """Yield how often each post is drawn, 200 times ten at a time; the last is none."""
        rng = np.random.default_rng([seed, 6])
        posts = int(self.post.max()) + 1
        for _ in range(0, DRAWS, _AT_ONCE):
            times = [np.append(rng.poisson(1.0, posts), 1) for _ in range(_AT_ONCE)]
            yield np.array(times, dtype=np.int16)

    def drawn(self, times: np.ndarray) -> np.ndarray:
        """Weights of the pairs with posts drawn so often."""
        return np.bincount(self.pair, self.weight * times[self.post], len(self.target))


def rank_intervals(
    data: Dataset, kind: str, values: Mapping[str, np.ndarray], *, seed: int = 0
) -> dict[str, Interval]:
    """Best and worst rank of each account that the choice of posts leaves open (95 %).

    All posts are drawn anew 200 times: each has a Poisson(1) weight that its ties share, and
    ties without a post keep theirs. An account holds every rank between the fifth best and the
    fifth worst of the draws, and the rank observed; equals hold each other's ranks. Ties that
    were never collected, and accounts that were not, are outside what this can say.

    Parameters
    ----------
    data
        The dataset.
    kind
        A kind of tie.
    values
        Observed values by measure, shape (n,); measures other than in_degree, in_strength and
        pagerank are passed over.
    seed
        Of the draws.

    Returns
    -------
    dict of pairs of arrays of float, shape (n,)
        Best and worst rank by measure, from 1, the highest value. None for follows, which have
        no posts, where no tie names its post, and above a million ties.

    References
    ----------
    Efron (1979), https://doi.org/10.1214/aos/1176344552
    """
    known = [name for name in values if name in _VALUES]
    if kind == "follow" or not known:
        return {}
    layer = _layer(data, kind)
    if len(layer.post) > MOST_TIES or not (layer.post >= 0).any():
        return {}
    begin = values.get("pagerank", np.zeros(0))
    run = partial(_redrawn, layer=layer, known=known, begin=begin)
    redrawn = list(spread(run, layer.draws(seed), worthwhile=len(layer.pair) > _WORTHWHILE))
    found = {}
    for i, name in enumerate(known):
        observed = _ranked(values[name], layer.reached)
        found[name] = _spread(np.concatenate([[observed], *(part[i] for part in redrawn)]), layer)
    return found


def _redrawn(
    draws: np.ndarray, *, layer: _Layer, known: list[str], begin: np.ndarray
) -> list[np.ndarray]:
    """Ranks by measure in some draws, each of shape (draws, 2, reached + 1)."""
    weights = [layer.drawn(times) for times in draws]
    return [
        np.stack(
            [_ranked(_VALUES[name](layer, weight, begin), layer.reached) for weight in weights]
        )
        for name in known
    ]


def _layer(data: Dataset, kind: str) -> _Layer:
    ties = data.of_kind(kind)
    source, target, post = (
        ties[name].cat.codes.to_numpy(dtype=np.int64) for name in ("source", "target", "post")
    )
    weight = ties["weight"].to_numpy(dtype=np.float64)
    kept = np.flatnonzero((target >= 0) & (source != target) & (weight > 0))
    n = len(data.accounts)
    key, pair = np.unique(target[kept] * n + source[kept], return_inverse=True)
    into, out = np.divmod(key, max(n, 1))
    narrow = get_index_dtype(maxval=max(n, len(key)))
    rows = np.searchsorted(into, np.arange(n + 1)).astype(narrow)
    reached = np.unique(into)
    return _Layer(pair, post[kept], weight[kept], into, out.astype(narrow), rows, reached, n)


def _in_strength(layer: _Layer, weight: np.ndarray, begin: np.ndarray) -> np.ndarray:
    return np.bincount(layer.target, weight, layer.n)


def _in_degree(layer: _Layer, weight: np.ndarray, begin: np.ndarray) -> np.ndarray:
    return np.bincount(layer.target, weight > 0, layer.n)


def _pagerank(layer: _Layer, weight: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """PageRank of one draw, sought from the observed one."""
    flow = csr_array((weight, layer.source, layer.rows), shape=(layer.n, layer.n))
    out = np.bincount(layer.source, weight, layer.n)
    return settled(flow, out, begin, tolerance=_TOLERANCE)


_VALUES: Final[Mapping[str, Callable[[_Layer, np.ndarray, np.ndarray], np.ndarray]]] = {
    "in_degree": _in_degree,
    "in_strength": _in_strength,
    "pagerank": _pagerank,
}


def _ranked(value: np.ndarray, reached: np.ndarray) -> np.ndarray:
    """Best and worst rank of the accounts reached, and last of all others, who share the bottom.

    Shape (2, reached + 1). Only those reached are sorted: they are few in most networks.
    """
    n, k = len(value), len(reached)
    mine = value[reached]
    others = np.delete(value, reached).max(initial=-np.inf)
    line = np.sort(mine)
    best = k - np.searchsorted(line, np.append(mine, others), side="right") + 1
    worst = np.append(k - np.searchsorted(line, mine, side="left"), n)
    worst[:k][mine <= others] = n
    return np.stack([best, worst]).astype(np.int32)


def _spread(ranks: np.ndarray, layer: _Layer) -> Interval:
    """Interval of every account from its ranks as observed (first) and in the draws."""
    best, worst = ranks[1:, 0], ranks[1:, 1]
    low = np.partition(best, _TAIL - 1, axis=0)[_TAIL - 1]
    high = np.partition(worst, DRAWS - _TAIL, axis=0)[DRAWS - _TAIL]
    ends = np.minimum(low, ranks[0, 0]), np.maximum(high, ranks[0, 1])
    slot = np.full(layer.n, len(layer.reached))
    slot[layer.reached] = np.arange(len(layer.reached))
    return ends[0][slot].astype(np.float64), ends[1][slot].astype(np.float64)
