"""M1, coordinated amplification: a crew that reposts a hub's posts together, again and again."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import HOUR, awake
from kznet.simulate.draws import spread, stream
from kznet.simulate.grades import Crews, dealt
from kznet.simulate.parts.crowd import crowd, evenly, joined, reposts_by
from kznet.simulate.parts.fans import FANS, loyal
from kznet.simulate.reposts import React, browsed, reaction
from kznet.simulate.scene import Change, Scene, free_sources, told

Together = Callable[[Scene, np.ndarray, np.ndarray, "Grade", np.random.Generator], pd.DataFrame]
Loyal = Callable[..., pd.DataFrame]

LAUNCH: Final = 20 * 60
POOL: Final = 32
ROTATING: Final = 6
HUBS: Final = 3
_POSTS: Final = 20
_REPOSTS: Final = 5.0


@dataclass(frozen=True)
class Grade:
    """How large and tight one crew is, and how well hidden; the terms are those of `Crews`."""

    variant: str
    size: int
    participation: float
    jitter: int
    camouflage: float


@dataclass(frozen=True)
class Ways:
    """How a crew moves in one generator: together, as fans, and when it looks ordinary."""

    together: Together
    loyal: Loyal
    react: React


def m1(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Crew of accounts that repost a hub's posts within moments of each other."""
    return crewed(scene, rng, number, ways=Ways(_together, loyal, reaction))


def crewed(scene: Scene, rng: np.random.Generator, number: int, *, ways: Ways) -> Change:
    """The plant of this number."""
    grade = grades(scene.world.crews, scene.world.parts["m1"], seed=scene.seed)[number]
    free = free_sources(scene, posts=_POSTS, reposts=_REPOSTS)
    number_of_hubs = HUBS if grade.variant == "three_hubs" else 1
    hubs = evenly(scene, free, rng, kind="m1", number=number_of_hubs)
    hub = int(hubs[0])
    hidden = grade.variant == "in_fans"
    chosen = crowd(scene, hub, max(FANS, grade.size) if hidden else grade.size, rng)
    crew, fans = np.split(rng.permutation(chosen), [grade.size])
    together = ways.together(scene, hubs, crew, grade, rng)
    silenced, filler = _camouflage(scene, hubs, together, grade.camouflage, rng, react=ways.react)
    loyalty = ways.loyal(scene, hub, fans, rng, variant="loyal")
    followers = pd.DataFrame({"source": chosen, "target": hub}) if hidden else None
    name = f"m1 {number}"
    return Change(
        truth=pd.concat(
            [
                told(hubs, "plant", "m1", details={**asdict(grade), "crew": name}),
                *(told(crew, "member", "m1", details={"hub": one, "crew": name}) for one in hubs),
                told(fans, "bystander", "fans", details={"hub": hub}),
            ]
        ),
        reposts=pd.concat([together, loyalty, filler], ignore_index=True),
        follows=followers,
        silenced=silenced,
    )


def grades(crews: Crews, number: int, *, seed: int) -> list[Grade]:
    """Deal every list of grades out evenly over the crews of a world, each on its own."""
    rng = stream(seed, "m1 grades")
    kinds, sizes = dealt(crews.kind, number, rng), dealt(crews.size, number, rng)
    shares, jitters = dealt(crews.participation, number, rng), dealt(crews.jitter, number, rng)
    covers = dealt(crews.camouflage, number, rng)
    dealt_out = map(Grade, kinds, sizes, shares, jitters, covers)
    return [_rotating(grade) if grade.variant == "rotating" else grade for grade in dealt_out]


def _rotating(grade: Grade) -> Grade:
    return replace(grade, size=POOL, participation=ROTATING / POOL)


def _together(
    scene: Scene, hubs: np.ndarray, crew: np.ndarray, grade: Grade, rng: np.random.Generator
) -> pd.DataFrame:
    """Each post has one moment of launch, in waking hours; who joins lags behind by the jitter."""
    return pd.concat([_on_one(scene, int(hub), crew, grade, rng) for hub in hubs])


def _on_one(
    scene: Scene, hub: int, crew: np.ndarray, grade: Grade, rng: np.random.Generator
) -> pd.DataFrame:
    posts = scene.posts_of(hub)
    shape = (len(posts), len(crew))
    launch = posts["time"].to_numpy() + LAUNCH * spread(rng, len(posts), 0.5)
    moment = awake(scene.clock, rng, launch, wake=7.5 * HOUR, sleep=7.5 * HOUR)
    times = moment[:, None] + grade.jitter * rng.standard_exponential(shape)
    lot = rng.random(shape)
    first = lot.argsort(axis=1).argsort(axis=1) < ROTATING
    joins = first if grade.variant == "rotating" else lot < grade.participation
    return joined(posts, crew, joins, times)


def _camouflage(
    scene: Scene,
    hubs: np.ndarray,
    together: pd.DataFrame,
    share: float,
    rng: np.random.Generator,
    *,
    react: React,
) -> tuple[np.ndarray, pd.DataFrame]:
    """Leave or add ordinary reposts until they are this share of what each member reposts.

    Returns
    -------
    mask of the scene's reposts to take away, and reposts to add
    """
    number = together["account"].value_counts(sort=False)
    wanted = (number * share / (1 - share)).round().astype(int)
    made = reposts_by(scene, number.index.to_numpy())
    others = made & ~np.isin(scene.authors(scene.reposts["post"]), hubs)
    shuffled = scene.reposts["account"][others].sample(frac=1, random_state=rng)
    place = shuffled.groupby(shuffled).cumcount()
    kept = place.index[place < shuffled.map(wanted)]
    own = shuffled.value_counts().reindex(wanted.index, fill_value=0)
    lacking = (wanted - own).clip(lower=0)
    made[kept] = False
    asked = dict(zip(lacking.index.tolist(), lacking.tolist(), strict=True))
    return made, browsed(scene, asked, rng, avoid=hubs, react=react)
