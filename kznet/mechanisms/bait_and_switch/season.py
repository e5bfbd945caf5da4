"""The rise at a turn: how large, how lasting, and how it compares with accounts alike."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.mechanisms.bait_and_switch.posts import Posts
from kznet.mechanisms.bait_and_switch.turn import Turn

MARGIN: Final = 0.10
ALIKE: Final = 20
FEWEST_ALIKE: Final = 10
_SIDE: Final = 8
_QUANTILE: Final = 0.8
_SMOOTH: Final = 0.25


@dataclass(frozen=True, eq=False)
class Rise:
    """Shares of self-interest posts around a turn, and the rises of accounts alike at that time.

    `early` and `late` are the halves of the posts after it.
    """

    before: float
    after: float
    early: float
    late: float
    others: np.ndarray

    @property
    def by(self) -> float:
        """How much the share rises."""
        return self.after - self.before

    @property
    def season(self) -> float:
        """80th percentile of the rises of accounts alike; missing where there are none."""
        return float(np.quantile(self.others, _QUANTILE)) if len(self.others) else np.nan

    @property
    def lacks(self) -> str:
        """Which margin the rise fails to reach, in words, or nothing."""
        if self.by < MARGIN:
            return f"self-interest content rises by less than {100 * MARGIN:.0f} points"
        if min(self.early, self.late) - self.before < MARGIN:
            return "the rise of self-interest content does not last"
        if len(self.others) < FEWEST_ALIKE:
            return f"{len(self.others)} accounts post before and after the turn; too few to compare"
        if self.by - self.season < MARGIN:
            return "accounts alike turn to self-interest content at the same time"
        return ""


def rise(posts: Posts, account: int, found: Turn) -> Rise:
    """Measure the rise of an account at its turn, and that of the 20 nearest in topics before it.

    Only posts within the account's own span count, so that all are compared over the same weeks.
    """
    own = posts.own[posts.of(account)]
    after, middle = own[found.split :], (len(own) - found.split) // 2
    others, rises = rises_at(posts, account, found.time)
    alike = nearest(_unlikeness(posts, account, found.time, others))
    return Rise(
        float(own[: found.split].mean()),
        float(after.mean()),
        float(after[:middle].mean()),
        float(after[middle:].mean()),
        rises[alike],
    )


def rises_at(posts: Posts, account: int, moment: float) -> tuple[np.ndarray, np.ndarray]:
    """Other accounts with at least 8 posts on either side of a moment, and their rises there."""
    early, late = within(posts, account, moment)
    made = np.array([posts.counts(early), posts.counts(late)])
    sold = np.array([posts.counts(early, posts.own), posts.counts(late, posts.own)])
    enough = made.min(axis=0) >= _SIDE
    enough[account] = False
    others = np.flatnonzero(enough)
    before, after = sold[:, others] / made[:, others]
    return others, after - before


def within(posts: Posts, account: int, moment: float) -> tuple[np.ndarray, np.ndarray]:
    """Masks of the posts of anyone before and after a moment, within the account's own span."""
    mine = posts.time[posts.of(account)]
    here = (posts.time >= mine[0]) & (posts.time <= mine[-1])
    return here & (posts.time < moment), here & (posts.time >= moment)


def nearest(distance: np.ndarray, number: int = ALIKE) -> np.ndarray:
    """Positions of the smallest distances; all that are as near as the last one come along."""
    if len(distance) <= number:
        return np.arange(len(distance))
    return np.flatnonzero(distance <= np.partition(distance, number - 1)[number - 1])


def _unlikeness(posts: Posts, account: int, moment: float, others: np.ndarray) -> np.ndarray:
    """How far the topics of these accounts before a moment are from those of the account."""
    told = within(posts, account, moment)[0] & (posts.topic >= 0)
    size = int(posts.topic.max(initial=-1)) + 1
    key = posts.account[told] * size + posts.topic[told]
    counts = np.bincount(key, minlength=posts.accounts * size).reshape(posts.accounts, size)
    return divergence(counts[others], counts[account])


def divergence(counts: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Jensen–Shannon divergence of each row of counts from another, in nats, each count + .25.

    >>> divergence(np.array([[9, 0], [0, 9]]), np.array([9, 0])).round(3).tolist()
    [0.0, 0.571]

    References
    ----------
    Lin (1991), https://doi.org/10.1109/18.61115
    """
    p = (counts + _SMOOTH) / (counts + _SMOOTH).sum(axis=-1, keepdims=True)
    q = (other + _SMOOTH) / (other + _SMOOTH).sum(axis=-1, keepdims=True)
    middle = (p + q) / 2
    both = p * np.log(p / middle) + q * np.log(q / middle)
    result: np.ndarray = both.sum(axis=-1) / 2
    return result
