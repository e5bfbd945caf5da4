import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR, asleep
from kznet.simulate.draws import pick, spread
from kznet.simulate.reposts import organic, posts, reposted
from kznet.simulate.scene import Change, Scene, free_sources, told

DAYS = 3
POSTS_A_DAY = 7
VIRALITY = 4.0
PUSH = 1.5


def crisis_ministry(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Ministry in a real crisis: a few days of many posts, with bursts that everyone joins."""
    hub = rng.choice(free_sources(scene, types=("ministry",)))
    day = rng.integers(0, scene.clock.days - DAYS) + np.repeat(np.arange(DAYS), POSTS_A_DAY)
    hour = 8 + 13 * rng.random(len(day))
    times = scene.clock.instants(np.sort(day * DAY + hour * HOUR))
    virality = VIRALITY * spread(rng, len(day), 0.4)
    first = int(scene.posts["post"].max()) + 1
    urgent = posts(np.full(len(day), hub), times, virality, first=first)
    pushed = _pushed(scene, urgent["post"].to_numpy(), times, rng)
    return Change(
        truth=told([hub], "negative", "crisis_ministry"),
        posts=urgent,
        reposts=pd.concat([pushed, organic(scene, urgent, rng)], ignore_index=True),
        topics=pd.DataFrame({"post": urgent["post"], "topic": "water"}),
    )


def _pushed(
    scene: Scene, post: np.ndarray, times: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Reposts by those who are up when a mention elsewhere sends them to a post all at once."""
    crowd = rng.poisson(PUSH * scene.world.reposts, len(post))
    moment = times + 15 * 60 * spread(rng, len(post), 0.5)
    everyone = scene.people["activity"].to_numpy()
    account = pick(rng, everyone, int(crowd.sum()))
    seen = np.repeat(moment, crowd) + 4 * 60 * rng.standard_exponential(len(account))
    wake, sleep = (scene.people[name].to_numpy()[account] for name in ("wake", "sleep"))
    up = ~asleep(scene.clock, seen, wake, sleep)
    return reposted(account[up], np.repeat(post, crowd)[up], seen[up])
