"""The reposts that the synchrony test looks at: who, which post, how long after it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kznet.dataset import Dataset
from kznet.times import NO_TIME, microseconds, resolution

COARSEST: Final = 60.0


@dataclass(frozen=True, eq=False)
class Events:
    """First reposts of other accounts' posts, sorted by source, post, account.

    `source`, `account` and `post` are positions in the dataset; `time` and `latency` are in
    seconds, spread evenly over `resolution`, the unit of the stamp. `posts` counts the posts of
    each source, `coarse` its reposts left out because their stamps are coarser than a minute;
    `coarsest` is the largest unit met.
    """

    source: np.ndarray
    account: np.ndarray
    post: np.ndarray
    time: np.ndarray
    latency: np.ndarray
    resolution: np.ndarray
    posts: np.ndarray
    coarse: np.ndarray
    coarsest: float
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
            resolution=self.resolution[rows],
        )


def events(data: Dataset, *, seed: int = 0) -> Events:
    """Reposts with author, post and time, the first of each account and post.

    A post of unknown time starts with its first observed repost, which then is not itself an
    event. Stamps coarser than a second are spread evenly over their unit, seeded; those coarser
    than a minute are left out and counted.
    """
    author = data.authors
    ties, stamp = data.ties, microseconds(data.ties["time"])
    account, post = (ties[name].cat.codes.to_numpy(np.int64) for name in ("source", "post"))
    keep = (ties["kind"] == "repost").to_numpy() & (post >= 0) & (stamp != NO_TIME)
    keep[keep] = (author[post[keep]] >= 0) & (author[post[keep]] != account[keep])
    account, post, time = account[keep], post[keep], stamp[keep] / 1e6
    unit = _units(ties["resolution"].to_numpy()[keep], time)
    order = np.lexsort([time, account, post])
    account, post, time, unit = account[order], post[order], time[order], unit[order]
    first = np.ones(len(post), dtype=bool)
    first[1:] = (np.diff(post) != 0) | (np.diff(account) != 0)
    account, post, time, unit = account[first], post[first], time[first], unit[first]
    coarse = np.bincount(author[post[unit > COARSEST]], minlength=len(data.accounts))
    coarsest = float(unit.max(initial=1.0))
    fine = unit <= COARSEST
    account, post, time, unit = account[fine], post[fine], time[fine], unit[fine]
    if (unit > 1).any():
        spread = np.random.default_rng([seed, 2]).random(len(time)) * unit
        time = np.where(unit > 1, time + spread, time)
    origin, assumed = _origins(data, post, time)
    latency = time - origin[post]
    usable = latency > 0
    early = int((~usable).sum()) - assumed
    counts = np.bincount(author[author >= 0], minlength=len(data.accounts))
    found = Events(
        author[post],
        account,
        post,
        time,
        np.maximum(latency, 1.0),
        unit,
        counts,
        coarse,
        coarsest,
        assumed,
        early,
    )
    rows = np.flatnonzero(usable)
    return found.take(rows[np.lexsort([account[rows], post[rows], author[post[rows]]])])


def _units(known: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Unit of each stamp; found from the stamps together where the data do not say it."""
    unknown = np.isnan(known)
    return np.where(unknown, resolution(time[unknown]), known)


def _origins(data: Dataset, post: np.ndarray, time: np.ndarray) -> tuple[np.ndarray, int]:
    """Time of each post in seconds, and how many had to be taken from their first repost."""
    stamp = microseconds(data.posts["time"])
    origin = np.where(stamp == NO_TIME, np.inf, stamp / 1e6)
    unknown = ~np.isfinite(origin)
    earliest = np.full(len(origin), np.inf)
    np.minimum.at(earliest, post, time)
    return np.where(unknown, earliest, origin), int((unknown & np.isfinite(earliest)).sum())
