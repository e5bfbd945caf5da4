"""Innocent habits in a world of feeds: machines, queues, loyal readers, staff, readers abroad."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import HOUR
from kznet.simulate.draws import stream
from kznet.simulate.parts.crowd import crowd, evenly, joined, reposts_by
from kznet.simulate.parts.staff import disclosed
from kznet.simulate.reposts import reposted
from kznet.simulate.scene import Change, Scene, free_sources, told
from kznet.simulate.sessions.feed import Feed
from kznet.simulate.sessions.looking import glanced, looked, office_hours
from kznet.simulate.sessions.sittings import sittings

POLLED: Final = 120
FANS: Final = 60
SLOTS: Final = 3 * HOUR
STAFF: Final = 15
DESK: Final = (9.05, 12.0, 15.5, 17.75)
ABROAD: Final = 60
# Hours by which the day of Berlin, Istanbul and Seoul is behind that of Almaty.
_BEHIND: Final = {"berlin": 5.0, "istanbul": 3.0, "seoul": -3.0}
# Mean seconds until a fan whose phone rang looks at it, and the share passed on.
_BELL: Final = {"loyal": (10 * 60, 0.45), "notified": (90, 0.4)}
_FAN_TYPES: Final = ("celebrity", "blogger", "politician", "opposition")


def aggregator(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Declared aggregator: looks at a dozen sources every two minutes and reposts what is new."""
    account = int(rng.choice(free_sources(scene, types=("aggregator",))))
    others = np.flatnonzero((scene.people["type"] != "amplifier").to_numpy())
    read = rng.choice(others[others != account], min(12, len(others) - 1), replace=False)
    posts = scene.posts_of(*read)
    posts = posts[rng.random(len(posts)) < 0.4]
    times = (posts["time"].to_numpy() // POLLED + 1) * POLLED + rng.integers(1, 7, len(posts))
    return Change(
        truth=told([account], "negative", "aggregator"),
        reposts=reposted(np.full(len(posts), account), posts["post"].to_numpy(), times),
        silenced=reposts_by(scene, np.array([account])),
    )


def scheduled(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Accounts that queue all their reposts for a slot every third hour."""
    hub = int(evenly(scene, free_sources(scene, posts=20), rng, kind="scheduled")[0])
    members = crowd(scene, hub, 12, rng)
    posts = scene.posts_of(hub)
    shape = (len(posts), len(members))
    queued = _slot(posts["time"].to_numpy()[:, None] + rng.integers(0, 2, shape) * SLOTS, rng)
    usual = reposts_by(scene, members)
    own = scene.reposts[usual]
    moved = own.assign(time=_slot(own["time"].to_numpy(), rng))
    mine = joined(posts, members, rng.random(shape) < 0.5, queued)
    return Change(
        truth=_of_members(hub, members, "scheduled"),
        reposts=pd.concat([mine, moved], ignore_index=True),
        silenced=usual,
    )


def fans(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Fan community: 60 followers whose phones ring at each post, and who look when they can."""
    free = free_sources(scene, types=_FAN_TYPES, posts=15)
    hub = int(evenly(scene, free, rng, kind="fans")[0])
    variant = list(_BELL)[number % len(_BELL)]
    members = crowd(scene, hub, FANS, rng)
    return Change(
        truth=_of_members(hub, members, "fans", variant=variant),
        reposts=rung(feed, scene, hub, members, rng, variant=variant),
        follows=pd.DataFrame({"source": members, "target": hub}),
    )


def rung(
    feed: Feed,
    scene: Scene,
    hub: int,
    members: np.ndarray,
    rng: np.random.Generator,
    *,
    variant: str,
) -> pd.DataFrame:
    """Reposts of a hub's posts by those whose phones ring at each."""
    mean, share = _BELL[variant]
    posts = scene.posts_of(hub)
    shape = (len(posts), len(members))
    reflex = feed.people["reflex"].to_numpy()[members]
    wait = (mean * reflex * rng.gamma(1.5, 1 / 1.5, shape)).ravel()
    account = np.tile(members, len(posts))
    times = glanced(feed, account, np.repeat(posts["time"].to_numpy(), len(members)), wait)
    return joined(posts, members, rng.random(shape) < share, times.reshape(shape))


def staff(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Disclosed staff: 15 people who look at their body's page at fixed hours of the office."""
    free = free_sources(scene, types=("ministry", "akimat"), posts=15)
    hub = int(evenly(scene, free, rng, kind="staff")[0])
    members = crowd(scene, hub, STAFF, rng)
    hours = office_hours(feed, DESK)
    reader, start = np.repeat(members, len(hours)), np.tile(hours, len(members))
    start = start + 5 * 60 * np.abs(rng.standard_normal(len(start)))
    posts = scene.posts_of(hub)
    return Change(
        truth=_of_members(hub, members, "staff", variant="desk"),
        reposts=looked(feed, reader, start, posts, rng, fresh=16 * HOUR, share=0.4),
        follows=pd.DataFrame({"source": members, "target": hub}),
        profiles=disclosed(hub, members, said="staff_of"),
    )


def diaspora(feed: Feed, scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Readers abroad: 60 followers whose whole day runs hours apart from that of Almaty."""
    hub = int(evenly(scene, free_sources(scene, posts=15), rng, kind="diaspora")[0])
    variant = list(_BEHIND)[number % len(_BEHIND)]
    members = crowd(scene, hub, ABROAD, rng)
    abroad = feed.people.iloc[members]
    day = sittings(abroad, feed.clock, stream(scene.seed, "abroad", hub), shift=_BEHIND[variant])
    usual = reposts_by(scene, members)
    own = scene.reposts[usual]
    place = pd.Series(np.arange(len(members)), members).loc[own["account"]].to_numpy()
    posted = own["post"].map(scene.posts.set_index("post")["time"]).to_numpy()
    moved = own.assign(time=day.after(place, posted) + rng.integers(5, 300, len(own)))
    posts = scene.posts_of(hub)
    shape = (len(posts), len(members))
    who = np.tile(np.arange(len(members)), len(posts))
    start = day.after(who, np.repeat(posts["time"].to_numpy(), len(members)))
    times = (start + rng.integers(5, 300, len(start))).reshape(shape)
    mine = joined(posts, members, rng.random(shape) < 0.35, times)
    return Change(
        truth=_of_members(hub, members, "diaspora", variant=variant),
        reposts=pd.concat([mine, moved], ignore_index=True),
        follows=pd.DataFrame({"source": members, "target": hub}),
        silenced=usual,
    )


def _slot(times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return (times // SLOTS + 1) * SLOTS + rng.integers(0, 50, times.shape)


def _of_members(
    hub: int, members: np.ndarray, kind: str, *, variant: str | None = None
) -> pd.DataFrame:
    said = {"variant": variant}
    return pd.concat(
        [
            told([hub], "negative", kind, details=said),
            told(members, "bystander", kind, details={**said, "hub": hub}),
        ]
    )
