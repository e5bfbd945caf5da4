"""Bait by content: pressing issues before the turn, more than habit and the weeks explain."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.mechanisms.bait_and_switch.days import daily
from kznet.mechanisms.bait_and_switch.posts import Posts
from kznet.mechanisms.bait_and_switch.season import FEWEST_ALIKE, MARGIN, within
from kznet.mechanisms.beta_binomial import Chance, moments

_DAYS: Final = 8
_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Content:
    """Pressing issues among the posts that don't serve the account itself, as shares of its days.

    `share` before the turn and `after` it; `others` is the mean of other accounts before it, in
    the same weeks, and `expected` what the account's own habit and theirs let expect.
    """

    p: float = np.nan
    share: float = np.nan
    after: float = np.nan
    others: float = np.nan
    expected: float = np.nan
    controls: int = 0


def content(posts: Posts, account: int, moment: float) -> Content:
    """Compare the pressing issues before the turn with those of others, and with its own after it.

    Who always writes on pressing issues baits nobody: what an account writes once it has turned
    tells its habit, so that less is left to chance than among accounts at large. Days are
    counted, not posts, each by the share of its posts. The tail is beta-binomial, at the
    expected share plus .10; it is 1 for an account that is not .10 above the mean of the others
    either.
    """
    before, after = (part & ~posts.own for part in within(posts, account, moment))
    (burning, made), (still, later) = (_days(posts, part) for part in (before, after))
    others = np.flatnonzero((made >= _DAYS) & (np.arange(len(made)) != account))
    mine, trials, rest = float(burning[account]), int(made[account]), int(later[account])
    if not trials or len(others) < FEWEST_ALIKE:
        return Content(controls=len(others))
    usual = known = moments(burning[others], made[others])
    both = others[later[others] >= _DAYS]
    if len(both) >= FEWEST_ALIKE:
        habits = Habits.of(np.array([burning, still])[:, both], np.array([made, later])[:, both])
        known = habits.foretold(float(still[account]), rest)
    raised = Chance(known.mean + MARGIN, known.spread, known.variance)
    stands_out = mine / trials - usual.mean >= MARGIN
    return Content(
        raised.upper(int(mine + _ROUNDING), trials) if stands_out else 1.0,
        mine / trials,
        float(still[account]) / rest if rest else np.nan,
        usual.mean,
        known.mean,
        len(others),
    )


@dataclass(frozen=True)
class Habits:
    """Shares of accounts in two spans of time, and how far the one tells the other.

    `shared` is the covariance of the two shares between accounts, sampling left aside.
    """

    before: Chance
    after: Chance
    shared: float

    @classmethod
    def of(cls, successes: np.ndarray, trials: np.ndarray) -> "Habits":
        """Take them by moments; both of shape (2, accounts), each with at least one trial."""
        before, after = (moments(*span) for span in zip(successes, trials, strict=True))
        together = float(np.cov(successes / trials)[0, 1])
        most = np.sqrt(_between(before) * _between(after))
        return cls(before, after, float(np.clip(together, 0.0, most)))

    def foretold(self, successes: float, trials: int) -> Chance:
        """Share before, of an account with this count after.

        The best linear prediction: the fewer the trials, the less they move it from the mean.

        References
        ----------
        Efron, B. and Morris, C. (1975). Data analysis using Stein's estimator and its
        generalizations. Journal of the American Statistical Association 70, 311-319.
        doi:10.1080/01621459.1975.10479864
        """
        if not trials or not self.shared:
            return self.before
        mean = self.after.mean
        noise = (mean * (1 - mean) - _between(self.after)) / trials
        weight = self.shared / (_between(self.after) + noise)
        expected = self.before.mean + weight * (successes / trials - mean)
        left = 1 - weight * self.shared / _between(self.before)
        known = self.before
        return Chance(expected, known.spread * max(left, 0.0), known.variance)


def _days(posts: Posts, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days on pressing issues, each by the share of its posts, and days in all, by account."""
    account, _, share = daily(posts, chosen, posts.burning)
    burning = np.bincount(account, share, minlength=posts.accounts)
    return burning, np.bincount(account, minlength=posts.accounts)


def _between(chance: Chance) -> float:
    """Variance between accounts of their shares."""
    return chance.spread * chance.mean * (1 - chance.mean)
