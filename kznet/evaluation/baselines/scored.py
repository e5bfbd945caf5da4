"""Which sources the baselines judge, and the table that all of them return."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.mechanisms.amplification import FEWEST_POSTS, FEWEST_REPOSTS, Prepared

COLUMNS: Final = ("account", "score", "p")


def sources(prepared: Prepared) -> np.ndarray:
    """Positions of the sources with posts and reposts enough for the synchrony test, ascending."""
    posts = prepared.every.posts
    reposts = np.bincount(prepared.kept.source, minlength=len(posts))
    result: np.ndarray = np.flatnonzero(
        (posts >= FEWEST_POSTS) & (reposts >= FEWEST_REPOSTS * posts)
    )
    return result


def scored(
    prepared: Prepared, accounts: pd.Index, score: np.ndarray, p: np.ndarray | None = None
) -> pd.DataFrame:
    """Account, score and p of the sources that can be judged, sorted by account.

    `score` and `p` have one entry for every account of the dataset.
    """
    rows = sources(prepared)
    table = pd.DataFrame(
        {
            "account": pd.Series(accounts[rows], dtype="str"),
            "score": score[rows].astype(np.float64),
            "p": np.full(len(rows), np.nan) if p is None else p[rows],
        }
    )
    return table.sort_values("account", ignore_index=True)
