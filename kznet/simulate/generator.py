"""The one call that makes a world."""

from dataclasses import replace

import pandas as pd

from kznet.simulate.cast import people
from kznet.simulate.clock import clock
from kznet.simulate.draws import stream
from kznet.simulate.follows import follows
from kznet.simulate.parts import PARTS
from kznet.simulate.reposts import organic, published
from kznet.simulate.scene import Scene, changed
from kznet.simulate.tables import Simulation, simulation
from kznet.simulate.world import WORLDS, World


def simulate(*, seed: int = 0, world: World = WORLDS["default"]) -> Simulation:
    """A world of sources and amplifiers, with planted campaigns and innocent look-alikes.

    The same seed and settings give the same world. Each step draws from a stream of its own,
    so that more or other parts leave the accounts, follows, posts and organic reposts as they
    were.

    Raises
    ------
    DataError
        The settings ask for more parts than there are sources fit for them, or for a type of
        source that is not known.
    UnknownNameError
        The settings ask for a part that is not known.

    Examples
    --------
    >>> from kznet.simulate import WORLDS
    >>> made = simulate(seed=1, world=WORLDS["small"])
    >>> len(made.dataset.accounts), made.truth["label"].eq("plant").sum().item()
    (628, 3)
    """
    return simulation(planted(world, seed=seed))


def planted(world: World, *, seed: int) -> Scene:
    """The world in numbers, complete but for ids and names."""
    wanted = {name: PARTS[name] for name in world.parts}
    scene = _organic(world, seed=seed)
    for name in (name for name in PARTS if name in wanted):
        for number in range(world.parts[name]):
            scene = changed(scene, wanted[name](scene, stream(seed, name, number), number))
    return scene


def _organic(world: World, *, seed: int) -> Scene:
    """The world before anything is planted."""
    time = clock(world.start, world.days)
    everyone = people(world, seed=seed)
    posts = published(everyone, time, world.pace, seed=seed)
    none = pd.DataFrame({name: pd.Series(dtype="int64") for name in ("account", "post", "time")})
    scene = Scene(seed, world, time, everyone, follows(everyone, world, seed=seed), posts, none)
    return replace(scene, reposts=organic(scene, posts, stream(seed, "reposts")))
