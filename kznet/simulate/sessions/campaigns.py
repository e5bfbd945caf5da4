"""Plants in a world of feeds: crews that work off tasks, and an audience that comes by growth."""

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import HOUR
from kznet.simulate.draws import pick_distinct
from kznet.simulate.parts.m1 import ROTATING, Grade, Ways, crewed
from kznet.simulate.parts.m2 import turned
from kznet.simulate.reposts import reposted
from kznet.simulate.scene import Change, Scene
from kznet.simulate.sessions.feed import Feed, visits
from kznet.simulate.sessions.follows import nearness
from kznet.simulate.sessions.habits import rung

DUTY: Final = (9 * HOUR, 21 * HOUR)
NOTICED: Final = (5 * 60, 40 * 60)
TASK: Final = 10 * 60
BETWEEN: Final = (6, 25)
_DAY: Final = 24 * HOUR


def m1(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Crew that a coordinator sends tasks of one or more posts, worked off one after another."""
    ways = Ways(partial(_worked, feed), partial(rung, feed), feed.react)
    return crewed(scene, rng, number, ways=ways)


def m2(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source that wins followers with burning topics and then turns to self-interest."""
    return turned(scene, rng, number, grown=partial(_joined_by, feed))


def _worked(
    feed: Feed,
    scene: Scene,
    hubs: np.ndarray,
    crew: np.ndarray,
    grade: Grade,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Members take up a task some time after it was sent, on average the jitter."""
    posts = scene.posts_of(*hubs).sort_values(["time", "post"])
    sent = np.sort(_noticed(feed, posts["time"].to_numpy(), rng))
    task = np.cumsum(np.diff(sent, prepend=sent[0]) > TASK)
    moment = sent[np.searchsorted(task, task, side="right") - 1]
    shape = (int(task[-1]) + 1, len(crew))
    late = 2 * grade.jitter * rng.random(shape)
    lot = rng.random(shape)
    some = lot.argsort(axis=1).argsort(axis=1) < ROTATING
    joins = some if grade.variant == "rotating" else lot < grade.participation
    row, column = np.nonzero(joins[task])
    place = row - np.searchsorted(task, task[row])
    pause = rng.uniform(*BETWEEN, shape)[task[row], column]
    times = moment[row] + late[task[row], column] + place * pause
    return reposted(crew[column], posts["post"].to_numpy()[row], times)


def _noticed(feed: Feed, times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """When the coordinator sees each post: some minutes later, or on the next duty."""
    seen = times + rng.uniform(*NOTICED, len(times))
    of_day = feed.clock.of_day(seen)
    morning = seen - of_day + DUTY[0] + np.where(of_day >= DUTY[1], _DAY, 0)
    off = (of_day < DUTY[0]) | (of_day >= DUTY[1])
    return np.where(off, morning + rng.uniform(0, 120, len(times)), seen)


def _joined_by(
    feed: Feed,
    scene: Scene,
    posts: pd.DataFrame,
    onset: int,
    growth: float,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """New followers come one by one until the turn; each reads on from the day it came."""
    hub = int(posts["author"].iloc[0])
    near, old = nearness(feed.people, hub), scene.followers(hub)
    private = (feed.people["type"] == "amplifier").to_numpy()
    new = pick_distinct(rng, near * private * ~old, int((growth - 1) * old.sum()))
    came = scene.clock.start + (onset - scene.clock.start) * rng.random(len(new))
    wish = feed.base * feed.people["activity"].to_numpy()[new] * near[new]
    there = posts["time"].to_numpy()[:, None] >= came
    chance = 1 - np.exp(-wish * posts["virality"].to_numpy()[:, None])
    row, column = np.nonzero(there & (rng.random(chance.shape) < chance))
    times, seen = visits(feed, new[column], posts["time"].to_numpy()[row], rng)
    found = reposted(new[column][seen], posts["post"].to_numpy()[row][seen], times[seen])
    return pd.DataFrame({"source": new, "target": hub}), found
