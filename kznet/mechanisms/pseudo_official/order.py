"""Who was first: posts that cite nobody beside the nearest post of a confirmed account.

Shown with a call and never part of a test: to be first is what a newsroom does.
"""

from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.evidence import EVIDENCE
from kznet.times import UTC_DTYPE
from kznet.topics import NONE, Topics

_WITHIN: Final = pd.Timedelta(days=1)
_SHOWN_POSTS: Final = 25


def nearest(data: Dataset, asked: np.ndarray, confirmed: np.ndarray, found: Topics) -> pd.DataFrame:
    """For each of these posts the confirmed account that wrote on its topic nearest in time.

    Parameters
    ----------
    data
        Posts; those without a time are left out.
    asked
        Which posts, bool, shape (posts,).
    confirmed
        Positions of the confirmed accounts.
    found
        Topics of the posts.

    Returns
    -------
    DataFrame
        post, author (a position), time, other (a position; missing where none wrote within a
        day), gap: by how many seconds the post came later, negative where it came first.
    """
    table = data.posts[["post", "time"]].assign(author=data.authors, topic=found.number)
    timed = table["time"].notna().to_numpy() & (found.number != NONE)
    mine = table[timed & asked].sort_values(["time", "post"])
    others = table[timed & np.isin(data.authors, confirmed)].sort_values(["time", "post"])
    others = others.assign(other=others["author"], then=others["time"])
    joined = pd.merge_asof(
        mine,
        others[["time", "topic", "other", "then"]],
        on="time",
        by="topic",
        direction="nearest",
        tolerance=_WITHIN,
    )
    joined["gap"] = (joined["time"] - joined["then"]).dt.total_seconds()
    return joined[["post", "author", "time", "other", "gap"]]


def firsts(near: pd.DataFrame) -> dict[int, tuple[int, int]]:
    """By author: on how many posts it came first, and how many could be compared."""
    known = near[near["gap"].notna()]
    counted = (known["gap"] < 0).groupby(known["author"]).agg(["sum", "size"])
    return {int(at): (int(n), int(of)) for at, n, of in counted.itertuples()}


def examples(data: Dataset, near: pd.DataFrame, mechanism: str) -> pd.DataFrame:
    """Rows of evidence: at most 25 posts an account, the nearest to one of a confirmed account.

    Returns
    -------
    DataFrame
        `accounts` is the confirmed account and `gap_seconds` by how much the post came later,
        negative where it came first; the account itself, and missing, where none is near.
    """
    ids = data.accounts["account"].to_numpy()
    order = near.assign(far=near["gap"].abs()).sort_values(["author", "far", "time", "post"])
    chosen = order.groupby("author").head(_SHOWN_POSTS).sort_values(["author", "time", "post"])
    other = chosen["other"].fillna(chosen["author"]).to_numpy(dtype=np.int64)
    shown = {
        "account": ids[chosen["author"]],
        "mechanism": mechanism,
        "post": chosen["post"].to_numpy(),
        "time": chosen["time"].to_numpy(),
        "accounts": ids[other],
        "gap_seconds": chosen["gap"].to_numpy(),
    }
    frame = pd.DataFrame(shown, index=pd.RangeIndex(len(chosen)), columns=list(EVIDENCE))
    text = dict.fromkeys(("account", "mechanism", "post", "accounts"), "str")
    return frame.astype({**text, "gap_seconds": "float64"}).astype({"time": UTC_DTYPE})
