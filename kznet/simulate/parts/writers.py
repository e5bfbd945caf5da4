"""Innocent sources whose topics look striking: they turn, they sell, or they write on one thing."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.parts.crowd import evenly
from kznet.simulate.scene import Change, Scene, free_sources, told
from kznet.simulate.topics import CAMPAIGN, EARLIER, campaigns, habit, written

POSTS: Final = 40
CAMPAIGNS: Final = 3
DAYS: Final = 4.0
STEADY: Final = 0.3
TURNED: Final = 0.5
REPORTERS: Final = ("regional", "blogger")


def topic_shift(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Honest topic shift: from everyday topics to a burning one, without any turn to selling."""
    hub, posts = _writer(scene, rng, "topic_shift")
    onset = turn(scene, rng)
    late = (posts["time"] >= onset).to_numpy()
    topics = written(
        posts, rng, habit(scene, hub), burning=np.where(late, 0.85, 0.1), selling=EARLIER
    )
    return Change(
        truth=told([hub], "negative", "topic_shift", details={"onset": onset}), topics=topics
    )


def honest_turn(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Honest turn to self-interest: no burning topics and no growth came before it."""
    hub, posts = _writer(scene, rng, "honest_turn")
    onset = turn(scene, rng)
    late = (posts["time"] >= onset).to_numpy()
    mine = habit(scene, hub)
    topics = written(
        posts,
        rng,
        mine,
        burning=min(mine.burning, 0.4),
        selling=np.where(late, TURNED, EARLIER),
    )
    details = {"onset": onset, "strength": TURNED}
    return Change(truth=told([hub], "negative", "honest_turn", details=details), topics=topics)


def campaign_seller(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Campaign seller: three campaigns of four days, and hardly any selling between them."""
    hub, posts = _writer(scene, rng, "campaign_seller")
    mine = habit(scene, hub)
    running = campaigns(scene, posts["time"].to_numpy(), rng, number=CAMPAIGNS, days=DAYS)
    selling = np.where(running, CAMPAIGN, EARLIER)
    topics = written(posts, rng, mine, burning=mine.burning, selling=selling)
    details = {"strength": CAMPAIGN}
    return Change(truth=told([hub], "negative", "campaign_seller", details=details), topics=topics)


def steady_seller(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Steady seller: every third post or so is self-interest, from the first day to the last."""
    hub, posts = _writer(scene, rng, "steady_seller")
    mine = habit(scene, hub)
    topics = written(posts, rng, mine, burning=mine.burning, selling=STEADY)
    details = {"strength": STEADY}
    return Change(truth=told([hub], "negative", "steady_seller", details=details), topics=topics)


def local_reporter(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Local reporter: writes on burning topics only, and sells steadily or in campaigns."""
    hub, posts = _writer(scene, rng, "local_reporter", types=REPORTERS)
    variant = ("steady", "campaign")[number % 2]
    running = campaigns(scene, posts["time"].to_numpy(), rng, number=CAMPAIGNS, days=DAYS)
    selling = 0.12 if variant == "steady" else np.where(running, CAMPAIGN, EARLIER)
    topics = written(posts, rng, habit(scene, hub), burning=1.0, selling=selling)
    details = {"variant": variant, "bait": 1.0}
    return Change(truth=told([hub], "negative", "local_reporter", details=details), topics=topics)


def turn(scene: Scene, rng: np.random.Generator) -> int:
    """An instant between .35 and .75 of the span."""
    clock = scene.clock
    return int(clock.start + rng.uniform(0.35, 0.75) * (clock.end - clock.start))


def _writer(
    scene: Scene, rng: np.random.Generator, kind: str, *, types: tuple[str, ...] = ()
) -> tuple[int, pd.DataFrame]:
    """Return a source of the role and camp with the fewest of a kind, and its posts in order."""
    free = free_sources(scene, types=types, posts=POSTS)
    hub = int(evenly(scene, free, rng, kind=kind)[0])
    return hub, scene.posts_of(hub).sort_values(["time", "post"])
