import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.mechanisms.amplification import amplification, prepare
from kznet.mechanisms.amplification.detail import detail
from kznet.mechanisms.amplification.events import events
from kznet.mechanisms.amplification.rejection import rejection
from kznet.mechanisms.amplification.screens import automated, scheduled
from kznet.mechanisms.amplification.synchrony import (
    EXPECTED,
    OCCASION,
    Sample,
    entries,
    in_time,
    pair_key,
    sample,
    scores,
    statistic,
    unwarp,
    warp,
)
from kznet.times import resolution

START = pd.Timestamp("2024-03-04 06:00", tz="UTC")
DAY = 86_400.0


def world(
    reposts: list[tuple[str, str, float]], *, posts: int = 12, source: str = "h", every: float = DAY
) -> Dataset:
    """A source with one post a day; reposts are (account, post number, seconds after it)."""
    when = {f"p{k:02d}": START + pd.Timedelta(seconds=k * every) for k in range(posts)}
    ties = pd.DataFrame(reposts, columns=["source", "post", "after"]).assign(
        target=source, kind="repost"
    )
    ties["time"] = ties["post"].map(when) + pd.to_timedelta(ties["after"], unit="s")
    table = pd.DataFrame({"post": list(when), "account": source, "time": list(when.values())})
    return Dataset(ties=ties, posts=table)


def audience(rng: np.random.Generator, *, posts: int = 12, size: int = 60) -> list[tuple]:
    """Each account joins a third of the posts, after its own habitual time."""
    habit = 2400 * np.exp(rng.normal(0, 0.7, size))
    return [
        (f"a{i:02d}", f"p{k:02d}", float(habit[i] * np.exp(rng.normal(0, 1))) + 1)
        for k in range(posts)
        for i in np.flatnonzero(rng.random(size) < 1 / 3)
    ]


def crew(rng: np.random.Generator, *, posts: int = 12, size: int = 6, spread: float = 15) -> list:
    """The same accounts, together at a moment that changes from post to post."""
    return [
        (f"c{i}", f"p{k:02d}", float(moment + rng.exponential(spread)))
        for k, moment in enumerate(1200 * np.exp(rng.normal(0, 0.5, posts)))
        for i in range(size)
    ]


def test_the_scale_is_inverted_exactly_and_linear_beyond_half_an_hour():
    latency = np.array([1.0, 60.0, 1800.0, 1800.0 + 1440.0, 86_400.0])
    assert np.allclose(unwarp(warp(latency)), latency)
    assert warp(np.array([3240.0]))[0] - warp(np.array([1800.0]))[0] == pytest.approx(1.0)
    assert warp(np.array([0.1]))[0] == 0


def test_two_uniform_places_in_one_cell_score_nothing_on_average():
    rng = np.random.default_rng(0)
    y = rng.random((200_000, 2))
    one = entries(sample_of([("a", "p", 100.0), ("b", "p", 110.0)]))
    assert len(one.i) == 1
    assert scores(y, one).mean() == pytest.approx(0, abs=0.01)
    assert pytest.approx(0.46875) == EXPECTED


def sample_of(reposts: list[tuple[str, str, float]], **options: object) -> Sample:
    renamed = [(a, f"p{i:02d}" if p == "p" else p, s) for i, (a, p, s) in enumerate(reposts)]
    same = [(a, "p00", s) for a, _, s in renamed] if all(p == "p" for _, p, _ in reposts) else None
    return sample(events(world(same or renamed, **options)))


def value(data: Dataset) -> float:
    found = sample(events(data))
    couples, tau = in_time(found, entries(found))
    return statistic(pair_key(found, couples), tau, scores(found.y, couples))


def test_one_burst_and_one_sitting_count_nothing():
    burst = world([("a", "p00", 600.0), ("b", "p00", 605.0)])
    assert value(burst) == 0
    sitting = [(who, f"p{k:02d}", 600.0 + s) for k in range(5) for who, s in (("a", 0), ("b", 5))]
    assert value(world(sitting, every=OCCASION / 10)) == pytest.approx(0)
    assert value(world(sitting)) > 1


def test_the_statistic_is_the_sum_over_pairs_of_products_on_other_occasions():
    rng = np.random.default_rng(3)
    data = world(audience(rng, size=8) + crew(rng, size=3), every=OCCASION * 0.7)
    found = sample(events(data))
    couples = entries(found)
    d, time = scores(found.y, couples), found.time(found.y)
    tau = (time[couples.i] + time[couples.j]) / 2
    key = pair_key(found, couples)
    wanted = sum(
        d[x] * d[y]
        for x in range(len(d))
        for y in range(x)
        if key[x] == key[y] and abs(tau[x] - tau[y]) > OCCASION
    )
    assert value(data) == pytest.approx(wanted)


def test_a_crew_is_found_and_named_and_its_posts_are_shown():
    rng = np.random.default_rng(1)
    data = world(audience(rng) + crew(rng))
    row = amplification(data).tests.set_index("account").loc["h"]
    assert row["status"] == "tested"
    assert row["p"] <= 0.05
    assert row["effect"] > 1
    shown = detail(data, prepare(data), "h", meetings=row["meetings"], effect=row["effect"])
    assert shown.tier == "strong"
    assert shown.members == 6
    assert shown.p_without_posts < 0.05
    named = set(" | ".join(shown.evidence["accounts"]).split(" | "))
    assert named == {f"c{i}" for i in range(6)}
    assert (shown.evidence["gap_seconds"] < 60).all()
    first = shown.evidence.iloc[0]
    after = [float(each) for each in first["seconds"].split(" | ")]
    assert after[0] == 0
    assert after == sorted(after)
    assert len(after) == len(first["accounts"].split(" | "))


def test_p_is_uniform_or_larger_where_nothing_is_planted():
    p = []
    for seed in range(60):
        found = sample(events(world(audience(np.random.default_rng([9, seed])))))
        outcome = rejection(found, draws=99, rng=np.random.default_rng(seed))
        p.append(max(outcome.jitter.p, outcome.permutation.p))
    assert np.mean(np.array(p) <= 0.05) <= 0.12
    assert np.mean(np.array(p) <= 0.2) <= 0.33


def test_row_order_and_other_sources_change_no_p():
    rng = np.random.default_rng(4)
    data = world(audience(rng) + crew(rng, size=3))
    again = Dataset(ties=data.ties.sample(frac=1, random_state=1), posts=data.posts)
    first, second = (amplification(each).tests for each in (data, again))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target": None, "posts": False}, "authors are missing"),
        ({"time": pd.NaT}, "times are missing"),
        ({"post": None, "posts": False}, "do not say which post"),
        ({"kind": "mention"}, "no reposts in the data"),
    ],
)
def test_what_is_missing_is_said(change: dict[str, object], reason: str):
    rng = np.random.default_rng(5)
    data = world(crew(rng))
    keep = change.pop("posts", True)
    ties = data.ties.astype({"kind": "str", "target": "str", "post": "str"}).assign(**change)
    poor = Dataset(ties=ties, posts=data.posts) if keep else Dataset(ties=ties)
    found = amplification(poor)
    assert reason in found.facts["reason"]
    assert (found.tests["status"] == "not testable").all()


def test_few_posts_and_few_reposts_are_not_testable():
    rng = np.random.default_rng(6)
    few = amplification(world(crew(rng, posts=4), posts=4)).tests.set_index("account").loc["h"]
    assert few["reason"] == "4 posts; at least 5 are needed"
    thin = amplification(world(crew(rng, size=2))).tests.set_index("account").loc["h"]
    assert thin["reason"] == "2.0 reposts a post; at least 3 are needed"


def test_minute_stamps_are_spread_and_hours_are_refused():
    assert resolution(np.array([0.0, 60, 120, 180, 3660])) == 60
    assert resolution(np.arange(6) * 3600.0) == 3600
    assert resolution(np.array([0.0, 60.0])) == 1
    rng = np.random.default_rng(7)
    fine = world(audience(rng) + crew(rng))
    coarse = Dataset(ties=fine.ties.assign(time=fine.ties["time"].dt.floor("h")), posts=fine.posts)
    assert "too coarse" in amplification(coarse).facts["reason"]
    minutes = Dataset(
        ties=fine.ties.assign(time=fine.ties["time"].dt.floor("min")), posts=fine.posts
    )
    found = events(minutes)
    assert set(found.resolution) == {60}
    assert (found.time % 60 != 0).any()
    assert "stamps of 60 s" in amplification(minutes).tests.set_index("account").loc["h", "note"]


def test_stamps_of_unequal_fineness_are_each_taken_as_they_are():
    rng = np.random.default_rng(7)
    fine = world(audience(rng) + crew(rng))
    time = fine.ties["time"].dt.floor("s")
    half = fine.ties.index % 2 == 0

    def found(unit, floor):
        stamps = time.where(~half, time.dt.floor(floor))
        ties = fine.ties.assign(time=stamps, resolution=np.where(half, unit, 1.0))
        return events(Dataset(ties=ties, posts=fine.posts))

    minutes, hours = found(60.0, "min"), found(3600.0, "h")
    assert set(minutes.resolution) == {1, 60}
    assert (minutes.time[minutes.resolution == 1] % 1 == 0).all()
    assert (minutes.time[minutes.resolution == 60] % 1 != 0).any()
    assert set(hours.resolution) == {1}
    assert (hours.coarse.sum(), hours.coarsest) == (half.sum(), 3600)


def test_posts_without_a_time_start_with_their_first_repost_which_is_then_no_event():
    data = world([("a", "p00", 100.0), ("b", "p00", 130.0)])
    found = events(Dataset(ties=data.ties))
    assert found.assumed_origins == 1
    assert list(found.latency) == [30.0]


def test_own_reposts_and_second_reposts_are_no_events():
    data = world([("h", "p00", 5.0), ("a", "p00", 100.0), ("a", "p00", 200.0)])
    assert list(events(data).latency) == [100.0]


def two_sources(fast_elsewhere: bool) -> Dataset:
    here = world([("m", f"p{k:02d}", 60.0) for k in range(12)])
    away = 30.0 if fast_elsewhere else 9_000.0
    other = world([("m", f"p{k:02d}", away) for k in range(30)], posts=30, source="g")
    moved = {name: f"g{name}" for name in other.posts["post"]}
    ties = other.ties.assign(post=other.ties["post"].astype("str").map(moved))
    posts = other.posts.assign(post=other.posts["post"].map(moved))
    return Dataset(
        ties=pd.concat([here.ties, ties.astype({"source": "str"})]),
        posts=pd.concat([here.posts, posts]),
    )


@pytest.mark.parametrize("fast", [True, False])
def test_automation_is_judged_by_other_sources_alone(fast: bool):
    found = events(two_sources(fast))
    here = found.posts[found.source] == 12
    assert automated(found)[here].all() == fast
    assert not automated(found)[~here].any()


def test_an_account_that_reposts_by_the_clock_is_set_apart():
    on_the_hour = [("m", f"p{k:02d}", 3600.0 * (1 + k % 3) + 20) for k in range(40)]
    rng = np.random.default_rng(8)
    any_time = [("n", f"p{k:02d}", float(rng.uniform(1, 40_000))) for k in range(40)]
    data = world(on_the_hour + any_time, posts=40)
    found = events(data)
    assert list(data.accounts["account"].iloc[scheduled(found)]) == ["m"]


def test_a_crowded_post_is_tested_on_a_finer_scale():
    rng = np.random.default_rng(2)
    latency = rng.uniform(1800, 3000, 1200)
    data = world([(f"a{i:04d}", "p00", float(s)) for i, s in enumerate(latency)], posts=1)
    found = sample(events(data))
    assert found.fine.max() >= 2
    assert np.unique(found.cell, return_counts=True)[1].max() <= 500
    assert np.allclose(np.sort(found.time(found.y)), np.sort(events(data).time))
