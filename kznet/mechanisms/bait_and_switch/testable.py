"""Which accounts have posts enough, in time and kind, for a turn to be looked for."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.mechanisms.bait_and_switch.posts import Posts
from kznet.mechanisms.bait_and_switch.season import FEWEST_ALIKE

FEWEST_POSTS: Final = 30
FEWEST_DAYS: Final = 20.0
FEWEST_OWN: Final = 5
_OTHERS_POSTS: Final = 16
_FEW: Final = f" posts with time and content; at least {FEWEST_POSTS} are needed"


def reasons(posts: Posts, accounts: np.ndarray) -> np.ndarray:
    """Why each of these accounts cannot be tested, or ""; only those with posts enough are read."""
    count = np.bincount(posts.account, minlength=posts.accounts)[accounts]
    said = pd.Series(count).astype("str") + _FEW
    found: np.ndarray = said.to_numpy(dtype=object)
    for place in np.flatnonzero(count >= FEWEST_POSTS):
        found[place] = untestable_because(posts, int(accounts[place]))
    return found


def untestable_because(posts: Posts, account: int) -> str:
    """Why an account cannot be tested, or nothing.

    Every condition stays the same in whatever order the posts come, so that asking for it
    before the control of false discoveries leaves the tests valid.
    """
    mine = posts.of(account)
    if len(mine) < FEWEST_POSTS:
        return f"{len(mine)}{_FEW}"
    begin, end = posts.time[mine[[0, -1]]]
    if (end - begin) / 86_400 < FEWEST_DAYS:
        days = (end - begin) / 86_400
        return f"its posts span {days:.1f} days; at least {FEWEST_DAYS:.0f} are needed"
    own = int(posts.own[mine].sum())
    if own < FEWEST_OWN:
        return f"hardly any self-interest content: {own} posts; at least {FEWEST_OWN} are needed"
    others = posts.counts((posts.time >= begin) & (posts.time <= end)) >= _OTHERS_POSTS
    alike = int(others.sum() - others[account])
    if alike < FEWEST_ALIKE:
        return f"{alike} other accounts post in these weeks; at least {FEWEST_ALIKE} are needed"
    return ""
