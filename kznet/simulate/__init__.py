"""Worlds with planted campaigns and innocent look-alikes, for demonstration and error rates."""

from kznet.simulate.generator import simulate
from kznet.simulate.parts import PARTS
from kznet.simulate.tables import Simulation, write
from kznet.simulate.world import WORLDS, Crews, World, world

__all__ = ["PARTS", "WORLDS", "Crews", "Simulation", "World", "simulate", "world", "write"]
