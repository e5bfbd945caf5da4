"""Disclosed staff: people who say that they work for a body and repost it as a duty."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR, Clock
from kznet.simulate.draws import spread
from kznet.simulate.parts.crowd import crowd, evenly, joined
from kznet.simulate.scene import Change, Scene, free_sources, profile, told

STAFF: Final = 15
SHARE: Final = 0.6
BIO: Final = "Министрлік қызметкері · сотрудник министерства"
_OPENS, _CLOSES = 9 * HOUR, 18 * HOUR
_VARIANTS: Final = ("chat", "desk")


def staff(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Disclosed staff: 15 people who repost their own body on working days, called by a chat."""
    free = free_sources(scene, types=("ministry", "akimat"), posts=15)
    hub = int(evenly(scene, free, rng, kind="staff")[0])
    variant = _VARIANTS[number % len(_VARIANTS)]
    members = crowd(scene, hub, STAFF, rng)
    posts = scene.posts_of(hub)
    shape = (len(posts), len(members))
    times = posts["time"].to_numpy()
    if variant == "chat":
        called = _at_work(scene.clock, times + 10 * 60 * spread(rng, len(posts), 0.5))
        when = called[:, None] + 8 * 60 * rng.standard_exponential(shape)
    else:
        arrives = 12 * 60 * rng.standard_normal(len(members)) + 4 * 60 * rng.standard_normal(shape)
        when = _next_morning(scene.clock, times)[:, None] + np.abs(arrives)
    said = "entity" if variant == "chat" else "staff_of"
    return Change(
        truth=pd.concat(
            [
                told([hub], "negative", "staff", details={"variant": variant}),
                told(members, "bystander", "staff", details={"hub": hub, "variant": variant}),
            ]
        ),
        reposts=joined(posts, members, rng.random(shape) < SHARE, when),
        follows=pd.DataFrame({"source": members, "target": hub}),
        profiles=disclosed(hub, members, said=said),
    )


def disclosed(hub: int, members: np.ndarray, *, said: str) -> pd.DataFrame:
    """The body has an entity; its staff say in one of two columns that they belong to it."""
    body = f"body {hub}"
    return pd.concat([profile([hub], entity=body), profile(members, bio=BIO, **{said: body})])


def _at_work(clock: Clock, times: np.ndarray) -> np.ndarray:
    """Instants moved to the next working hour, Monday to Friday from 9 to 18 in Almaty."""
    late = clock.of_day(times) >= _CLOSES
    early = clock.of_day(times) < _OPENS
    off = late | early | _weekend(clock, times)
    return np.where(off, _next_morning(clock, times), times)


def _next_morning(clock: Clock, times: np.ndarray) -> np.ndarray:
    """Nine in the morning of the next working day, or of the same one where that is ahead."""
    opening: np.ndarray = times - clock.of_day(times) + _OPENS
    opening = np.where(opening < times, opening + DAY, opening)
    for _ in range(2):
        opening = np.where(_weekend(clock, opening), opening + DAY, opening)
    return opening


def _weekend(clock: Clock, times: np.ndarray) -> np.ndarray:
    # The first of January 1970 was a Thursday; Monday is 0.
    found: np.ndarray = ((times + clock.offset(times)) // DAY + 3) % 7 >= 5
    return found
