import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR, awake
from kznet.simulate.draws import pick_distinct, spread
from kznet.simulate.reposts import organic, posts, reposted
from kznet.simulate.scene import Change, Scene, free_sources, told

OUTLETS = 5
EVENTS = 4
READERS = 3.0
SHARE = 0.4
_NEWS = ("prices", "tariffs", "ecology", "health")


def newsroom(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """News that five outlets break within minutes; readers repost several of them in a row."""
    free = free_sources(scene, types=("news", "regional"))
    outlets = rng.choice(free, min(OUTLETS, len(free)), replace=False)
    day, hour = rng.integers(0, scene.clock.days, EVENTS), 9 + 11 * rng.random(EVENTS)
    moments = scene.clock.instants(day * DAY + hour * HOUR)
    first = int(scene.posts["post"].max()) + 1
    size = len(outlets)
    stories = [
        posts(
            outlets,
            moment + 5 * 60 * spread(rng, size, 0.6),
            2 * spread(rng, size, 0.4),
            first=first + event * size,
        )
        for event, moment in enumerate(moments)
    ]
    sittings = [_read_in_one_sitting(scene, story, rng) for story in stories]
    broken = pd.concat(stories, ignore_index=True)
    topic = np.repeat(np.resize(_NEWS, EVENTS), size)
    return Change(
        truth=told(outlets, "negative", "newsroom", details={"crew": f"newsroom {number}"}),
        posts=broken,
        reposts=pd.concat([*sittings, organic(scene, broken, rng)], ignore_index=True),
        topics=pd.DataFrame({"post": broken["post"], "topic": topic}, dtype="str").astype(
            {"post": "int64"}
        ),
    )


def _read_in_one_sitting(
    scene: Scene, story: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Readers open the news once, after all outlets have it, and repost some, seconds apart."""
    number = rng.poisson(READERS * scene.world.reposts)
    reader = pick_distinct(rng, scene.people["activity"].to_numpy(), number)
    opened = story["time"].max() + 12 * 60 * spread(rng, len(reader), 0.9)
    wake, sleep = (scene.people[name].to_numpy()[reader] for name in ("wake", "sleep"))
    sat = awake(scene.clock, rng, opened, wake=wake, sleep=sleep)
    row, column = np.nonzero(rng.random((len(reader), len(story))) < SHARE)
    place = rng.permuted(np.tile(np.arange(len(story)), (len(reader), 1)), axis=1)
    times = sat[row] + 40 * (place[row, column] + rng.random(len(row)))
    other = story["author"].to_numpy()[column] != reader[row]
    return reposted(reader[row][other], story["post"].to_numpy()[column][other], times[other])
