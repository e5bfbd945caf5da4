"""M2, bait and switch: an audience won with burning topics, then used to sell or to campaign."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.draws import stream
from kznet.simulate.grades import Turns, dealt
from kznet.simulate.parts.crowd import evenly
from kznet.simulate.parts.writers import POSTS, turn
from kznet.simulate.reposts import organic
from kznet.simulate.scene import Change, Scene, free_sources, told
from kznet.simulate.topics import CATEGORIES, EARLIER, Habit, habit, written

Grown = Callable[
    [Scene, pd.DataFrame, int, float, np.random.Generator], tuple[pd.DataFrame | None, pd.DataFrame]
]

REPOSTS: Final = 3.0
_SELLS: Final = {
    "selling": {"promotion": 8.0, "personal_brand": 1.0, "fundraising": 1.0},
    "campaigning": {"promotion": 1.0, "personal_brand": 4.0, "fundraising": 4.0},
}


@dataclass(frozen=True)
class Turn:
    """How strong one bait and switch is; the terms are those of `Turns`."""

    variant: str
    strength: float
    growth: float
    bait: float


def m2(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source that wins an audience with burning topics and then turns to self-interest."""
    return turned(scene, rng, number, grown=_grown)


def turned(scene: Scene, rng: np.random.Generator, number: int, *, grown: Grown) -> Change:
    """The plant of this number; `grown` says by what reposts and follows its audience grows."""
    grade = turns(scene.world.turns, scene.world.parts["m2"], seed=scene.seed)[number]
    free = free_sources(scene, posts=POSTS, reposts=REPOSTS)
    hub = int(evenly(scene, free, rng, kind="m2")[0])
    onset = turn(scene, rng)
    posts = scene.posts_of(hub).sort_values(["time", "post"])
    late = (posts["time"] >= onset).to_numpy()
    mine = habit(scene, hub)
    burning = np.where(late, min(mine.burning, grade.bait), grade.bait)
    selling = np.where(late, grade.strength, EARLIER)
    follows, reposts = grown(scene, posts, onset, grade.growth, rng)
    return Change(
        truth=told([hub], "plant", "m2", details={**asdict(grade), "onset": onset}),
        reposts=reposts,
        follows=follows,
        topics=written(posts, rng, _as_seller(mine, grade), burning=burning, selling=selling),
    )


def turns(grades: Turns, number: int, *, seed: int) -> list[Turn]:
    """Deal every list of grades out evenly over the plants of a world, each on its own."""
    rng = stream(seed, "m2 grades")
    columns = [
        dealt(levels, number, rng)
        for levels in (grades.kind, grades.strength, grades.growth, grades.bait)
    ]
    return [Turn(*row) for row in zip(*columns, strict=True)]


def _grown(
    scene: Scene, posts: pd.DataFrame, onset: int, growth: float, rng: np.random.Generator
) -> tuple[None, pd.DataFrame]:
    """More ordinary reposts a post, in a straight line up to the growth at the turn."""
    done = (posts["time"] - scene.clock.start) / (onset - scene.clock.start)
    more = (growth - 1) * np.minimum(done.to_numpy(), 1)
    return None, organic(scene, posts.assign(virality=posts["virality"] * more), rng)


def _as_seller(mine: Habit, grade: Turn) -> Habit:
    sold = _SELLS[grade.variant]
    weights = [sold.get(topic, old) for topic, old in zip(CATEGORIES, mine.weights, strict=True)]
    return replace(mine, weights=np.array(weights))
