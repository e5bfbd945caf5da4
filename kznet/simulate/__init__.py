"""Worlds with planted campaigns and innocent look-alikes, for demonstration and error rates."""

from kznet.simulate.generator import GENERATORS, redrawn, simulate
from kznet.simulate.grades import Claims, Crews, Turns
from kznet.simulate.parts import PARTS
from kznet.simulate.tables import Simulation, write
from kznet.simulate.topics import CATEGORIES, SELF_INTEREST
from kznet.simulate.world import WORLDS, World, world

__all__ = [
    "CATEGORIES",
    "GENERATORS",
    "PARTS",
    "SELF_INTEREST",
    "WORLDS",
    "Claims",
    "Crews",
    "Simulation",
    "Turns",
    "World",
    "redrawn",
    "simulate",
    "world",
    "write",
]
