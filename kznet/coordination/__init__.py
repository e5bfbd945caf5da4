"""Pairs of accounts that shared the same objects within a window, and how surprising that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control

from kznet.coordination.tails import tails
from kznet.dataset import Dataset
from kznet.times import NO_TIME, microseconds, seconds
from kznet.windows import couples, within

WINDOWS: Final = ("10s", "30s", "60s", "5min", "15min", "1h")
COLUMNS: Final = (
    "source",
    "target",
    "objects",
    "median_gap",
    "leader",
    "q",
    "lead_share",
    "coincidences",
    "mean_gap",
    "shared_objects",
    "p",
)


@dataclass(frozen=True, eq=False)
class _Shares:
    """Who shared what and when, sorted by object and time; codes are positions in the dataset."""

    account: np.ndarray
    object: np.ndarray
    time: np.ndarray
    content: np.ndarray
    resolution: np.ndarray

    def finer_than(self, window: int) -> "_Shares":
        """Shares whose stamps can tell gaps within a window (in microseconds) apart."""
        fine = ~(self.resolution * 1e6 > window)
        return _Shares(
            self.account[fine],
            self.object[fine],
            self.time[fine],
            self.content[fine],
            self.resolution[fine],
        )


def pairs(
    data: Dataset, *, window: str = "60s", min_objects: int = 1, q: float | None = None
) -> pd.DataFrame:
    """Pairs of different accounts that shared the same object at most `window` apart.

    The window slides (both ends included), so that no pair is lost at the border of a bin. Shares
    whose time stamps are coarser than the window are left out: they would all seem to coincide.
    O(s log s + c log c) for s shares and c coincidences.

    Parameters
    ----------
    data
        Reposts with `post` and `time`; whose post it was need not be known.
    window
        Largest gap that counts, such as ``"60s"``.
    min_objects
        Fewest distinct objects a listed pair has in common within the window. The family of
        tests stays all pairs.
    q
        List only pairs whose q is at most this.

    Returns
    -------
    DataFrame
        One row a pair, `source` < `target`, sorted by them: `objects` shared within the window;
        `median_gap`, `mean_gap` in seconds over `coincidences`; `leader`, who was first more
        often (missing when neither), in `lead_share` of the coincidences; `shared_objects`
        shared at any distance; `p`, probability of at least that many `objects` in a pair
        with one, when each object's own arrival curve decides (Poisson-binomial tail); `q`
        after Benjamini and Hochberg over all pairs.

    References
    ----------
    Benjamini and Hochberg (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
    """
    table = _tested(_shares(data), window, len(data.accounts))
    listed = table["objects"] >= min_objects
    if q is not None:
        listed &= table["q"] <= q
    return _named(table[listed], data)


def sweep(data: Dataset, *, windows: Sequence[str] = WINDOWS, q: float = 0.05) -> pd.DataFrame:
    """Pairs and survivors at several windows, so that a window can be chosen with a reason.

    Returns
    -------
    DataFrame
        window, pairs, survivors (q at most `q`), jaccard (overlap of the surviving pairs with
        those of the window before; missing for the first), suggested (the smallest window
        with the most survivors).
    """
    rows = []
    found = _shares(data)
    before: set[tuple[int, int]] | None = None
    for window in sorted(windows, key=seconds):
        table = _tested(found, window, len(data.accounts))
        kept = table[table["q"] <= q]
        now = set(zip(kept["low"], kept["high"], strict=True))
        union = len(now | before) if before is not None else 0
        jaccard = len(now & before) / union if before is not None and union else np.nan
        rows.append((window, len(table), len(kept), jaccard))
        before = now
    result = pd.DataFrame(rows, columns=["window", "pairs", "survivors", "jaccard"])
    most = result["survivors"].max()
    result["suggested"] = (result["survivors"] == most) & (most > 0)
    result["suggested"] &= ~result["suggested"].shift(fill_value=False).cummax()
    return result


def affordable(
    data: Dataset, *, windows: Sequence[str] = WINDOWS, most: int = 1_000_000
) -> list[str]:
    """The windows, shortest first, up to the last that meets at most so many coincidences.

    Wide windows on much-shared posts meet quadratically many; counting them is linear.
    """
    found = _shares(data)
    kept = []
    for window in sorted(windows, key=seconds):
        width = round(seconds(window) * 1e6)
        fine = found.finer_than(width)
        if couples(fine.object, fine.time, width) > most:
            break
        kept.append(window)
    return kept


def shares(data: Dataset) -> int:
    """Count the reposts that can take part in a pair: those with an object and a time."""
    return len(_shares(data).account)


def too_coarse(data: Dataset, *, window: str = "60s") -> int:
    """Count the shares that `pairs` leaves out because their stamps are coarser than the window."""
    found = _shares(data)
    return len(found.account) - len(found.finer_than(round(seconds(window) * 1e6)).account)


def _tested(found: _Shares, window: str, n: int) -> pd.DataFrame:
    """All pairs by the codes of their accounts, with p and q."""
    width = round(seconds(window) * 1e6)
    found = found.finer_than(width)
    table, rate = _coincidences(found, width, n)
    table["p"], table["shared_objects"] = _significance(table, found, rate, n)
    table["q"] = false_discovery_control(table["p"]) if len(table) else table["p"]
    return table


def _shares(data: Dataset) -> _Shares:
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
    return _Shares(
        account[order], post[keep][order], time[keep][order], content[order], resolution[order]
    )


def _coincidences(found: _Shares, window: int, n: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Aggregate all coincidences to pairs; also each object's share of close account pairs."""
    first, second = _close(found, window)
    a, b = found.account[first], found.account[second]
    gap = (found.time[second] - found.time[first]) / 1e6
    lead = np.where(gap > 0, np.where(a < b, 1, -1), 0)
    key = np.minimum(a, b) * n + np.maximum(a, b)
    thing = found.object[first]
    order = np.lexsort([gap, thing, key])
    key, thing, gap, lead = key[order], thing[order], gap[order], lead[order]
    pair, start, count = np.unique(key, return_index=True, return_counts=True)
    new_object = np.ones(len(key), dtype=np.int64)
    new_object[1:] = (key[1:] != key[:-1]) | (thing[1:] != thing[:-1])
    low, high = np.divmod(pair, max(n, 1))
    sums = partial(np.add.reduceat, indices=start)
    table = pd.DataFrame(
        {
            "low": low,
            "high": high,
            "objects": sums(new_object),
            "median_gap": _median(key, gap, start, count),
            "mean_gap": sums(gap) / count,
            "coincidences": count,
            "ahead": sums((lead > 0).astype(np.int64)),
            "behind": sums((lead < 0).astype(np.int64)),
        }
    )
    return table, _closeness(thing[new_object == 1], found)


def _close(found: _Shares, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of all share pairs of one object within the window, by different accounts."""
    first, second = within(found.object, found.time, window)
    same = (found.content[first] == found.content[second]) & (found.content[first] >= 0)
    keep = (found.account[first] != found.account[second]) & ~same
    return first[keep], second[keep]


def _median(key: np.ndarray, gap: np.ndarray, start: np.ndarray, count: np.ndarray) -> np.ndarray:
    if not len(key):
        return gap
    ordered = gap[np.lexsort([gap, key])]
    middle = start + (count - 1) // 2
    result: np.ndarray = (ordered[middle] + ordered[start + count // 2]) / 2
    return result


def _closeness(close_object: np.ndarray, found: _Shares) -> np.ndarray:
    """Probability that two sharers of an object are within the window, by object code."""
    size = int(found.object.max()) + 1 if len(found.object) else 0
    close = np.bincount(close_object, minlength=size)
    sharers = np.unique(np.column_stack([found.object, found.account]), axis=0)[:, 0]
    k = np.bincount(sharers, minlength=size)
    return np.minimum(close / np.maximum(k * (k - 1) / 2, 1), 1.0)


def _significance(
    table: pd.DataFrame, found: _Shares, rate: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray]:
    """P(K >= objects | K >= 1) of the pairs, and how many objects each pair shared at all.

    A pair is in the table because it has one object; conditioning on that makes the p of a
    pair with exactly one equal to 1, so only repeated pairs are worth computing.
    """
    p = np.ones(len(table))
    shared = table["objects"].to_numpy().copy()
    incidence = csr_array(
        (np.ones(len(found.object)), (found.account, found.object)), shape=(n, len(rate))
    )
    incidence.data[:] = 1.0
    work = np.flatnonzero(table["objects"] >= 2)
    work = work[np.argsort(table["objects"].to_numpy()[work], kind="stable")]
    low, high = table["low"].to_numpy(), table["high"].to_numpy()
    for part in np.array_split(work, max(1, len(work) // 20_000)):
        both = csr_array(incidence[low[part]].multiply(incidence[high[part]]))
        shared[part] = np.diff(both.indptr)
        p[part] = tails(table["objects"].to_numpy()[part], both, rate)
    return p, shared


def _named(table: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Replace codes by ids; the accounts are sorted by id, so that low < high is the id order."""
    ids = data.accounts["account"].to_numpy()
    low, high = ids[table["low"]], ids[table["high"]]
    ahead, behind = table["ahead"].to_numpy(), table["behind"].to_numpy()
    leader = np.where(ahead > behind, low, high)
    result = table.assign(
        source=low,
        target=high,
        leader=pd.Series(leader, index=table.index, dtype="str").where(ahead != behind),
        lead_share=np.maximum(ahead, behind) / np.maximum(table["coincidences"], 1),
    )
    return result[list(COLUMNS)].reset_index(drop=True)
