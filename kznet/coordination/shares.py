"""Who shared what and when: the reposts that can take part in a pair."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.times import NO_TIME, microseconds, seconds


@dataclass(frozen=True, eq=False)
class Shares:
    """Who shared what and when, sorted by object and time; codes are positions in the dataset."""

    account: np.ndarray
    object: np.ndarray
    time: np.ndarray
    content: np.ndarray
    resolution: np.ndarray

    def finer_than(self, window: int) -> "Shares":
        """Shares whose stamps can tell gaps within a window (in microseconds) apart."""
        fine = ~(self.resolution * 1e6 > window)
        return Shares(
            self.account[fine],
            self.object[fine],
            self.time[fine],
            self.content[fine],
            self.resolution[fine],
        )


def shares_of(data: Dataset) -> Shares:
    """The reposts with an object and a time, other than an author's own original."""
    ties = data.of_kind("repost")
    post = ties["post"].cat.codes.to_numpy(dtype=np.int64)
    time = microseconds(ties["time"])
    own = ties["content"].notna().to_numpy()
    if own.any():
        own = own & (ties["content"].to_numpy() == ties["post"].astype("str").to_numpy())
    keep = np.flatnonzero((post >= 0) & (time != NO_TIME) & ~own)
    content = pd.factorize(ties["content"].iloc[keep])[0]
    account = ties["source"].cat.codes.to_numpy(dtype=np.int64)[keep]
    order = np.lexsort([content, account, time[keep], post[keep]])
    resolution = ties["resolution"].to_numpy()[keep]
    return Shares(
        account[order], post[keep][order], time[keep][order], content[order], resolution[order]
    )


def shares(data: Dataset) -> int:
    """Count the reposts that can take part in a pair: those with an object and a time."""
    return len(shares_of(data).account)


def too_coarse(data: Dataset, *, window: str = "60s") -> int:
    """Count the shares that `pairs` leaves out because their stamps are coarser than the window."""
    found = shares_of(data)
    return len(found.account) - len(found.finer_than(round(seconds(window) * 1e6)).account)
