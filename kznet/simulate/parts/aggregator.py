import numpy as np

from kznet.simulate.draws import spread
from kznet.simulate.parts.crowd import reposts_by
from kznet.simulate.reposts import reposted
from kznet.simulate.scene import Change, Scene, free_sources, told

SOURCES = 12
SHARE = 0.4
DELAY = 60


def aggregator(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Declared aggregator: reposts a dozen other sources about a minute after each post."""
    account = rng.choice(free_sources(scene, types=("aggregator",)))
    others = np.flatnonzero((scene.people["type"] != "amplifier").to_numpy())
    read = rng.choice(others[others != account], min(SOURCES, len(others) - 1), replace=False)
    posts = scene.posts_of(*read)
    posts = posts[rng.random(len(posts)) < SHARE]
    times = posts["time"].to_numpy() + 1 + DELAY * spread(rng, len(posts), 0.6)
    return Change(
        truth=told([account], "negative", "aggregator"),
        reposts=reposted(np.full(len(posts), account), posts["post"].to_numpy(), times),
        silenced=reposts_by(scene, np.array([account])),
    )
