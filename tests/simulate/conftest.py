"""One organic and one planted world for all tests here, and two with content."""

from dataclasses import replace

import pytest

from kznet.simulate import WORLDS, Simulation, simulate
from kznet.simulate.generator import planted
from kznet.simulate.scene import Scene
from kznet.simulate.sessions import sessions
from kznet.simulate.tables import simulation

SMALL = WORLDS["small"]
COMPACT = WORLDS["compact"]


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


@pytest.fixture(scope="session")
def rich() -> Scene:
    """A compact world with content and some of every part, in numbers."""
    return planted(COMPACT, seed=3)


@pytest.fixture(scope="session")
def feeds() -> Scene:
    """The same settings in the hands of the second generator."""
    return sessions(replace(COMPACT, generator="sessions"), seed=3)


@pytest.fixture(scope="session", params=["latency", "sessions"])
def either(request: pytest.FixtureRequest, rich: Scene, feeds: Scene) -> Scene:
    """A compact world of each generator."""
    return rich if request.param == "latency" else feeds


@pytest.fixture(scope="session")
def told(either: Scene) -> Simulation:
    """That world with ids and names."""
    return simulation(either)
