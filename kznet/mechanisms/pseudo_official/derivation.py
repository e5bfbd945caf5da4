"""Whether an account draws on the confirmed official accounts as they draw on each other."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.dataset import Dataset
from kznet.mechanisms.beta_binomial import Chance, moments
from kznet.mechanisms.pseudo_official.citations import Citations
from kznet.topics import NONE, Topics

FEWEST: Final = 10
MARGIN: Final = 0.75
_SHARE: Final = 0.20
_FEWEST_USERS: Final = 2


@dataclass(frozen=True, eq=False)
class Derivation:
    """What accounts draw on, shape (accounts,), and what that makes expected of one more.

    `compared` counts own posts on the subjects of the confirmed accounts and reposts of them;
    `cited` those that link to or repost one of them. `reference` are positions of the confirmed
    accounts with at least 10; `usual` is their share with its spread, missing for fewer than two.
    `uncited` marks own posts on the subjects that cite nobody, shape (posts,).
    """

    compared: np.ndarray
    cited: np.ndarray
    reference: np.ndarray
    usual: Chance | None
    uncited: np.ndarray


def derivation(
    data: Dataset, confirmed: np.ndarray, subjects: np.ndarray, found: Citations
) -> Derivation:
    """Count posts and reposts that draw on the confirmed accounts, and those that could have.

    Posts that link to nothing but their author's own page are left out of both counts.

    Parameters
    ----------
    data
        Posts and reposts.
    confirmed
        Positions of the confirmed accounts.
    subjects
        Whether each post is on a subject of theirs, shape (posts,).
    found
        What posts link to.
    """
    n = len(data.accounts)
    author = data.authors
    mine = (author >= 0) & subjects & ~found.own & ~_is_share(data)
    reposts = np.bincount(_reposters(data, confirmed), minlength=n)
    compared = np.bincount(author[mine], minlength=n) + reposts
    cited = np.bincount(author[mine & found.cites], minlength=n) + reposts
    reference = confirmed[compared[confirmed] >= FEWEST]
    enough = len(reference) > 1
    usual = moments(cited[reference], compared[reference]) if enough else None
    return Derivation(compared, cited, reference, usual, mine & ~found.cites)


def bar(usual: Chance) -> Chance:
    """Three quarters of the usual share: what an account must stay below to stand out."""
    return Chance(MARGIN * usual.mean, usual.spread, usual.variance)


def on_subjects(data: Dataset, confirmed: np.ndarray, found: Topics) -> np.ndarray:
    """Posts on topics that a fifth of the confirmed accounts write on, and two at the least.

    Returns
    -------
    array of bool, shape (posts,)
    """
    known = (found.number != NONE) & np.isin(data.authors, confirmed)
    pairs = np.unique(np.column_stack([found.number[known], data.authors[known]]), axis=0)
    users = np.bincount(pairs[:, 0], minlength=len(found.names) + 1)
    wide = users >= max(_FEWEST_USERS, _SHARE * len(confirmed))
    on: np.ndarray = (found.number != NONE) & wide[found.number]
    return on


def _reposters(data: Dataset, confirmed: np.ndarray) -> np.ndarray:
    """Who reposted a confirmed account, once a post; positions, others' posts alone."""
    ties = data.of_kind("repost")
    source, target = (ties[end].cat.codes.to_numpy(np.int64) for end in ("source", "target"))
    post = ties["post"].cat.codes.to_numpy(np.int64)
    kept = np.isin(target, confirmed) & (source != target)
    known = np.unique(np.column_stack([source, post])[kept & (post >= 0)], axis=0)[:, 0]
    return np.concatenate([known, source[kept & (post < 0)]])


def _is_share(data: Dataset) -> np.ndarray:
    """Rows of posts that are a repost of another post."""
    shares = data.of_kind("repost")["content"].dropna()
    return data.posts["post"].isin(shares[shares.isin(data.posts["post"])]).to_numpy()
