"""From accounts that a method singles out to the sources that they repost."""

import numpy as np

from kznet.mechanisms.amplification.events import Events


def share_by(events: Events, flagged: np.ndarray, n: int) -> np.ndarray:
    """Share of each source's reposts that are marked, in [0, 1]; 0 without reposts.

    `flagged` has one entry for each event; the result one for each of `n` accounts.
    """
    marked = np.bincount(events.source, flagged, minlength=n)
    result: np.ndarray = marked / np.maximum(np.bincount(events.source, minlength=n), 1)
    return result
