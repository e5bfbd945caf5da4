import numpy as np
import pytest

from kznet.mechanisms.bait_and_switch.posts import collected, with_topics
from kznet.mechanisms.bait_and_switch.season import (
    Rise,
    divergence,
    nearest,
    rise,
    rises_at,
    within,
)
from kznet.mechanisms.bait_and_switch.turn import turn
from kznet.topics import topics


def a_rise(**changes: object) -> Rise:
    usual = {"before": 0.1, "after": 0.5, "early": 0.5, "late": 0.5, "others": np.zeros(10)}
    return Rise(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, ""),
        ({"after": 0.19, "early": 0.3, "late": 0.3}, "rises by less than 10 points"),
        ({"late": 0.15}, "does not last"),
        ({"early": 0.1}, "does not last"),
        ({"others": np.zeros(9)}, "9 accounts post before and after the turn"),
        ({"others": np.full(10, 0.31)}, "accounts alike turn"),
        ({"others": np.repeat([0.0, 0.9], [9, 1])}, ""),
    ],
)
def test_each_margin_is_named_where_it_is_missed(changes: dict[str, object], lacks: str):
    found = a_rise(**changes).lacks
    assert (lacks in found) if lacks else not found


def test_divergence_is_nothing_from_itself_and_most_between_strangers():
    same, other = np.array([5, 0, 5]), np.array([0, 10_000, 0])
    assert divergence(same[None], same)[0] == 0
    far = divergence(other[None], np.array([5_000, 0, 5_000]))[0]
    assert far == pytest.approx(np.log(2), abs=1e-3)
    both = divergence(np.array([same, other]), other), divergence(other[None], same)
    assert both[0][0] == pytest.approx(both[1][0])


def test_the_nearest_include_all_that_are_as_near_as_the_last():
    assert list(nearest(np.array([3.0, 1, 2, 2, 9]), 2)) == [1, 2, 3]
    assert list(nearest(np.array([3.0, 1]), 5)) == [0, 1]


def test_rises_are_taken_over_the_same_weeks_of_accounts_that_post_on_both_sides(build, writer):
    writers = {
        "h": writer(own=(0.0, 0.6)),
        "seller": writer(own=(1.0, 1.0)),
        "turner": writer(own=(0.0, 1.0)),
        "quiet": writer(posts=9),
    }
    data = build(writers)
    posts = collected(data)
    ids = list(data.accounts["account"])
    hub = ids.index("h")
    found = turn(posts.own[posts.of(hub)], posts.time[posts.of(hub)], rng=np.random.default_rng(0))
    others, rises = rises_at(posts, hub, found.time)
    assert [ids[i] for i in others] == ["seller", "turner"]
    assert rises[0] == 0
    assert rises[1] > 0.8
    early, late = within(posts, hub, found.time)
    span = posts.time[posts.of(hub)]
    assert posts.time[early].min() >= span[0]
    assert posts.time[late].max() <= span[-1]
    mine = posts.own[posts.of(hub)]
    measured = rise(posts, hub, found)
    assert measured.by == pytest.approx(mine[found.split :].mean() - mine[: found.split].mean())


def test_accounts_alike_are_those_of_the_nearest_topics_before_the_turn(build, writer):
    alike = {f"a{i:02d}": writer(own=(0.0, 0.9), burning=(1.0, 1.0)) for i in range(20)}
    far = {f"f{i:02d}": writer(own=(0.0, 0.0), burning=(0.0, 0.0)) for i in range(20)}
    data = build({"h": writer(own=(0.0, 0.6), burning=(1.0, 1.0))} | alike | far)
    posts = with_topics(collected(data), topics(data.posts))
    hub = list(data.accounts["account"]).index("h")
    found = turn(posts.own[posts.of(hub)], posts.time[posts.of(hub)], rng=np.random.default_rng(0))
    measured = rise(posts, hub, found)
    assert len(measured.others) == 20
    assert measured.others.min() > 0.4
    assert "accounts alike" in measured.lacks
