"""Who lives in a world: sources of each type, and the private people around them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.errors import DataError
from kznet.simulate.clock import DAY, HOUR
from kznet.simulate.draws import pareto, spread, stream
from kznet.simulate.world import World

CAMPS: Final = ("", "pro-government", "opposition")
HOMOPHILY: Final = 6.0


@dataclass(frozen=True)
class SourceType:
    """What accounts of one type have in common.

    `weight` is their attraction beside that of others, `pace` their posts a day, `camps` the
    chances of no camp, pro-government and opposition.
    """

    role: str
    weight: float
    pace: float
    camps: tuple[float, float, float]
    political: bool = False


TYPES: Final = {
    "politician": SourceType("politician", 1.0, 0.7, (0.0, 0.7, 0.3), political=True),
    "ministry": SourceType("government", 1.0, 0.9, (0.0, 1.0, 0.0), political=True),
    "opposition": SourceType("opposition", 1.2, 0.8, (0.0, 0.0, 1.0), political=True),
    "blogger": SourceType("blogger", 0.9, 0.8, (0.4, 0.3, 0.3)),
    "news": SourceType("media", 1.2, 1.8, (0.4, 0.4, 0.2)),
    "regional": SourceType("media", 0.9, 1.0, (0.4, 0.3, 0.3)),
    "aggregator": SourceType("media", 0.6, 0.3, (1.0, 0.0, 0.0)),
    "celebrity": SourceType("other", 1.8, 0.6, (0.6, 0.3, 0.1)),
    "akimat": SourceType("government", 0.4, 0.7, (0.0, 1.0, 0.0), political=True),
}
# Survey of 93 people, Kazakhstan 2022, as Beta draws: follows politicians, parties or bodies;
# pro-government among those who do; social networks as the first source on politics.
FOLLOWS_POLITICS: Final = (40.5, 53.5)
PRO_GOVERNMENT: Final = (34.5, 6.5)
SOCIAL_FIRST: Final = (67.5, 26.5)
_ELSEWHERE: Final = 0.5


def people(world: World, *, seed: int) -> pd.DataFrame:
    """Every account of a world with its habits, sources first; columns as `Scene` says.

    Raises
    ------
    DataError
        The world asks for a type of source that is not known.
    """
    check_sources(world)
    sources = [_sources(name, number, seed=seed) for name, number in world.sources.items()]
    together = pd.concat([*sources, _amplifiers(world.amplifiers, seed=seed)], ignore_index=True)
    return together.join(_habits(len(together), seed=seed))


def check_sources(world: World) -> None:
    """Refuse a world that asks for a type of source that is not known."""
    strange = sorted(set(world.sources) - set(TYPES))
    if strange:
        raise DataError(f"world: unknown types of source {strange}; known: {', '.join(TYPES)}")


def political(types: pd.Series) -> np.ndarray:
    """Whether accounts of these types belong to politics proper."""
    return types.isin([name for name, kind in TYPES.items() if kind.political]).to_numpy()


def affinity(camps: np.ndarray, camp: int | np.ndarray) -> np.ndarray:
    """How much more accounts of these camps care for one camp: 6 for their own, else 1."""
    return np.where(camps == camp, HOMOPHILY, 1.0)


def _sources(name: str, number: int, *, seed: int) -> pd.DataFrame:
    kind = TYPES[name]
    rng = stream(seed, f"sources {name}")
    return pd.DataFrame(
        {
            "type": name,
            "camp": np.searchsorted(np.cumsum(kind.camps)[:-1], rng.random(number), side="right"),
            "weight": kind.weight * spread(rng, number, 0.5),
            "pace": kind.pace * spread(rng, number, 0.4),
            "activity": pareto(rng, number, tail=1.6, cap=12),
        }
    )


def _amplifiers(number: int, *, seed: int) -> pd.DataFrame:
    rng = stream(seed, "amplifiers")
    follows, government, social = (
        rng.beta(*figure) for figure in (FOLLOWS_POLITICS, PRO_GOVERNMENT, SOCIAL_FIRST)
    )
    side = np.where(rng.random(number) < government, 1, 2)
    first = rng.random(number) < social
    activity = pareto(rng, number, tail=1.6, cap=12)
    return pd.DataFrame(
        {
            "type": "amplifier",
            "camp": np.where(rng.random(number) < follows, side, 0),
            "weight": pareto(rng, number, tail=1.6, cap=12),
            "pace": 0.0,
            "activity": activity * np.where(first, 1.0, _ELSEWHERE),
        }
    )


def _habits(number: int, *, seed: int) -> pd.DataFrame:
    rng = stream(seed, "habits")
    wake = 7.5 * HOUR + 1.2 * HOUR * rng.standard_normal(number)
    sleep = 7.5 * HOUR + 0.8 * HOUR * rng.standard_normal(number)
    return pd.DataFrame(
        {
            "speed": 0.7 * rng.standard_normal(number),
            "sociable": spread(rng, number, 0.7),
            "wake": wake % DAY,
            "sleep": np.clip(sleep, 5 * HOUR, 10 * HOUR),
        }
    )
