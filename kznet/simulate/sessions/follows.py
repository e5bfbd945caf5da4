"""Who follows whom in a world of feeds: near in town and opinion, and by copying others."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.draws import pick, stream
from kznet.simulate.world import World

COPIED: Final = 0.4
BACK: Final = 0.2
OWN_TOWN: Final = 10.0
OTHER_TOWN: Final = 0.15
DISTANCE: Final = 1.2


def follows(people: pd.DataFrame, world: World, *, seed: int) -> pd.DataFrame:
    """Every follow once, as source and target; a fifth of those between readers is returned."""
    of_sources, of_people = world.follows
    ties = np.concatenate(
        [
            _to_sources(people, of_sources, stream(seed, "feed follows")),
            _to_people(people, of_people, stream(seed, "feed friends")),
        ]
    )
    frame = pd.DataFrame(ties, columns=["source", "target"])
    return frame[frame["source"] != frame["target"]].drop_duplicates(ignore_index=True)


def nearness(people: pd.DataFrame, account: int) -> np.ndarray:
    """How near every account is to one in opinion, 0 to 1."""
    lean = people["lean"].to_numpy()
    near: np.ndarray = np.exp(-DISTANCE * np.abs(lean - lean[account]))
    return near


def _to_sources(people: pd.DataFrame, mean: float, rng: np.random.Generator) -> np.ndarray:
    """Pick by nearness and attraction; then some of it is replaced by what a neighbour picked."""
    sources = np.flatnonzero(people["type"] != "amplifier")
    number = rng.negative_binomial(3, 3 / (3 + mean), len(people))
    reader = np.repeat(np.arange(len(people)), number)
    taste = np.column_stack([_taste(people, int(j)) for j in sources])
    edges = np.cumsum(taste, axis=1)
    edges = edges / np.maximum(edges[:, -1:], 1e-9) + np.arange(len(people))[:, None]
    place = np.searchsorted(edges.ravel(), reader + rng.random(len(reader)), side="right")
    chosen = np.minimum(place - reader * len(sources), len(sources) - 1)
    order = np.lexsort([rng.random(len(reader)), people["lean"].to_numpy()[reader]])
    # In the order of opinion the one before is a neighbour.
    neighbour = np.empty_like(chosen)
    neighbour[order] = np.roll(chosen[order], 1)
    chosen = np.where(rng.random(len(chosen)) < COPIED, neighbour, chosen)
    wanted = taste[reader, chosen] > 0
    return np.column_stack([reader[wanted], sources[chosen[wanted]]])


def _taste(people: pd.DataFrame, source: int) -> np.ndarray:
    town = people["town"].to_numpy()
    local = np.where(town == town[source], OWN_TOWN, OTHER_TOWN) if town[source] >= 0 else 1.0
    open_to = people["cares"].to_numpy() if people["political"].iloc[source] else 1.0
    weight = float(people["weight"].iloc[source])
    wish: np.ndarray = nearness(people, source) * local * open_to * weight
    return wish


def _to_people(people: pd.DataFrame, mean: float, rng: np.random.Generator) -> np.ndarray:
    """Circles of acquaintances: mostly of the same town, the others of like opinion."""
    members = np.flatnonzero(people["type"] == "amplifier")
    if not len(members):
        return np.empty((0, 2), dtype=np.int64)
    weight = people["weight"].to_numpy()[members]
    number = rng.poisson(mean / (1 + BACK), len(members))
    reader = np.repeat(np.arange(len(members)), number)
    near = rng.random(len(reader)) < 0.6
    target = np.empty_like(reader)
    for column, here in (("town", near), ("camp", ~near)):
        group = people[column].to_numpy()[members]
        for value in np.unique(group):
            asking = here & (group[reader] == value)
            target[asking] = pick(rng, weight * (group == value), int(asking.sum()))
    ties = np.column_stack([members[reader], members[target]])
    back = rng.random(len(ties)) < BACK
    return np.concatenate([ties, ties[back][:, ::-1]])
