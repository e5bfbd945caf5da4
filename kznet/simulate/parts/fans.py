"""Loyal readers of one account: fast and regular by habit, each in an own rhythm."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import awake
from kznet.simulate.draws import spread
from kznet.simulate.parts.crowd import crowd, joined
from kznet.simulate.scene import Change, Scene, free_sources, told

FANS: Final = 60
SHARE: Final = 0.4
_TYPES: Final = ("celebrity", "blogger", "politician", "opposition")
# Seconds to a fan's usual reaction, how much fans differ, how much one fan varies.
_RHYTHM: Final = {"loyal": (12 * 60, 0.6, 0.8), "notified": (100, 0.4, 0.6)}


def fans(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Fan community: 60 loyal followers who repost soon after each post, out of habit."""
    hub = rng.choice(free_sources(scene, types=_TYPES, posts=15))
    variant = list(_RHYTHM)[number % len(_RHYTHM)]
    members = crowd(scene, hub, FANS, rng)
    return Change(
        truth=pd.concat(
            [
                told([hub], "negative", "fans", details={"variant": variant}),
                told(members, "bystander", "fans", details={"hub": hub, "variant": variant}),
            ]
        ),
        reposts=loyal(scene, hub, members, rng, variant=variant),
        follows=pd.DataFrame({"source": members, "target": hub}),
    )


def loyal(
    scene: Scene, hub: int, members: np.ndarray, rng: np.random.Generator, *, variant: str
) -> pd.DataFrame:
    """Reposts of a hub's posts by its fans."""
    typical, between, within = _RHYTHM[variant]
    posts = scene.posts_of(hub)
    shape = (len(posts), len(members))
    delay = (
        typical * spread(rng, len(members), between) * np.exp(within * rng.standard_normal(shape))
    )
    wake, sleep = (
        np.tile(scene.people[name].to_numpy()[members], len(posts)) for name in ("wake", "sleep")
    )
    seen = (posts["time"].to_numpy()[:, None] + 1 + delay).ravel()
    times = awake(scene.clock, rng, seen, wake=wake, sleep=sleep).reshape(shape)
    return joined(posts, members, rng.random(shape) < SHARE, times)
