"""Large invented worlds of follows and reposts, from a seed, for the benchmarks."""

from benchmarks.worlds.world import World, world
from benchmarks.worlds.write import write

__all__ = ["World", "world", "write"]
