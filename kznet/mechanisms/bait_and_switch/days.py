"""Days instead of posts: what an account writes in one day is one event, such as a crisis."""

from typing import Final

import numpy as np

from kznet.mechanisms.bait_and_switch.posts import Posts

_DAY: Final = 86_400.0


def daily(
    posts: Posts, chosen: np.ndarray, what: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean of something over each day on which an account has chosen posts.

    Parameters
    ----------
    posts
        The posts of everybody.
    chosen
        Which of them, bool, shape (posts,).
    what
        A number a post, shape (posts,).

    Returns
    -------
    account, time, mean
        Shape (days,), by account and day (UTC); `time` is the mean of the posts', in seconds.
    """
    account, time = posts.account[chosen], posts.time[chosen]
    day = (time // _DAY).astype(np.int64)
    _, first, place = np.unique(
        np.column_stack([account, day]), axis=0, return_index=True, return_inverse=True
    )
    size = np.bincount(place)
    when, mean = (np.bincount(place, values) / size for values in (time, what[chosen]))
    return account[first], when, mean
