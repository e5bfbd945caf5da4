"""The draws behind amplification: how many are made, and what habit elsewhere accounts for."""

import importlib
from dataclasses import replace

import joblib
import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest

from kznet.dataset import Dataset
from kznet.mechanisms.amplification.events import Events, events
from kznet.mechanisms.amplification.habits import PRIOR, lateness, readiness
from kznet.mechanisms.amplification.nulls import by_jitter, by_permutation
from kznet.mechanisms.amplification.rejection import STOP, Rejection, Tally, rejection
from kznet.mechanisms.amplification.rounds import FIRST, Task, generator, settled
from kznet.mechanisms.amplification.synchrony import (
    Sample,
    entries,
    in_time,
    pair_key,
    sample,
    scores,
    statistic,
    statistics,
)

nulls, rounds, synchrony = (
    importlib.import_module(f"kznet.mechanisms.amplification.{name}")
    for name in ("nulls", "rounds", "synchrony")
)
START = pd.Timestamp("2024-03-04 06:00", tz="UTC")


def told(reposts: list[tuple[str, str, int, float]], *, posts: int = 12) -> Events:
    """Reposts are (account, source, post number, seconds after it); a post a day and source."""
    ties = pd.DataFrame(reposts, columns=["source", "target", "number", "after"])
    names = ties["target"] + "-" + ties["number"].astype(str)
    when = START + pd.to_timedelta(ties["number"], unit="D")
    ties = ties.assign(post=names, time=when + pd.to_timedelta(ties["after"], unit="s"))
    table = [(f"{s}-{k}", s, START + pd.Timedelta(days=k)) for s in "hg" for k in range(posts)]
    columns = ["post", "account", "time"]
    kept = ties[["source", "target", "post", "time"]].assign(kind="repost")
    return events(Dataset(ties=kept, posts=pd.DataFrame(table, columns=columns)))


def riders(rng: np.random.Generator, *, source: str = "h") -> list:
    """Six accounts ride a burst of each post; twenty others come when they come."""
    rows = []
    for k in range(12):
        moment = 900 * np.exp(rng.normal(0, 0.4))
        rows += [(f"q{i}", source, k, moment + rng.exponential(20)) for i in range(6)]
        slow = rng.choice(20, 10, replace=False)
        when = 3600 * np.exp(rng.normal(0, 0.8, 10))
        rows += [(f"s{i:02d}", source, k, float(t) + 1) for i, t in zip(slow, when, strict=True)]
    return rows


def crowded() -> Sample:
    rng = np.random.default_rng(5)
    return sample(told(riders(rng)))


def test_many_draws_at_once_give_what_each_gives_alone():
    found = crowded()
    couples, tau = in_time(found, entries(found))
    d, key = scores(found.y, couples), pair_key(found, couples)
    size = int(key.max()) + 1
    other = np.roll(key, 3)
    both = statistics(
        np.concatenate([key, other + size]), np.tile(tau, 2), np.tile(d, 2), size=size, count=2
    )
    assert both == pytest.approx([statistic(key, tau, d), statistic(other, tau, d)])


def test_the_observed_order_is_one_of_those_that_are_drawn():
    # Labels that carry nothing: the observed value lies anywhere among the draws.
    rng, places = np.random.default_rng(8), []
    for _ in range(60):
        rows = [
            (f"a{i:02d}", "h", k, float(t) + 1)
            for k in range(8)
            for i, t in zip(rng.permutation(14), rng.exponential(3000, 14), strict=True)
        ]
        found = sample(told(rows))
        couples, tau = in_time(found, entries(found))
        observed = statistic(pair_key(found, couples), tau, scores(found.y, couples))
        for make in (by_permutation, by_jitter):
            drawn = make(found, couples, tau, rng)(39)
            places.append((make.__name__, (drawn < observed).mean()))
    by_labels = [place for name, place in places if name == "by_permutation"]
    assert kstest(by_labels, "uniform").pvalue > 0.01


def test_where_the_ready_come_early_they_meet_again_without_any_plan():
    found = crowded()
    couples, tau = in_time(found, entries(found))
    quick = np.bincount(found.account)[found.account] == 12
    ready = np.where(quick, 1e3, 1.0)
    rng = np.random.default_rng(1)
    plain = by_permutation(found, couples, tau, rng)(200)
    early = by_permutation(found, couples, tau, rng, readiness=ready)(200)
    assert np.median(early) > np.quantile(plain, 0.99)
    same = by_permutation(found, couples, tau, rng, readiness=np.ones(len(quick)))(200)
    assert abs(np.median(same) - np.median(plain)) < plain.std()


def test_lateness_is_the_mean_place_elsewhere_drawn_to_the_middle():
    found = told(
        [("a", "g", k, 10) for k in range(6)]
        + [("b", "g", k, 99) for k in range(6)]
        + [("a", "h", 0, 99), ("b", "h", 0, 10)]
    )
    ids = ["a", "b", "g", "h"]
    habit = lateness(found, leave_out=np.array([ids.index("h")]))
    assert habit[:2] == pytest.approx([-0.25 * 6 / (6 + PRIOR), 0.25 * 6 / (6 + PRIOR)])
    assert not lateness(found, leave_out=np.array([2, 3])).any()


def test_who_is_early_everywhere_is_ready_and_who_is_unknown_is_as_ready_as_anyone():
    rng = np.random.default_rng(2)
    found = told(riders(rng) + riders(rng, source="g"))
    here = sample(found.take(np.flatnonzero(found.source == found.source.max())))
    habit = lateness(found, leave_out=np.array([found.source.max()]))
    ready = readiness(here, habit)
    quick = habit[here.accounts[here.account]] < -0.1
    assert ready[quick].min() > ready[~quick].max()
    assert readiness(here, np.zeros_like(habit)) == pytest.approx(1)


def test_draws_end_at_the_twentieth_that_reaches_and_go_on_from_where_they_were():
    found = crowded()
    rng = np.random.default_rng(0)
    first = rejection(found, draws=99, rng=rng)
    more = rejection(found, draws=299, rng=rng, before=first)
    assert (first.jitter.drawn, more.jitter.drawn) == (99, 299)
    assert first.p == pytest.approx((1 + first.permutation.reached) / 100)
    ended = Tally(drawn=40, reached=STOP)
    assert ended.ended
    assert ended.p == 0.5
    assert Rejection(1.0, 9.0, ended, Tally(99, 0)).ended


def test_what_is_settled_needs_no_more_draws_and_nobody_changes_anothers():
    found = told(riders(np.random.default_rng(5)))
    h = Task("h", 0, len(found.source))
    alone = settled(found, [h], gated={"h"}, q=0.05, seed=0)
    assert alone["h"].draws == FIRST
    rest = [replace(h, account=f"x{i}") for i in range(3)]
    several = settled(found, [*rest, h], gated={"h"}, q=0.05, seed=0)
    assert several["h"].p == alone["h"].p
    streams = [generator(0, "h"), generator(0, "h", step=1), generator(0, "x0")]
    assert len({stream.random() for stream in streams}) == 3


def test_any_number_of_workers_gives_the_same_draws(monkeypatch: pytest.MonkeyPatch):
    found = told(riders(np.random.default_rng(5)) + riders(np.random.default_rng(6), source="g"))
    edge = int(np.searchsorted(found.source, found.source.max()))
    tasks = [Task("g", 0, edge), Task("h", edge, len(found.source))]
    monkeypatch.setattr(rounds, "FINEST", FIRST)
    alone = {task.account: settled(found, [task], gated=(), q=0.05, seed=3) for task in tasks}
    monkeypatch.setattr(rounds, "WORTHWHILE", 0)
    monkeypatch.setattr(joblib, "cpu_count", lambda: 2)
    together = settled(found, tasks, gated=(), q=0.05, seed=3)
    for name, outcome in together.items():
        assert outcome.null.tolist() == alone[name][name].null.tolist()
        assert outcome.observed == alone[name][name].observed


def test_occasions_that_are_too_many_to_be_listed_are_summed_alike(
    monkeypatch: pytest.MonkeyPatch,
):
    found = crowded()
    couples, tau = in_time(found, entries(found))
    d, key = scores(found.y, couples), pair_key(found, couples)

    def drawn() -> list[float]:
        jitter = by_jitter(found, couples, tau, np.random.default_rng(4))(9)
        labels = by_permutation(found, couples, tau, np.random.default_rng(4))(9)
        return [statistic(key, tau // 7, d), *jitter, *labels]

    listed = drawn()
    for module in (synchrony, nulls):
        monkeypatch.setattr(module, "MANY", 0)
    assert drawn() == pytest.approx(listed, abs=1e-9)


def one_source(post: np.ndarray, latency: np.ndarray) -> Events:
    """Each repost by an account of its own, of posts a day apart."""
    n, none = np.arange(len(post)), np.zeros(len(post), dtype=np.int64)
    time = post * 86_400.0 + latency
    return Events(none, n, post, time, latency, np.ones(len(post)), none, none, 1.0, 0, 0)


def test_couples_of_a_large_source_stay_bounded_whatever_the_size_of_its_posts(
    monkeypatch: pytest.MonkeyPatch,
):
    rng = np.random.default_rng(0)
    large = one_source(np.zeros(4_000, dtype=np.int64), rng.random(4_000) * 1_200 + 600)
    assert len(entries(sample(large)).i) > 500_000
    monkeypatch.setattr(synchrony, "_MOST", 100_000)
    found = sample(large)
    assert 20_000 < len(entries(found).i) <= 100_000
    assert found.time(found.y) == pytest.approx(np.sort(large.time))


def test_reposts_of_one_second_end_the_refining():
    found = sample(one_source(np.zeros(600, dtype=np.int64), np.full(600, 30.0)))
    assert np.isfinite(found.y).all()
    assert len(entries(found).i) == 600 * 599 / 2
