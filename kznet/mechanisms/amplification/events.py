"""The reposts that the synchrony test looks at: who, which post, how long after it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kznet.dataset import Dataset
from kznet.times import NO_TIME, microseconds

COARSEST: Final = 60.0
_STEPS: Final = (86400.0, 3600.0, 60.0)
_FEWEST_STAMPS: Final = 5


@dataclass(frozen=True, eq=False)
class Events:
    """First reposts of other accounts' posts, sorted by source, post, account.

    `source`, `account` and `post` are positions in the dataset; `time` and `latency` are in
    seconds, dithered where stamps are coarse. `posts` counts the posts of each source.
    """

    source: np.ndarray
    account: np.ndarray
    post: np.ndarray
    time: np.ndarray
    latency: np.ndarray
    posts: np.ndarray
    resolution: float
    assumed_origins: int
    before_origin: int

    def take(self, rows: np.ndarray) -> "Events":
        """Return these rows alone."""
        return replace(
            self,
            source=self.source[rows],
            account=self.account[rows],
            post=self.post[rows],
            time=self.time[rows],
            latency=self.latency[rows],
        )


def events(data: Dataset, *, seed: int = 0) -> Events:
    """Reposts with author, post and time, the first of each account and post.

    A post of unknown time starts with its first observed repost, which then is not itself an
    event. Stamps coarser than a second are spread evenly over their unit, seeded.
    """
    author = data.authors
    ties = data.of_kind("repost")
    account = ties["source"].cat.codes.to_numpy(dtype=np.int64)
    post = ties["post"].cat.codes.to_numpy(dtype=np.int64)
    stamp = microseconds(ties["time"])
    keep = (post >= 0) & (stamp != NO_TIME)
    keep[keep] = (author[post[keep]] >= 0) & (author[post[keep]] != account[keep])
    account, post, time = account[keep], post[keep], stamp[keep] / 1e6
    order = np.lexsort([time, account, post])
    account, post, time = account[order], post[order], time[order]
    first = np.ones(len(post), dtype=bool)
    first[1:] = (np.diff(post) != 0) | (np.diff(account) != 0)
    account, post, time = account[first], post[first], time[first]
    unit = resolution(time)
    if unit > 1:
        time = time + np.random.default_rng([seed, 2]).random(len(time)) * unit
    origin, assumed = _origins(data, post, time)
    latency = time - origin[post]
    usable = latency > 0
    early = int((~usable).sum()) - assumed
    counts = np.bincount(author[author >= 0], minlength=len(data.accounts))
    found = Events(
        author[post], account, post, time, np.maximum(latency, 1.0), counts, unit, assumed, early
    )
    rows = np.flatnonzero(usable)
    return found.take(rows[np.lexsort([account[rows], post[rows], author[post[rows]]])])


def resolution(time: np.ndarray) -> float:
    """Unit of which nearly all stamps are whole multiples, in seconds; 1 for anything finer.

    >>> resolution(np.array([60.0, 120, 600, 660, 3000])), resolution(np.array([1.0, 2, 3]))
    (60.0, 1.0)
    """
    if len(time) < _FEWEST_STAMPS:
        return 1.0
    for unit in _STEPS:
        if (time % unit == 0).mean() >= 0.99:
            return unit
    return 1.0


def _origins(data: Dataset, post: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, int]:
    """Time of each post in seconds, and how many had to be taken from their first repost."""
    stamp = microseconds(data.posts["time"])
    origin = np.where(stamp == NO_TIME, np.inf, stamp / 1e6)
    unknown = ~np.isfinite(origin)
    earliest = np.full(len(origin), np.inf)
    np.minimum.at(earliest, post, time)
    return np.where(unknown, earliest, origin), int((unknown & np.isfinite(earliest)).sum())
