"""Who shared what and when: the reposts that can take part in a pair."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.packing import order
from kznet.times import NO_TIME, microseconds, seconds


@dataclass(frozen=True, eq=False)
class Shares:
    """Who shared what and when, sorted by object and time; codes are positions in the dataset.

    `content` is empty where no share has one, and -1 where this one has none.
    """

    account: np.ndarray
    object: np.ndarray
    time: np.ndarray
    content: np.ndarray
    resolution: np.ndarray

    def __len__(self) -> int:
        return len(self.account)

    def finer_than(self, window: int) -> "Shares":
        """Shares whose stamps can tell gaps within a window (in microseconds) apart."""
        fine = ~(self.resolution * 1e6 > window)
        return self if fine.all() else self.at(np.flatnonzero(fine))

    def at(self, rows: np.ndarray) -> "Shares":
        """Shares at these positions, in this order."""
        return Shares(
            self.account[rows],
            self.object[rows],
            self.time[rows],
            self.content[rows] if len(self.content) else self.content,
            self.resolution[rows],
        )


def shares_of(data: Dataset) -> Shares:
    """The reposts with an object and a time, other than an author's own original."""
    ties = data.of_kind("repost")
    post = ties["post"].cat.codes.to_numpy(dtype=np.int32)
    time = microseconds(ties["time"])
    content, own = _contents(ties["content"], post, data)
    keep = np.flatnonzero((post >= 0) & (time != NO_TIME) & ~own)
    found = Shares(
        ties["source"].cat.codes.to_numpy(dtype=np.int32),
        post,
        time,
        content,
        ties["resolution"].to_numpy(),
    ).at(keep)
    return found.at(order([found.object, found.time]))


def _contents(column: pd.Series, post: np.ndarray, data: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Code of each content, and whether it is the very post that it shares."""
    if column.isna().all():
        return np.zeros(0, dtype=np.int32), np.zeros(len(post), dtype=bool)
    code, ids = pd.factorize(column)
    known = pd.Index(data.posts["post"]).get_indexer(pd.Index(ids).astype("str"))
    own = (code >= 0) & (np.append(known, -1)[code] == post) & (post >= 0)
    return code.astype(np.int32), own


def shares(data: Dataset) -> int:
    """Count the reposts that can take part in a pair: those with an object and a time."""
    return len(shares_of(data))


def too_coarse(data: Dataset, *, window: str = "60s") -> int:
    """Count the shares that `pairs` leaves out because their stamps are coarser than the window."""
    found = shares_of(data)
    return len(found) - len(found.finer_than(round(seconds(window) * 1e6)))
