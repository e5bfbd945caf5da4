"""Unions of followers against sets, in every way in which the work is divided."""

import numpy as np
import pytest
from scipy.sparse import csr_array, random_array

from kznet.exposure import union as module
from kznet.exposure.union import unions


def spread(posts: int, accounts: int, *, seed: int) -> tuple[csr_array, csr_array]:
    """Who spread what, and who follows whom; the first accounts are followed by most."""
    rng = np.random.default_rng(seed)
    wide = rng.random((accounts, accounts)) < 1 / (1 + np.arange(accounts))[:, None]
    rows = random_array((posts, accounts), density=0.1, rng=rng, format="csr")
    return csr_array(rows != 0), csr_array(wide.astype(np.float64))


def by_sets(spreaders: csr_array, followers: csr_array) -> list[int]:
    of = [
        set(followers.indices[a:b])
        for a, b in np.lib.stride_tricks.sliding_window_view(followers.indptr, 2)
    ]
    return [
        len(set().union(*(of[i] for i in spreaders.indices[a:b])))
        for a, b in np.lib.stride_tricks.sliding_window_view(spreaders.indptr, 2)
    ]


@pytest.mark.parametrize("heavy", [0, 3, 64])
@pytest.mark.parametrize("work", [1, 40, 1_000_000])
@pytest.mark.parametrize("keys", [60, 2**32 - 1])
def test_a_union_counts_every_follower_once(
    monkeypatch: pytest.MonkeyPatch, heavy: int, work: int, keys: int
):
    monkeypatch.setattr(module, "_WORD", heavy)
    monkeypatch.setattr(module, "_WORK", work)
    monkeypatch.setattr(module, "_KEYS", keys)
    spreaders, followers = spread(50, 30, seed=heavy)
    assert unions(spreaders, followers).tolist() == by_sets(spreaders, followers)


def test_nobody_spreads_and_nobody_follows():
    none = csr_array((3, 3))
    assert unions(none, csr_array(np.ones((3, 3)))).tolist() == [0, 0, 0]
    assert unions(csr_array(np.ones((3, 3))), none).tolist() == [0, 0, 0]
    assert unions(csr_array((0, 3)), none).tolist() == []
