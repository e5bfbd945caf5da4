from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import HOUR, awake
from kznet.simulate.draws import spread
from kznet.simulate.parts.crowd import crowd, evenly, joined, reposts_by
from kznet.simulate.reposts import LATENCY
from kznet.simulate.scene import Change, Scene, free_sources, told

MEMBERS: Final = 60
SHARE: Final = 0.35
# Hours by which the day of Berlin, Istanbul and Seoul is behind that of Almaty.
_BEHIND: Final = {"berlin": 5, "istanbul": 3, "seoul": -3}


def diaspora(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Readers abroad: 60 followers who all wake hours apart from the rest, and then read."""
    hub = int(evenly(scene, free_sources(scene, posts=15), rng, kind="diaspora")[0])
    variant = list(_BEHIND)[number % len(_BEHIND)]
    members = crowd(scene, hub, MEMBERS, rng)
    shift = _BEHIND[variant] * HOUR
    posts = scene.posts_of(hub)
    shape = (len(posts), len(members))
    wake = 7 * HOUR + shift + HOUR * rng.standard_normal(len(members))
    sleep = np.full(len(members), 8.0 * HOUR)
    speed = scene.people["speed"].to_numpy()[members]
    delay = LATENCY * np.exp(speed) * spread(rng, len(posts) * len(members), 1.0).reshape(shape)
    seen = (posts["time"].to_numpy()[:, None] + 1 + delay).ravel()
    habits = {"wake": np.tile(wake, len(posts)), "sleep": np.tile(sleep, len(posts))}
    times = awake(scene.clock, rng, seen, **habits).reshape(shape)
    usual = reposts_by(scene, members)
    place = pd.Series(np.arange(len(members)), members)
    own = scene.reposts[usual]
    who = place.loc[own["account"]].to_numpy()
    moved = awake(scene.clock, rng, own["time"].to_numpy(), wake=wake[who], sleep=sleep[who])
    return Change(
        truth=pd.concat(
            [
                told([hub], "negative", "diaspora", details={"variant": variant}),
                told(members, "bystander", "diaspora", details={"hub": hub, "variant": variant}),
            ]
        ),
        reposts=pd.concat(
            [
                joined(posts, members, rng.random(shape) < SHARE, times),
                own.assign(time=np.floor(moved).astype(np.int64)),
            ],
            ignore_index=True,
        ),
        follows=pd.DataFrame({"source": members, "target": hub}),
        silenced=usual,
    )
