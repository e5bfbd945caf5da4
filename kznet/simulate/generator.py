"""The one call that makes a world."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from kznet.registry import Registry
from kznet.simulate.bodies import with_bodies
from kznet.simulate.cast import people
from kznet.simulate.clock import clock
from kznet.simulate.draws import stream
from kznet.simulate.follows import follows
from kznet.simulate.parts import PARTS, check_content
from kznet.simulate.reposts import organic, published
from kznet.simulate.scene import Scene, changed
from kznet.simulate.sessions import sessions
from kznet.simulate.tables import Simulation, simulation
from kznet.simulate.topics import with_topics
from kznet.simulate.world import WORLDS, World

Generator = Callable[..., Scene]

# Further apart than any two seeds that anybody would use.
_APART: Final = 1_000_003

GENERATORS: Final[Registry[Generator]] = Registry("generator")


def simulate(*, seed: int = 0, world: World = WORLDS["default"]) -> Simulation:
    """A world of sources and amplifiers, with planted campaigns and innocent look-alikes.

    The same seed and settings give the same world. Each step draws from a stream of its own,
    so that more or other parts leave the accounts, follows, posts and organic reposts as they
    were.

    Raises
    ------
    DataError
        The settings ask for more parts than there are sources fit for them, for a type of
        source that is not known, or for parts about content in a world without it.
    UnknownNameError
        The settings ask for a part or a generator that is not known.

    Examples
    --------
    >>> from kznet.simulate import WORLDS
    >>> made = simulate(seed=1, world=WORLDS["small"])
    >>> len(made.dataset.accounts), made.truth["label"].eq("plant").sum().item()
    (628, 3)
    """
    return simulation(GENERATORS[world.generator](world, seed=seed))


def planted(world: World, *, seed: int) -> Scene:
    """Each repost drawn by its latency; complete but for ids and names."""
    wanted = {name: PARTS[name] for name in world.parts}
    check_content(world)
    scene = _organic(world, seed=seed)
    for name in (name for name in PARTS if name in wanted):
        for number in range(world.parts[name]):
            scene = changed(scene, wanted[name](scene, stream(seed, name, number), number))
    return with_topics(with_bodies(scene)) if world.content else scene


def redrawn(world: World, *, seed: int, draw: int) -> Simulation:
    """The accounts and follows of a world, with posts and organic reposts drawn once more.

    Nothing is planted, and reposts are drawn by latency. Draw 0 is the world as it is made.
    """
    return simulation(_organic(replace(world, parts={}, content=False), seed=seed, draw=draw))


def _organic(world: World, *, seed: int, draw: int = 0) -> Scene:
    """The world before anything is planted."""
    time = clock(world.start, world.days)
    everyone = people(world, seed=seed)
    again = seed + draw * _APART
    posts = published(everyone, time, world.pace, seed=again)
    none = pd.DataFrame({name: pd.Series(dtype="int64") for name in ("account", "post", "time")})
    scene = Scene(seed, world, time, everyone, follows(everyone, world, seed=seed), posts, none)
    return replace(scene, reposts=organic(scene, posts, stream(again, "reposts")))


GENERATORS.register(planted, name="latency")
GENERATORS.register(sessions)
