"""Small worlds of bodies that know and cite each other, and of pages that claim to be one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset

START = pd.Timestamp("2024-03-01", tz="UTC")
TOPICS = np.array(["roads", "water", "health"], dtype=object)


@dataclass(frozen=True)
class Bodies:
    """Rules of a world: `bodies` confirmed ones, `unlisted` like them, `posing` that are not.

    A body follows another with chance `known` and cites one in a share `cite` of its posts, a
    share that differs from body to body; for those that pose both are multiplied by `like`.
    """

    bodies: int = 9
    unlisted: int = 1
    posing: int = 1
    known: float = 0.55
    cite: float = 0.45
    like: float = 0.0
    posts: int = 30

    def world(self, seed: int) -> tuple[Dataset, pd.DataFrame]:
        """The data, and the registry of those that are confirmed."""
        rng = np.random.default_rng([17, seed])
        names = [f"x:r{i:02d}" for i in range(self.bodies)]
        names += [f"x:u{i}" for i in range(self.unlisted)]
        names += [f"x:z{i}" for i in range(self.posing)]
        ids = np.array(names, dtype=object)
        like = np.where(np.arange(len(ids)) < self.bodies + self.unlisted, 1.0, self.like)
        posts, mentions = self._posts(ids, like, rng)
        ties = pd.concat([self._follows(ids, like, rng), mentions], ignore_index=True)
        accounts = pd.DataFrame({"account": ids, "name": [f"Акимат {i}" for i in ids]})
        registry = pd.DataFrame({"account": ids[: self.bodies], "confirmed": "2024-02-01"})
        return Dataset(accounts, ties, posts), registry

    def _follows(self, ids: np.ndarray, like: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
        readers = np.array([f"x:a{i:02d}" for i in range(60)], dtype=object)
        by_people = np.argwhere(rng.random((60, len(ids))) < rng.uniform(0.1, 0.6, len(ids)))
        knows = rng.random((self.bodies, len(ids))) < self.known * like
        knows[np.arange(self.bodies), np.arange(self.bodies)] = False
        by_bodies = np.argwhere(knows)
        source = np.concatenate([readers[by_people[:, 0]], ids[by_bodies[:, 0]]])
        target = np.concatenate([ids[by_people[:, 1]], ids[by_bodies[:, 1]]])
        return pd.DataFrame({"source": source, "target": target, "kind": "follow"})

    def _posts(
        self, ids: np.ndarray, like: np.ndarray, rng: np.random.Generator
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        n = len(ids) * self.posts
        author = np.repeat(np.arange(len(ids)), self.posts)
        share = rng.beta(20 * self.cite, 20 * (1 - self.cite), len(ids)) * like
        aim = (author + rng.integers(1, self.bodies, n)) % self.bodies
        cites = (rng.random(n) < share[author]) & (aim != author)
        post = np.array([f"p{i:04d}" for i in range(n)], dtype=object)
        time = START + pd.to_timedelta(np.round(rng.uniform(0, 40 * 86_400, n)), unit="s")
        posts = pd.DataFrame({"post": post, "account": ids[author], "time": time})
        posts["topic"] = TOPICS[rng.integers(0, len(TOPICS), n)]
        mentions = {"source": ids[author[cites]], "target": ids[aim[cites]], "kind": "mention"}
        return posts, pd.DataFrame({**mentions, "content": post[cites]})


@pytest.fixture(scope="session")
def bodies() -> type[Bodies]:
    return Bodies


@pytest.fixture(scope="session")
def usual(bodies: Callable[..., Bodies]) -> tuple[Dataset, pd.DataFrame]:
    """Nine confirmed bodies, x:u0 that is like them and x:z0 that none knows."""
    return bodies().world(0)
