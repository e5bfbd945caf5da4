"""Innocent bursts: a mention elsewhere sends people to some of a source's posts all at once."""

from typing import Final

import numpy as np

from kznet.simulate.clock import asleep
from kznet.simulate.draws import pick, spread
from kznet.simulate.parts.crowd import evenly
from kznet.simulate.reposts import audience, reposted
from kznet.simulate.scene import Change, Scene, free_sources, told

SHARE: Final = 0.35
CROWD: Final = 0.75
MENTIONED: Final = 15 * 60
WITHIN: Final = 90
HABIT: Final = 2.0


def bursts(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source with bursts that its whole audience joins, each set off by a mention elsewhere."""
    return _bursts(scene, rng, kind="bursts", habit=0.0)


def fast_bursts(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source with bursts that mostly the same, habitually fast accounts of its audience join."""
    return _bursts(scene, rng, kind="fast_bursts", habit=HABIT)


def _bursts(scene: Scene, rng: np.random.Generator, *, kind: str, habit: float) -> Change:
    hub = int(evenly(scene, free_sources(scene, posts=20), rng, kind=kind)[0])
    posts = scene.posts_of(hub)
    posts = posts[rng.random(len(posts)) < SHARE]
    crowd = rng.poisson(CROWD * scene.world.reposts, len(posts))
    moment = posts["time"].to_numpy() + MENTIONED * spread(rng, len(posts), 0.5)
    people = scene.people
    ready = audience(scene, hub) * np.exp(-habit * people["speed"].to_numpy())
    account = pick(rng, ready, int(crowd.sum()))
    times = np.repeat(moment, crowd) + WITHIN * rng.standard_exponential(len(account))
    wake, sleep = (people[name].to_numpy()[account] for name in ("wake", "sleep"))
    up = ~asleep(scene.clock, times, wake, sleep)
    post = np.repeat(posts["post"].to_numpy(), crowd)
    return Change(
        truth=told([hub], "negative", kind), reposts=reposted(account[up], post[up], times[up])
    )
