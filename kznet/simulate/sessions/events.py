"""Innocent events in a world of feeds: a crisis, a break of news, a protest, a mention on air."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR
from kznet.simulate.draws import pick, pick_distinct
from kznet.simulate.parts.crowd import evenly
from kznet.simulate.reposts import posts, reposted
from kznet.simulate.scene import Change, Scene, free_sources, told
from kznet.simulate.sessions.feed import Feed, read
from kznet.simulate.sessions.looking import by_day, looked

CRISIS_DAYS: Final = 3
ALERT: Final = 3
APPEAL: Final = 3.0
OUTLETS: Final = 5
EVENTS: Final = 4
LIVE: Final = 4 * HOUR
MENTIONED: Final = 0.35
PICKED_UP: Final = 90
STRANGERS: Final = 0.05
HABIT: Final = 1.0


def crisis_ministry(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Ministry in a real crisis: a post an hour for three days; alerts make people look at once."""
    free = free_sources(scene, types=("ministry",))
    hub = int(rng.choice(free))
    hours = np.arange(7, 22)
    day = rng.integers(0, scene.clock.days - CRISIS_DAYS) + np.arange(CRISIS_DAYS)
    wall = (day[:, None] * DAY + hours * HOUR).ravel() + 10 * 60 * rng.random(CRISIS_DAYS * 15)
    urgent = _new(scene, np.full(len(wall), hub), scene.clock.instants(wall), APPEAL)
    crowd = rng.poisson(scene.world.reposts, len(urgent)) * (np.arange(len(urgent)) % ALERT == 0)
    reader = pick(rng, feed.people["activity"].to_numpy(), int(crowd.sum()))
    rang = np.repeat(urgent["time"].to_numpy(), crowd) + 60
    start = rang + 4 * 60 * feed.people["reflex"].to_numpy()[reader] * rng.random(len(reader))
    alarmed = looked(feed, reader, start, urgent, rng, fresh=3 * HOUR, share=0.4)
    return Change(
        truth=told([hub], "negative", "crisis_ministry"),
        posts=urgent,
        reposts=pd.concat([alarmed, read(feed, scene, urgent, rng)], ignore_index=True),
        topics=pd.DataFrame({"post": urgent["post"], "topic": "water"}),
    )


def newsroom(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """News that five outlets break within minutes; whoever reads next passes on several."""
    free = free_sources(scene, types=("news", "regional"))
    outlets = rng.choice(free, min(OUTLETS, len(free)), replace=False)
    day = rng.choice(scene.clock.days - 1, EVENTS, replace=False)
    moment = scene.clock.instants(day * DAY + (9 + 11 * rng.random(EVENTS)) * HOUR)
    times = np.repeat(moment, len(outlets)) + 8 * 60 * rng.random(EVENTS * len(outlets))
    broken = _new(scene, np.tile(outlets, EVENTS), times, APPEAL)
    size = rng.poisson(2 * scene.world.reposts, EVENTS)
    reader = pick(rng, feed.people["activity"].to_numpy(), int(size.sum()))
    start = feed.sittings.after(reader, np.repeat(moment, size) + 10 * 60)
    sitting = looked(feed, reader, start, broken, rng, fresh=6 * HOUR, share=0.35)
    return Change(
        truth=told(outlets, "negative", "newsroom", details={"crew": f"newsroom {number}"}),
        posts=broken,
        reposts=pd.concat([sitting, read(feed, scene, broken, rng)], ignore_index=True),
        topics=pd.DataFrame({"post": broken["post"], "topic": "tariffs"}),
    )


def protest(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Protest covered by a regional page: on two evenings its town looks in again and again."""
    free = free_sources(scene, types=("regional",))
    hub = int(evenly(scene, free, rng, kind="protest")[0])
    day = rng.choice(scene.clock.days - 1, 2, replace=False)
    begin = np.repeat(scene.clock.instants(day * DAY + 17.5 * HOUR), 16)
    live = _new(scene, np.full(len(begin), hub), np.sort(begin + LIVE * rng.random(32)), 1.5)
    people = feed.people
    local = (people["town"] == people["town"].iloc[hub]) & (people["type"] == "amplifier")
    wish = people["activity"].to_numpy() * local.to_numpy()
    crowd = pick_distinct(rng, wish, int(8 * scene.world.reposts))
    number_of = rng.poisson(3, (len(crowd), 2))
    reader = np.repeat(crowd, number_of.sum(axis=1))
    evening = np.repeat(np.tile(np.unique(begin), len(crowd)), number_of.ravel())
    start = evening + LIVE * rng.random(len(reader))
    watched = looked(feed, reader, start, live, rng, fresh=HOUR, share=0.25)
    return Change(
        truth=told([hub], "negative", "protest"),
        posts=live,
        reposts=pd.concat([watched, read(feed, scene, live, rng)], ignore_index=True),
        topics=pd.DataFrame({"post": live["post"], "topic": "protest"}),
    )


def bursts(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source that is mentioned on the air now and then; its whole audience looks at once."""
    return _mentioned(feed, scene, rng, kind="bursts", habit=0.0)


def fast_bursts(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source that is mentioned now and then; mostly the same quick people look at once."""
    return _mentioned(feed, scene, rng, kind="fast_bursts", habit=HABIT)


def _mentioned(
    feed: Feed, scene: Scene, rng: np.random.Generator, *, kind: str, habit: float
) -> Change:
    hub = int(evenly(scene, free_sources(scene, posts=20), rng, kind=kind)[0])
    moved = scene.posts_of(hub)
    moved = moved[rng.random(len(moved)) < MENTIONED]
    moment = moved["time"].to_numpy() + 20 * 60 * rng.gamma(2.0, 0.5, len(moved))
    crowd = rng.poisson(0.75 * scene.world.reposts, len(moved)) * by_day(feed, moment)
    reflex = feed.people["reflex"].to_numpy()
    near = np.where(scene.followers(hub), 1.0, STRANGERS)
    ready = feed.people["activity"].to_numpy() * reflex**-habit * near
    account = pick(rng, ready, int(crowd.sum()))
    wait = PICKED_UP * np.sqrt(reflex[account]) * rng.standard_exponential(len(account))
    times = np.repeat(moment, crowd) + wait
    found = reposted(account, np.repeat(moved["post"].to_numpy(), crowd), times)
    return Change(truth=told([hub], "negative", kind), reposts=found)


def _new(scene: Scene, author: np.ndarray, times: np.ndarray, appeal: float) -> pd.DataFrame:
    """More posts of one appeal, in the order of time."""
    first = int(scene.posts["post"].max()) + 1
    order = np.argsort(times, kind="stable")
    return posts(author[order], times[order], np.full(len(times), appeal), first=first)
