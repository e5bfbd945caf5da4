import numpy as np
import pandas as pd

from kznet.simulate.clock import HOUR
from kznet.simulate.parts.crowd import crowd, joined, reposts_by
from kznet.simulate.scene import Change, Scene, free_sources, told

POSTERS = 12
SHARE = 0.6
SLACK = 40


def scheduled(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Accounts that queue all their reposts for the full hour, many of them of one source."""
    hub = int(rng.choice(free_sources(scene, posts=20)))
    members = crowd(scene, hub, POSTERS, rng)
    posts = scene.posts_of(hub)
    shape = (len(posts), len(members))
    queued = posts["time"].to_numpy()[:, None] + rng.integers(0, 3, shape) * HOUR
    mine = joined(posts, members, rng.random(shape) < SHARE, _on_the_hour(queued, rng))
    usual = reposts_by(scene, members)
    own = scene.reposts[usual]
    moved = own.assign(time=_on_the_hour(own["time"].to_numpy(), rng))
    return Change(
        truth=pd.concat(
            [
                told([hub], "negative", "scheduled"),
                told(members, "bystander", "scheduled", details={"hub": hub}),
            ]
        ),
        reposts=pd.concat([mine, moved], ignore_index=True),
        silenced=usual,
    )


def _on_the_hour(times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the next full hour, a few seconds late."""
    return (times // HOUR + 1) * HOUR + rng.integers(0, SLACK, times.shape)
