"""Who follows whom: a degree-corrected block model over camps."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.cast import CAMPS, affinity, political
from kznet.simulate.draws import pick, stream
from kznet.simulate.world import World

RECIPROCITY: Final = 0.1


def follows(people: pd.DataFrame, world: World, *, seed: int) -> pd.DataFrame:
    """Every follow once, as source and target.

    Amplifiers without a camp are the people who follow no politician, party or body. Some
    follows are returned, so that a tenth of all are mutual.
    """
    of_sources, of_people = world.follows
    ties = np.concatenate(
        [
            _to_sources(people, of_sources, stream(seed, "follows of sources")),
            _to_people(people, of_people, stream(seed, "follows of amplifiers")),
        ]
    )
    back = stream(seed, "follows back").random(len(ties)) < RECIPROCITY / (2 - RECIPROCITY)
    ties = np.concatenate([ties, ties[back][:, ::-1]])
    frame = pd.DataFrame(ties, columns=["source", "target"])
    return frame[frame["source"] != frame["target"]].drop_duplicates(ignore_index=True)


def _to_sources(people: pd.DataFrame, mean: float, rng: np.random.Generator) -> np.ndarray:
    """Return pairs of an account and a source; every pair is its own coin."""
    targets = np.flatnonzero(people["type"] != "amplifier").tolist()
    interest = np.sum([_interest(people, j).sum() for j in targets])
    scale = mean * len(people) / interest
    found = [
        np.flatnonzero(rng.random(len(people)) < scale * _interest(people, j)) for j in targets
    ]
    number = [len(sources) for sources in found]
    return np.column_stack([np.concatenate(found), np.repeat(targets, number)])


def _interest(people: pd.DataFrame, target: int) -> np.ndarray:
    """How readily each account follows one source."""
    camp = people["camp"].to_numpy()
    wish: np.ndarray = affinity(camp, camp[target]) * people["sociable"].to_numpy()
    if political(people["type"].iloc[[target]]).all():
        wish[(people["type"] == "amplifier").to_numpy() & (camp == 0)] = 0
    return wish * float(people["weight"].iloc[target])


def _to_people(people: pd.DataFrame, mean: float, rng: np.random.Generator) -> np.ndarray:
    """Return pairs of two amplifiers, drawn as stubs inside and across camps."""
    members = np.flatnonzero(people["type"] == "amplifier")
    camp, weight, sociable = (
        people[name].to_numpy()[members] for name in ("camp", "weight", "sociable")
    )
    source = pick(rng, sociable, int(mean * len(members)))
    target = np.empty_like(source)
    for side in range(len(CAMPS)):
        here = camp[source] == side
        target[here] = pick(rng, weight * affinity(camp, side), int(here.sum()))
    return np.column_stack([members[source], members[target]])
