"""Which communities and accounts get a page of their own."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kznet.privacy import FEWEST
from kznet.report.atlas.world import World

MOST_COMMUNITIES: Final = 100
FIRST_OF_EACH: Final = 25
FIRST_OF_ALL: Final = 200


@dataclass(frozen=True, eq=False)
class Plan:
    """What has a page: blocks, the largest first, and positions, the first to be kept first.

    `small` counts the communities of fewer than five accounts, of which nothing is told;
    `communities` counts all others.
    """

    blocks: np.ndarray
    accounts: np.ndarray
    communities: int
    small: int

    def first(self, count: int) -> "Plan":
        """Keep so many accounts."""
        return replace(self, accounts=self.accounts[:count])


def plan(world: World) -> Plan:
    """Choose the largest communities; all called and listed hubs, then the first of each."""
    sizes = world.blocks.accounts
    order = np.lexsort([np.arange(len(sizes)), -sizes])
    large = order[sizes[order] >= FEWEST]
    chosen = large[:MOST_COMMUNITIES]
    rest = _first_of_each(world, chosen) if len(chosen) else _widest(world)
    accounts = np.concatenate([_hubs(world), rest])
    _, at = np.unique(accounts, return_index=True)
    small = len(sizes) - len(large)
    return Plan(chosen, accounts[np.sort(at)], len(large), small)


def _hubs(world: World) -> np.ndarray:
    called = [at for at, row in world.hubs.items() if row["status"] == "hub"]
    others = [at for at, row in world.hubs.items() if row["listed"] and row["status"] != "hub"]
    return np.array([*called, *others], dtype=np.int64)


def _first_of_each(world: World, chosen: np.ndarray) -> np.ndarray:
    """The first of every community, then the second of every one, and so on."""
    first = [world.blocks.members(block)[:FIRST_OF_EACH] for block in chosen]
    place = np.concatenate([np.arange(len(members)) for members in first])
    return np.concatenate(first)[np.argsort(place, kind="stable")]


def _widest(world: World) -> np.ndarray:
    reach = world.blocks.reach
    order = np.lexsort([np.arange(len(reach)), -reach])
    return order[:FIRST_OF_ALL]
