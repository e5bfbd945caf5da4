"""One organic and one planted world for all tests here."""

from dataclasses import replace

import pytest

from kznet.simulate import WORLDS, Simulation, simulate
from kznet.simulate.generator import planted
from kznet.simulate.scene import Scene

SMALL = WORLDS["small"]


@pytest.fixture(scope="session")
def organic() -> Scene:
    """A small world in which nothing is planted."""
    return planted(replace(SMALL, parts={}), seed=3)


@pytest.fixture(scope="session")
def scene() -> Scene:
    """A small world with one of each part, in numbers."""
    return planted(SMALL, seed=3)


@pytest.fixture(scope="session")
def small() -> Simulation:
    """The same world with ids and names."""
    return simulate(seed=3, world=SMALL)
