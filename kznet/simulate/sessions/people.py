"""Who lives in a world of feeds: places on a political line, towns, and habits of the thumb."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.cast import (
    FOLLOWS_POLITICS,
    PRO_GOVERNMENT,
    SOCIAL_FIRST,
    TYPES,
    check_sources,
    political,
)
from kznet.simulate.draws import spread, stream
from kznet.simulate.world import World

TOWNS: Final = 16
LEAN: Final = (0.0, 0.7, -0.7)
_LOCAL: Final = ("regional", "akimat")


def people(world: World, *, seed: int) -> pd.DataFrame:
    """Every account of a world, sources first.

    Columns: type, camp, `lean` (-1 opposition to 1 pro-government, with overlap), `town` (-1
    where a source speaks to the whole country), `weight` (attraction), `pace` (posts a day),
    `activity` (readiness to repost), `appetite` (sittings a day), `capacity` (posts read in one
    sitting), `scroll` (seconds a post), `reflex` (a factor on the time to react), `political`
    (belongs to politics proper) and `cares` (may follow such).

    Raises
    ------
    DataError
        The world asks for a type of source that is not known.
    """
    check_sources(world)
    together = pd.concat([_sources(world, seed), _readers(world, seed)], ignore_index=True)
    lean = np.array(LEAN)[together["camp"]]
    first = together["first"].fillna(value=True).to_numpy(dtype=bool)
    found = together.drop(columns="first").join(_thumbs(len(together), seed))
    return found.assign(
        lean=lean + found["noise"],
        appetite=np.where(first, found["appetite"], (found["appetite"] + 1) // 2),
        political=political(found["type"]),
        cares=(found["type"] != "amplifier") | (found["camp"] > 0),
    ).drop(columns="noise")


def _sources(world: World, seed: int) -> pd.DataFrame:
    rng = stream(seed, "feed sources")
    kind = np.repeat(list(world.sources), list(world.sources.values()))
    camp = np.concatenate([_quota(TYPES[name].camps, n, rng) for name, n in world.sources.items()])
    place = rng.permutation(len(kind)) + 1
    attraction = np.array([TYPES[name].weight for name in kind])
    pace = np.array([TYPES[name].pace for name in kind])
    town = np.where(np.isin(kind, _LOCAL), rng.integers(0, TOWNS, len(kind)), -1)
    return pd.DataFrame(
        {
            "type": kind,
            "camp": camp,
            "town": town,
            "weight": attraction * (place / len(kind)) ** -0.5,
            "pace": pace * rng.gamma(6, 1 / 6, len(kind)),
        }
    )


def _quota(shares: tuple[float, ...], number: int, rng: np.random.Generator) -> np.ndarray:
    """Camps in their shares as exactly as the number allows, in a random order."""
    edges = np.cumsum(shares)[:-1]
    dealt = np.searchsorted(edges, (np.arange(number) + 0.5) / max(number, 1), side="right")
    return rng.permutation(dealt)


def _readers(world: World, seed: int) -> pd.DataFrame:
    """Private people; the survey's figures say how many follow politics, and on which side."""
    rng = stream(seed, "feed readers")
    follows, government = rng.beta(*FOLLOWS_POLITICS), rng.beta(*PRO_GOVERNMENT)
    lot = rng.random(world.amplifiers)
    return pd.DataFrame(
        {
            "type": "amplifier",
            "camp": np.select([lot < follows * government, lot < follows], [1, 2], 0),
            "town": rng.integers(0, TOWNS, world.amplifiers),
            "weight": rng.gamma(1.0, 1.0, world.amplifiers) + 0.1,
            "pace": 0.0,
            "first": rng.random(world.amplifiers) < rng.beta(*SOCIAL_FIRST),
        }
    )


def _thumbs(number: int, seed: int) -> pd.DataFrame:
    rng = stream(seed, "thumbs")
    return pd.DataFrame(
        {
            "noise": 0.3 * rng.standard_normal(number),
            "activity": np.minimum(spread(rng, number, 1.0), 10),
            "appetite": np.clip(3 + rng.gamma(2.0, 2.5, number), 2, 16).round().astype(np.int64),
            "capacity": 25 * spread(rng, number, 0.5),
            "scroll": 6 * spread(rng, number, 0.3),
            "reflex": spread(rng, number, 0.8),
        }
    )
