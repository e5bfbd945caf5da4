import numpy as np
import pytest
from scipy.stats import binom

from kznet.mechanisms.bait_and_switch.turn import (
    DRAWS,
    SIDE,
    _orders,
    blocks,
    steepest,
    turn,
)

DAY = 86_400.0
LEVELS = (0.01, 0.05, 0.1, 0.2, 0.5)


def rng(*seed: int) -> np.random.Generator:
    return np.random.default_rng([23, *seed])


def test_the_steepest_rise_is_the_largest_over_all_splits_and_signed():
    own = (rng(1).random(70) < 0.3).astype(int)
    wanted = {
        k: np.sqrt(k * (70 - k) / 70) * (own[k:].mean() - own[:k].mean())
        for k in range(SIDE, 70 - SIDE + 1)
    }
    value, at = steepest(own)
    assert float(value) == pytest.approx(max(wanted.values()))
    assert int(at) + SIDE == max(wanted, key=wanted.__getitem__)
    falling, _ = steepest(np.repeat([1, 0], 20))
    assert falling < 0


def test_blocks_are_fourteenths_of_a_short_span_and_weeks_of_a_long_one():
    short = blocks(np.linspace(0, 56 * DAY, 225))
    assert short.max() == 13
    assert set(np.bincount(short)) == {16, 17}
    week = blocks(np.arange(0, 200 * DAY, DAY))
    assert list(np.bincount(week)[:3]) == [7, 7, 7]
    assert week.max() == 199 // 7


def test_orders_move_whole_blocks_and_keep_what_is_inside_them():
    sizes = np.array([3, 1, 2])
    found = {tuple(row) for row in _orders(sizes, 200, rng(2))}
    parts = ((0, 1, 2), (3,), (4, 5))
    assert found == {
        (*parts[a], *parts[b], *parts[c])
        for a, b, c in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))
    }


def test_two_blocks_give_no_p_below_one_half():
    time = np.concatenate([np.linspace(0, 0.5, 20), np.linspace(24, 24.5, 20)]) * DAY
    found = turn(np.repeat([0, 1], 20), time, rng=rng(3))
    assert found.blocks == 2
    assert found.p == pytest.approx(0.5, abs=0.03)
    assert found.smallest == found.p


def test_a_clear_turn_has_the_smallest_p_and_its_place():
    time = np.arange(60) * DAY
    found = turn(np.repeat([0, 1], 30), time, rng=rng(4))
    assert found.p == found.smallest == 1 / (DRAWS + 1)
    assert found.split == 30
    assert found.time == 29.5 * DAY
    assert found.block_days == pytest.approx(59 / 14)


def test_more_draws_follow_only_where_the_first_leave_p_small():
    time = np.arange(60) * DAY
    clear = turn(np.repeat([0, 1], 30), time, rng=rng(5), draws=3 * DRAWS)
    assert len(clear.null) == 3 * DRAWS
    assert clear.p <= 0.001
    none = turn(np.tile([0, 1], 30), time, rng=rng(5), draws=3 * DRAWS)
    assert len(none.null) == DRAWS


def within(p: np.ndarray) -> None:
    """P(p <= a) <= a, judged by the exact binomial tail of the count."""
    for level in LEVELS:
        count = int((p <= level).sum())
        assert binom.sf(count - 1, len(p), level) >= 1e-3, (level, count, len(p))


def p_of(own: np.ndarray, seed: int, posts: int = 70) -> float:
    time = np.sort(rng(6, seed).random(posts)) * 60 * DAY
    return turn(own, time, rng=rng(7, seed)).p


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_p_of_steady_sellers_keeps_its_level(share: float):
    p = [p_of((rng(8, seed).random(70) < share).astype(int), seed) for seed in range(300)]
    within(np.array(p))


def test_p_keeps_its_level_where_the_pace_of_posts_doubles():
    p = []
    for seed in range(300):
        time = np.sort(np.sqrt(rng(9, seed).random(70))) * 60 * DAY
        own = (rng(10, seed).random(70) < 0.3).astype(int)
        p.append(turn(own, time, rng=rng(11, seed)).p)
    within(np.array(p))
