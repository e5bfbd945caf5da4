"""Posts, and the reposts that nobody arranged."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.cast import CAMPS, affinity
from kznet.simulate.clock import Clock, awake, by_day
from kznet.simulate.draws import pick, pick_distinct, spread, stream
from kznet.simulate.scene import Scene

React = Callable[[Scene, np.ndarray, np.ndarray, np.random.Generator], np.ndarray]

LATENCY: Final = 40 * 60
FOLLOWERS_SHARE: Final = 0.75
_MEAN_VIRALITY: Final = float(np.exp(0.5))


def published(people: pd.DataFrame, clock: Clock, pace: float, *, seed: int) -> pd.DataFrame:
    """Posts of every account with a pace: Poisson over the span, in the curve of the day."""
    rng = stream(seed, "posts")
    author = np.repeat(np.arange(len(people)), rng.poisson(people["pace"] * pace * clock.days))
    times = by_day(clock, rng, len(author))
    return posts(author, times, spread(rng, len(author), 1.0), first=0)


def posts(
    author: np.ndarray, times: np.ndarray, virality: np.ndarray, *, first: int
) -> pd.DataFrame:
    """A table of posts numbered from `first` on, in whole seconds."""
    return pd.DataFrame(
        {
            "post": np.arange(first, first + len(author)),
            "author": author,
            "time": np.floor(times).astype(np.int64),
            "virality": virality,
        }
    )


def reposted(account: np.ndarray, post: np.ndarray, times: np.ndarray) -> pd.DataFrame:
    """A table of reposts in whole seconds, the first of each account and post."""
    whole = np.floor(times).astype(np.int64)
    frame = pd.DataFrame({"account": account, "post": post, "time": whole})
    return frame.drop_duplicates(["account", "post"], ignore_index=True)


def audience(scene: Scene, source: int) -> np.ndarray:
    """For every account, its chance to be the one who reposts a post of this source.

    Three quarters go to followers, the rest to people who met the post elsewhere; inside both
    it grows with activity and with affinity of camps. The source itself has none.
    """
    camp = scene.people["camp"].to_numpy()
    weight = scene.people["activity"].to_numpy() * affinity(camp, camp[source])
    weight[source] = 0
    near = scene.followers(source)
    inside, outside = weight * near, weight * ~near
    shares = [(inside, FOLLOWERS_SHARE), (outside, 1 - FOLLOWERS_SHARE)]
    chance: np.ndarray = sum(part * (share / max(part.sum(), 1e-9)) for part, share in shares)
    return chance


def draw(scene: Scene) -> np.ndarray:
    """For every account, the mean number of organic reposts of a post of middling virality."""
    camp, activity = scene.people["camp"].to_numpy(), scene.people["activity"].to_numpy()
    mass = np.array([(activity * affinity(camp, side)).sum() for side in range(len(CAMPS))])
    pull: np.ndarray = scene.people["weight"].to_numpy() * mass[camp]
    usual = float(pull[scene.people["type"] != "amplifier"].mean())
    return pull * (scene.world.reposts / usual)


def organic(scene: Scene, wanted: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Reposts that a few posts get by themselves."""
    mean = draw(scene)[wanted["author"]] * wanted["virality"] / _MEAN_VIRALITY
    number = rng.poisson(mean)
    account = np.empty(int(number.sum()), dtype=np.int64)
    author = np.repeat(wanted["author"].to_numpy(), number)
    for source in np.unique(wanted["author"]):
        here = author == source
        account[here] = pick(rng, audience(scene, source), int(here.sum()))
    post, time = (np.repeat(wanted[name].to_numpy(), number) for name in ("post", "time"))
    return reposted(account, post, reaction(scene, account, time, rng))


def reaction(
    scene: Scene, account: np.ndarray, time: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """When accounts repost what appeared at `time`: about 40 minutes later, or after waking."""
    speed, wake, sleep = (
        scene.people[name].to_numpy()[account] for name in ("speed", "wake", "sleep")
    )
    seen = time + 1 + LATENCY * np.exp(speed) * spread(rng, len(account), 1.0)
    return awake(scene.clock, rng, seen, wake=wake, sleep=sleep)


def browsed(
    scene: Scene,
    wanted: Mapping[int, int],
    rng: np.random.Generator,
    *,
    avoid: np.ndarray,
    react: React = reaction,
) -> pd.DataFrame:
    """So many more ordinary reposts by each account, of posts by others than those to `avoid`."""
    author, camp = scene.posts["author"].to_numpy(), scene.people["camp"].to_numpy()
    pull = scene.people["weight"].to_numpy()[author] * scene.posts["virality"].to_numpy()
    pull[np.isin(author, avoid)] = 0
    chosen = []
    for account, number in wanted.items():
        known = scene.reposts["post"][scene.reposts["account"] == account]
        new = (author != account) & ~scene.posts["post"].isin(known).to_numpy()
        chosen.append(
            pick_distinct(rng, pull * affinity(camp[author], camp[account]) * new, number)
        )
    reader = np.repeat(np.array(list(wanted)), [len(found) for found in chosen])
    post, time = (scene.posts[name].to_numpy()[np.concatenate(chosen)] for name in ("post", "time"))
    return reposted(reader, post, react(scene, reader, time, rng))
