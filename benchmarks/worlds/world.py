"""Who follows and reposts whom in a large invented world: heavy tails everywhere, no campaigns."""

from dataclasses import dataclass
from typing import Final

import numpy as np

_GROUPS: Final = 20
_OWN: Final = 0.8
_START: Final = 1_704_067_200
_DAYS: Final = 90
_MOST_REPOSTS: Final = 5_000
_VIRAL_POSTS: Final = 20
_VIRAL_SHARE: Final = 0.4
_VIRAL_SECONDS: Final = 5_800
_TYPICAL: Final = 1_200.0


@dataclass(frozen=True, eq=False)
class World:
    """Follows, posts and reposts as codes and seconds since 1970.

    `group` and `audience` go by account, shape (n,); `author` and `published` by post. Rows are
    in no order that a reader could lean on.
    """

    group: np.ndarray
    audience: np.ndarray
    author: np.ndarray
    published: np.ndarray
    follower: np.ndarray
    followed: np.ndarray
    reposter: np.ndarray
    post: np.ndarray
    time: np.ndarray


def world(
    reposts: int,
    *,
    follows: int | None = None,
    accounts: int = 0,
    seed: int = 0,
    viral: bool = False,
) -> World:
    """Make a world of so many rows.

    Parameters
    ----------
    reposts, follows
        Rows of each kind; as many follows as reposts where not given, less where so many
        different couples are hard to find.
    accounts
        A tenth of the reposts where not given.
    viral
        Whether two fifths of the reposts fall on 20 posts, within 97 minutes of each: some
        80 million couples of reposts within a minute for each million rows.
    """
    rng = np.random.default_rng([seed, reposts, viral])
    n = accounts or max(reposts // 10, 10)
    crowd = _Crowd(n, rng)
    audience = rng.pareto(1.2, n) + 0.01
    author = crowd.drawn(audience, max(reposts // 10, _VIRAL_POSTS), rng)
    published = _START + rng.integers(0, _DAYS * 86_400, len(author))
    post = rng.permutation(_posts(len(author), reposts, viral, rng))
    reposter = crowd.near(author[post], rng)
    follower, followed = _follows(crowd, audience, reposts if follows is None else follows, rng)
    late = rng.lognormal(np.log(_TYPICAL), 1.6, reposts)
    if viral:
        late = np.where(post < _VIRAL_POSTS, rng.random(reposts) * _VIRAL_SECONDS, late)
    time = published[post] + np.maximum(late, 1.0).astype(np.int64)
    return World(crowd.group, audience, author, published, follower, followed, reposter, post, time)


class _Crowd:
    """Accounts in groups of unequal size, some far more active than others."""

    def __init__(self, n: int, rng: np.random.Generator) -> None:
        share = 1 / np.arange(1, _GROUPS + 1)
        self.group = np.sort(rng.choice(_GROUPS, n, p=share / share.sum()))
        self._ends = np.cumsum(rng.pareto(1.5, n) + 0.1)
        first = np.searchsorted(self.group, np.arange(_GROUPS + 1))
        bounds = np.concatenate([[0.0], self._ends])[first]
        self._low, self._high = bounds[:-1], bounds[1:]

    def drawn(self, weight: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
        """Accounts in proportion to a weight, shape (count,)."""
        ends = np.cumsum(weight)
        found: np.ndarray = np.searchsorted(ends, rng.random(count) * ends[-1], side="right")
        return found

    def near(self, other: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """For each account one that is active, mostly of its own group."""
        own = rng.random(len(other)) < _OWN
        low = np.where(own, self._low[self.group[other]], 0.0)
        high = np.where(own, self._high[self.group[other]], self._ends[-1])
        place = low + rng.random(len(other)) * (high - low)
        found: np.ndarray = np.searchsorted(self._ends, place, side="right")
        result: np.ndarray = np.minimum(found, len(self._ends) - 1)
        return result


def _follows(
    crowd: _Crowd, audience: np.ndarray, count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Who follows whom: as many different couples as asked, or nearly so."""
    followed = crowd.drawn(audience, 2 * count, rng)
    key = np.unique(crowd.near(followed, rng) * len(audience) + followed)
    return np.divmod(rng.permutation(key)[:count], len(audience))


def _posts(posts: int, reposts: int, viral: bool, rng: np.random.Generator) -> np.ndarray:
    """Post of each repost; posts differ in size by a power law that is cut at 5,000 a post."""
    size = np.minimum(rng.pareto(1.6, posts) + 0.2, _MOST_REPOSTS * posts / reposts)
    ends = np.cumsum(size)
    found: np.ndarray = np.searchsorted(ends, rng.random(reposts) * ends[-1], side="right")
    if viral:
        most = round(_VIRAL_SHARE * reposts)
        found[:most] = np.arange(most) % _VIRAL_POSTS
    return found
