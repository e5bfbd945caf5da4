"""Small invented worlds of writers: topics by chance, reposts by chance, and what is planted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset

START = pd.Timestamp("2024-03-04", tz="UTC")
EVERYDAY = np.array(["culture", "sport", "weather", "schools", "museums"])
BURNING = np.array(["prices", "tariffs", "corruption"])
OWN = np.array(["promotion", "personal brand", "fundraising"])
READERS = np.array([f"reader{i:03d}" for i in range(150)])


@dataclass(frozen=True)
class Writer:
    """How one account writes, before and after a moment (a share of the span).

    `own` is the chance of self-interest, `burning` that of a pressing issue among the rest,
    `growth` the factor on reposts that is reached at the moment; `campaigns` of four days
    have three posts in five on self-interest.
    """

    own: tuple[float, float] = (0.1, 0.1)
    burning: tuple[float, float] = (0.4, 0.4)
    moment: float = 0.5
    growth: float = 1.0
    campaigns: int = 0
    posts: int = 80


@dataclass(frozen=True)
class Settings:
    days: float = 60.0
    reposts: float = 4.0


Build = Callable[..., Dataset]


def _posts(name: str, writer: Writer, days: float, rng: np.random.Generator) -> pd.DataFrame:
    place = np.sort(rng.random(writer.posts))
    late = place >= writer.moment
    selling = np.where(late, *writer.own[::-1])
    for begin in rng.random(writer.campaigns) * (1 - 4 / days):
        selling = np.where((place >= begin) & (place < begin + 4 / days), 0.6, selling)
    lot = rng.random((2, writer.posts))
    issue = lot[1] < np.where(late, *writer.burning[::-1])
    topic = np.where(issue, rng.choice(BURNING, writer.posts), rng.choice(EVERYDAY, writer.posts))
    topic = np.where(lot[0] < selling, rng.choice(OWN, writer.posts), topic)
    more = 1 + (writer.growth - 1) * np.minimum(place / writer.moment, 1)
    return pd.DataFrame(
        {
            "post": [f"{name}-{i:03d}" for i in range(writer.posts)],
            "account": name,
            "time": START + pd.to_timedelta((place * days * 86_400).astype(int), unit="s"),
            "topic": topic,
            "more": more,
        }
    )


def _reposts(posts: pd.DataFrame, mean: float, rng: np.random.Generator) -> pd.DataFrame:
    fame = posts["account"].map(dict(zip(*_fame(posts, rng), strict=True)))
    number = np.minimum(rng.poisson(mean * fame * posts["more"]), len(READERS))
    rows = posts.loc[posts.index.repeat(number)].reset_index(drop=True)
    order = rng.permuted(np.tile(np.arange(len(READERS)), (len(posts), 1)), axis=1)
    reader = np.concatenate([order[i, :k] for i, k in enumerate(number)])
    after = pd.to_timedelta(rng.integers(60, 100_000, len(rows)), unit="s")
    return pd.DataFrame(
        {
            "source": READERS[reader],
            "target": rows["account"],
            "kind": "repost",
            "time": rows["time"] + after,
            "post": rows["post"],
        }
    )


def _fame(posts: pd.DataFrame, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    names = posts["account"].unique()
    return names, np.exp(0.4 * rng.standard_normal(len(names)))


@pytest.fixture(scope="session")
def build() -> Build:
    """Make a dataset of writers by name."""

    def made(writers: Mapping[str, Writer], *, seed: int = 0, **settings: float) -> Dataset:
        rng, chosen = np.random.default_rng([17, seed]), Settings(**settings)
        tables = [_posts(name, one, chosen.days, rng) for name, one in writers.items()]
        posts = pd.concat(tables, ignore_index=True)
        ties = _reposts(posts, chosen.reposts, rng) if chosen.reposts else None
        kept = posts.drop(columns="more")
        return Dataset(posts=kept) if ties is None else Dataset(posts=kept, ties=ties)

    return made


@pytest.fixture(scope="session")
def writer() -> type[Writer]:
    """How one account writes."""
    return Writer


@pytest.fixture(scope="session")
def crowd() -> Callable[..., dict[str, Writer]]:
    """Ordinary accounts that sell a little, steadily, each with its own share of issues."""

    def made(number: int = 30, **changes: object) -> dict[str, Writer]:
        shares = np.linspace(0.2, 0.6, number)
        return {
            f"o{i:02d}": Writer(**{"burning": (float(share),) * 2, **changes})
            for i, share in enumerate(shares)
        }

    return made
