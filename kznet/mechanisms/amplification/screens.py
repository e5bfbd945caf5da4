"""Accounts set apart before the test: those that repost by machine or by the clock."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import binom

from kznet.mechanisms.amplification.events import Events

COLUMNS: Final = ("account", "screen", "detail")
DETAILS: Final = {
    "automation": "median latency under 3 min over 20 or more reposts",
    "scheduled": "reposts crowd into one 2-minute window of the hour",
}
_FAST: Final = 180.0
_FEWEST: Final = 20
_WINDOW_SHARE: Final = 0.20
_WINDOW_COUNT: Final = 8
_LEVEL: Final = 1e-6


def automated(found: Events) -> np.ndarray:
    """Events whose account reposts *other* sources within 3 minutes in the median (of >= 20).

    The events of the source itself do not count, so that the speed which is tested there
    screens no one from that test. Shape (events,).
    """
    n = int(max(found.account.max(initial=0), found.source.max(initial=0))) + 1
    key = found.account * n + found.source
    fast = found.latency < _FAST
    _, inverse, here = np.unique(key, return_inverse=True, return_counts=True)
    fast_here = np.bincount(inverse, fast)[inverse] if len(key) else np.zeros(0)
    others = np.bincount(found.account)[found.account] - here[inverse] if len(key) else fast_here
    fast_others = np.bincount(found.account, fast)[found.account] - fast_here
    result: np.ndarray = (others >= _FEWEST) & (fast_others > others / 2)
    return result


def scheduled(found: Events, *, among: int = 0) -> np.ndarray:
    """Accounts with a 2-minute window of the hour that holds more reposts than chance gives.

    At least 8 and 20 % of all, and 60 · P(Bin(n, 1/30) >= count) < 1e-6 / accounts, of which
    there are `among` where not all are here. Positions in the dataset.
    """
    if not len(found.account):
        return np.zeros(0, dtype=np.int64)
    who, inverse = np.unique(found.account, return_inverse=True)
    minute = (found.time // 60 % 60).astype(np.int64)
    counts = np.bincount(inverse * 60 + minute, minlength=60 * len(who)).reshape(-1, 60)
    window = (counts + np.roll(counts, -1, axis=1)).max(axis=1)
    total = counts.sum(axis=1)
    chance = 60 * binom.sf(window - 1, total, 1 / 30)
    flagged = (window >= _WINDOW_COUNT) & (window >= _WINDOW_SHARE * total)
    result: np.ndarray = who[flagged & (chance < _LEVEL / (among or len(who)))]
    return result


def screened(found: Events, accounts: pd.Series) -> tuple[Events, pd.DataFrame]:
    """Events that remain for the test, and a table of who was set apart and why."""
    by_machine = automated(found)
    by_clock = np.isin(found.account, scheduled(found))
    rows = [
        (accounts.iloc[account], screen, detail)
        for mask, screen, detail in (
            (by_machine, "automation", DETAILS["automation"]),
            (by_clock, "scheduled", DETAILS["scheduled"]),
        )
        for account in np.unique(found.account[mask])
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    return found.take(np.flatnonzero(~by_machine & ~by_clock)), table
