"""M1, coordinated amplification: a crew that reposts a hub's posts together, again and again."""

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.cast import TYPES
from kznet.simulate.clock import HOUR, awake
from kznet.simulate.draws import spread, stream
from kznet.simulate.parts.crowd import crowd, joined, reposts_by
from kznet.simulate.parts.fans import FANS, loyal
from kznet.simulate.reposts import browsed
from kznet.simulate.scene import Change, Scene, free_sources, told
from kznet.simulate.world import Crews

LAUNCH: Final = 20 * 60
POOL: Final = 32
ROTATING: Final = 6
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


def m1(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Crew of accounts that repost a hub's posts within moments of each other."""
    grade = grades(scene.world.crews, scene.world.parts["m1"], seed=scene.seed)[number]
    hub = _hub(scene, rng)
    hidden = grade.variant == "in_fans"
    chosen = crowd(scene, hub, max(FANS, grade.size) if hidden else grade.size, rng)
    crew, fans = np.split(rng.permutation(chosen), [grade.size])
    together = _together(scene, hub, crew, grade, rng)
    silenced, filler = _camouflage(scene, hub, together, grade.camouflage, rng)
    loyalty = loyal(scene, hub, fans, rng, variant="loyal")
    followers = pd.DataFrame({"source": chosen, "target": hub}) if hidden else None
    name = {"hub": hub, "crew": f"m1 {number}"}
    return Change(
        truth=pd.concat(
            [
                told([hub], "plant", "m1", details={**asdict(grade), "crew": f"m1 {number}"}),
                told(crew, "member", "m1", details=name),
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
    kinds, sizes, shares, jitters, covers = (
        [levels[i] for i in rng.permutation(np.resize(rng.permutation(len(levels)), number))]
        for levels in (crews.kind, crews.size, crews.participation, crews.jitter, crews.camouflage)
    )
    return [
        Grade(kind, POOL, ROTATING / POOL, jitter, cover)
        if kind == "rotating"
        else Grade(kind, size, share, jitter, cover)
        for kind, size, share, jitter, cover in zip(
            kinds, sizes, shares, jitters, covers, strict=True
        )
    ]


def _hub(scene: Scene, rng: np.random.Generator) -> int:
    """Return a source that can be tested, of the role and camp with the fewest hubs so far."""
    free = free_sources(scene, posts=_POSTS, reposts=_REPOSTS)
    role = scene.people["type"].map({name: kind.role for name, kind in TYPES.items()})
    group = pd.DataFrame({"role": role, "camp": scene.people["camp"]})
    planted = group.iloc[scene.truth["account"][scene.truth["label"] == "plant"]]
    by_role, by_camp = (
        group[name].iloc[free].map(planted[name].value_counts()).fillna(0).to_numpy(float)
        for name in ("role", "camp")
    )
    return int(free[np.lexsort([rng.random(len(free)), by_camp, by_role])[0]])


def _together(
    scene: Scene, hub: int, crew: np.ndarray, grade: Grade, rng: np.random.Generator
) -> pd.DataFrame:
    """Each post has one moment of launch, in waking hours; who joins lags behind by the jitter."""
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
    scene: Scene, hub: int, together: pd.DataFrame, share: float, rng: np.random.Generator
) -> tuple[np.ndarray, pd.DataFrame]:
    """Leave or add ordinary reposts until they are this share of what each member reposts.

    Returns
    -------
    mask of the scene's reposts to take away, and reposts to add
    """
    number = together["account"].value_counts(sort=False)
    wanted = (number * share / (1 - share)).round().astype(int)
    made = reposts_by(scene, number.index.to_numpy())
    others = made & (scene.authors(scene.reposts["post"]) != hub)
    shuffled = scene.reposts["account"][others].sample(frac=1, random_state=rng)
    place = shuffled.groupby(shuffled).cumcount()
    kept = place.index[place < shuffled.map(wanted)]
    own = shuffled.value_counts().reindex(wanted.index, fill_value=0)
    lacking = (wanted - own).clip(lower=0).to_dict()
    made[kept] = False
    return made, browsed(scene, lacking, rng, avoid=hub)
