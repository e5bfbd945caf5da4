from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR
from kznet.simulate.draws import spread
from kznet.simulate.parts.crowd import crowd, evenly
from kznet.simulate.reposts import organic, posts, reposted
from kznet.simulate.scene import Change, Scene, free_sources, told

EVENINGS: Final = 2
POSTS: Final = 14
LENGTH: Final = 4 * HOUR
FRESH: Final = HOUR
PEOPLE: Final = 8.0
SITTINGS: Final = 2.0
SHARE: Final = 0.3


def protest(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Protest covered by a regional page: two evenings on which a local crowd reposts it live."""
    free = free_sources(scene, types=("regional",))
    hub = int(evenly(scene, free, rng, kind="protest")[0])
    first = int(scene.posts["post"].max()) + 1
    begin = scene.clock.instants(_evenings(scene, rng))
    times = np.sort(begin.repeat(POSTS) + LENGTH * rng.random(EVENINGS * POSTS))
    live = posts(np.full(len(times), hub), times, 1.5 * spread(rng, len(times), 0.5), first=first)
    crowded = crowd(scene, hub, int(PEOPLE * scene.world.reposts), rng)
    return Change(
        truth=told([hub], "negative", "protest"),
        posts=live,
        reposts=pd.concat(
            [_watched(live, crowded, begin, rng), organic(scene, live, rng)], ignore_index=True
        ),
        topics=pd.DataFrame({"post": live["post"], "topic": "protest"}),
    )


def _evenings(scene: Scene, rng: np.random.Generator) -> np.ndarray:
    day = rng.choice(scene.clock.days - 1, EVENINGS, replace=False)
    return day * DAY + (17 + 2 * rng.random(EVENINGS)) * HOUR


def _watched(
    live: pd.DataFrame, people: np.ndarray, begin: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Look in a few times an evening; repost some of the last hour's posts, seconds apart."""
    shape = (len(people), len(begin))
    number = rng.poisson(SITTINGS, shape).ravel()
    reader = np.repeat(np.repeat(people, len(begin)), number)
    start = np.repeat(np.tile(begin, len(people)), number) + LENGTH * rng.random(len(reader))
    age = start[:, None] - live["time"].to_numpy()
    row, column = np.nonzero((age > 0) & (age < FRESH) & (rng.random(age.shape) < SHARE))
    place = pd.Series(row).groupby(row).cumcount().to_numpy() + 1
    times = start[row] + 25 * (place + rng.random(len(row)))
    return reposted(reader[row], live["post"].to_numpy()[column], times)
