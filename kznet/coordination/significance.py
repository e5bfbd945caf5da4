"""How surprising it is that two accounts shared so many objects within a window."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control

from kznet.coordination.coincidences import coincidences
from kznet.coordination.shares import Shares
from kznet.coordination.tails import tails
from kznet.times import seconds


def tested(found: Shares, window: str, n: int) -> pd.DataFrame:
    """All pairs by the codes of their accounts, with p and q."""
    width = round(seconds(window) * 1e6)
    found = found.finer_than(width)
    table, rate = coincidences(found, width, n)
    table["p"], table["shared_objects"] = _significance(table, found, rate, n)
    table["q"] = false_discovery_control(table["p"]) if len(table) else table["p"]
    return table


def _significance(
    table: pd.DataFrame, found: Shares, rate: np.ndarray, n: int
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
