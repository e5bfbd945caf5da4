"""Reading a feed: newest posts first, a few dozen a sitting, some of them passed on."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import HOUR, Clock
from kznet.simulate.draws import pick
from kznet.simulate.reposts import React, reposted
from kznet.simulate.scene import Scene
from kznet.simulate.sessions.follows import nearness
from kznet.simulate.sessions.sittings import Sittings

PASSED_ON: Final = 0.25
WAVES: Final = 2
TRENDING: Final = 8
SHOWN: Final = 0.3
_FIRST_WAVE: Final = 0.75


@dataclass(frozen=True, eq=False)
class Feed:
    """What reading depends on besides the posts.

    `share` is the share of all posts that are in each account's feed, `published` the times of
    the posts, ascending; the followers of account i are `friends[edges[i]:edges[i + 1]]`, those
    among private people alone; `base` sets how readily a post is passed on.
    """

    people: pd.DataFrame
    clock: Clock
    sittings: Sittings
    share: np.ndarray
    published: np.ndarray
    friends: np.ndarray
    edges: np.ndarray
    base: float

    @property
    def react(self) -> React:
        """When accounts pass on what appeared at a time, by the terms of the other generator."""
        return partial(_reaction, self)


def feed(
    people: pd.DataFrame,
    clock: Clock,
    sittings: Sittings,
    follows: pd.DataFrame,
    posts: pd.DataFrame,
) -> Feed:
    """The feed of every account, before anybody has passed on anything."""
    n = len(people)
    private = (people["type"] == "amplifier").to_numpy()
    pace = people["pace"].to_numpy()
    source, target = (follows[name].to_numpy() for name in ("source", "target"))
    share = np.bincount(source, pace[target], minlength=n) / max(pace.sum(), 1e-9)
    order = np.argsort(target, kind="stable")
    order = order[private[source[order]]]
    edges = np.concatenate([[0], np.cumsum(np.bincount(target[order], minlength=n))])
    times = np.sort(posts["time"].to_numpy())
    return Feed(people, clock, sittings, share, times, source[order], edges, 0.0)


def visits(
    feed: Feed, account: np.ndarray, time: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """When accounts get to a post of some time in their next sitting, and whether they do."""
    start = feed.sittings.after(account, time)
    newer = np.searchsorted(feed.published, start) - np.searchsorted(feed.published, time)
    above = rng.poisson(feed.share[account] * np.maximum(newer, 0))
    scroll, capacity = (feed.people[name].to_numpy()[account] for name in ("scroll", "capacity"))
    seen = above <= capacity
    return start + 2 + scroll * (above + 1) * rng.uniform(0.7, 1.3, len(start)), seen


def _reaction(
    feed: Feed, scene: Scene, account: np.ndarray, time: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    return visits(feed, account, time, rng)[0]


def calibrated(feed: Feed, scene: Scene) -> Feed:
    """The feed with a `base` that gives a post the mean number of reposts its world asks for."""
    wish = {author: _wish(feed, scene, author)[1].sum() for author in _authors(scene.posts)}
    total = (scene.posts["author"].map(wish) * scene.posts["virality"]).sum()
    wanted = _FIRST_WAVE * scene.world.reposts * len(scene.posts)
    return replace(feed, base=float(wanted / max(total, 1e-9)))


def read(feed: Feed, scene: Scene, posts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Reposts that posts get by themselves: from followers, from their friends, by the trend."""
    wave = _by_followers(feed, scene, posts, rng)
    waves = [wave]
    for _ in range(WAVES):
        wave = _by_friends(feed, wave, rng)
        waves.append(wave)
    waves.append(_by_trend(feed, posts, pd.concat(waves, ignore_index=True), rng))
    found = pd.concat(waves, ignore_index=True).sort_values(["time", "account", "post"])
    found = found[found["account"] != found["post"].map(posts.set_index("post")["author"])]
    return reposted(*(found[name].to_numpy() for name in ("account", "post", "time")))


def _authors(posts: pd.DataFrame) -> list[int]:
    return [int(author) for author in np.unique(posts["author"])]


def _wish(feed: Feed, scene: Scene, author: int) -> tuple[np.ndarray, np.ndarray]:
    """Followers of an author, and how readily each passes on what it posts."""
    near = np.flatnonzero(scene.followers(author))
    return near, (feed.people["activity"].to_numpy() * nearness(feed.people, author))[near]


def _by_followers(
    feed: Feed, scene: Scene, posts: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    account, post, time = [], [], []
    for author in _authors(posts):
        near, wish = _wish(feed, scene, author)
        mine = posts[posts["author"] == author]
        number = rng.poisson(feed.base * wish.sum() * mine["virality"])
        account.append(near[pick(rng, wish, int(number.sum()))] if len(near) else near)
        post.append(np.repeat(mine["post"].to_numpy(), number))
        time.append(np.repeat(mine["time"].to_numpy(), number))
    return _met(feed, np.concatenate(account), np.concatenate(post), np.concatenate(time), rng)


def _by_friends(feed: Feed, wave: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let friends of those who passed a post on find it in their own feeds."""
    by = np.repeat(np.arange(len(wave)), rng.poisson(PASSED_ON, len(wave)))
    account, post, time = (wave[name].to_numpy()[by] for name in ("account", "post", "time"))
    number = feed.edges[account + 1] - feed.edges[account]
    known = number > 0
    place = feed.edges[account] + (rng.random(len(account)) * number).astype(np.int64)
    return _met(feed, feed.friends[place[known]], post[known], time[known], rng)


def _by_trend(
    feed: Feed, posts: pd.DataFrame, found: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Show what many passed on within three hours to anybody who reads in the three after."""
    appeared = posts.set_index("post")["time"]
    early = found["time"] < found["post"].map(appeared) + 3 * HOUR
    count = found["post"][early].value_counts().sort_index()
    count = count[count >= TRENDING]
    number = rng.poisson(SHOWN * count)
    post = np.repeat(count.index.to_numpy(dtype=np.int64), number)
    account = pick(rng, feed.people["activity"].to_numpy(), len(post))
    since = appeared.reindex(post).to_numpy() + 3 * HOUR
    shown = _met(feed, account, post, since, rng)
    return shown[shown["time"] < shown["post"].map(appeared) + 6 * HOUR]


def _met(
    feed: Feed, account: np.ndarray, post: np.ndarray, time: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    when, seen = visits(feed, account, time, rng)
    return pd.DataFrame({"account": account[seen], "post": post[seen], "time": when[seen]})
