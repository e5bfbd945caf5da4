"""What the test looks at: whose post, when, what for, what on, and how many reposted it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from kznet.dataset import Dataset
from kznet.lexicon import BURNING, CATEGORIES, SELF_INTEREST, UNKNOWN, Lexicon, categories
from kznet.times import NO_TIME, microseconds
from kznet.topics import NONE, Basis, Topics

RESPONSE: Final = 48 * 3600.0


@dataclass(frozen=True, eq=False)
class Posts:
    """Posts with author, time and a text or a label, sorted by account and time; one entry a post.

    `account` and `post` are positions in the dataset, `time` is in seconds, `category` a
    position in `CATEGORIES`, `topic` a number (`NONE` where it is not known). `response` is
    ln(1 + other accounts that reposted it within 48 hours), missing where 48 hours were not
    observed. `accounts` is the number of accounts of the dataset, `silent` that of posts left
    out because they have neither text nor label.
    """

    account: np.ndarray
    post: np.ndarray
    time: np.ndarray
    category: np.ndarray
    topic: np.ndarray
    response: np.ndarray
    accounts: int
    silent: int
    basis: Basis

    @cached_property
    def own(self) -> np.ndarray:
        """Whether each post serves its author: promotion, personal brand or fundraising."""
        result: np.ndarray = self.category < len(SELF_INTEREST)
        return result

    @cached_property
    def burning(self) -> np.ndarray:
        """Whether each post is on a pressing issue."""
        result: np.ndarray = self.category == CATEGORIES.index(BURNING)
        return result

    def of(self, account: int) -> np.ndarray:
        """Positions of the posts of one account, in the order of time."""
        begin, end = np.searchsorted(self.account, [account, account + 1])
        return np.arange(begin, end)

    def counts(self, chosen: np.ndarray, what: np.ndarray | None = None) -> np.ndarray:
        """Number of the chosen posts of each account, or the sum of something over them."""
        weights = None if what is None else what[chosen]
        return np.bincount(self.account[chosen], weights, minlength=self.accounts)


def collected(data: Dataset, *, lexicon: Lexicon | None = None) -> Posts:
    """Collect the posts of all accounts with their category and response, still without topics."""
    category = categories(data.posts, lexicon=lexicon)
    stamp = microseconds(data.posts["time"])
    placed = (data.authors >= 0) & (stamp != NO_TIME)
    rows = np.flatnonzero(placed & (category != UNKNOWN))
    rows = rows[np.lexsort([rows, stamp[rows], data.authors[rows]])]
    return Posts(
        account=data.authors[rows],
        post=rows,
        time=stamp[rows] / 1e6,
        category=category[rows],
        topic=np.full(len(rows), NONE),
        response=_responses(data, stamp)[rows] if len(rows) else np.zeros(0),
        accounts=len(data.accounts),
        silent=int((placed & (category == UNKNOWN)).sum()),
        basis="none",
    )


def with_topics(posts: Posts, found: Topics) -> Posts:
    """Add the topic of each post; apart, since finding topics in texts takes its time."""
    return replace(posts, topic=found.number[posts.post], basis=found.basis)


def _responses(data: Dataset, stamp: np.ndarray) -> np.ndarray:
    """Response to each post of the dataset.

    A post from before the first observed repost, or within 48 hours of the last, has none: what
    nobody watched is not an absence of readers.
    """
    ties = data.of_kind("repost")
    account = ties["source"].cat.codes.to_numpy(dtype=np.int64)
    post = ties["post"].cat.codes.to_numpy(dtype=np.int64)
    moment = microseconds(ties["time"])
    kept = (post >= 0) & (moment != NO_TIME)
    account, post, moment = account[kept], post[kept], moment[kept]
    if not len(moment):
        return np.full(len(stamp), np.nan)
    after = (moment - stamp[post]) / 1e6
    near = (stamp[post] != NO_TIME) & (after >= 0) & (after <= RESPONSE)
    near &= data.authors[post] != account
    pairs = np.sort(post[near] * len(data.accounts) + account[near])
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    readers = np.bincount(pairs // len(data.accounts), minlength=len(stamp))
    observed = (stamp >= moment.min()) & (stamp <= moment.max() - RESPONSE * 1e6)
    return np.where(observed, np.log1p(readers), np.nan)
