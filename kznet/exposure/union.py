"""How many distinct accounts follow at least one of those who spread a post, exactly.

Nearly all couples of a spreader and a follower belong to the few accounts that everyone follows
and that come up again and again. Those are held as bits of one word an account: which of them it
follows. Their unions are then counted once for each combination that occurs, and only the
followers of all others are gone through post by post.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

_WORD: Final = 64
_WORK: Final = 1_000_000
_KEYS: Final = 2**32 - 1


def unions(spreaders: csr_array, followers: csr_array) -> np.ndarray:
    """Size of the union of the spreaders' followers, a row a post.

    Parameters
    ----------
    spreaders
        Who spread each post, shape (posts, accounts).
    followers
        Who follows each account, shape (accounts, accounts).

    Returns
    -------
    array of int, shape (posts,)
    """
    known = np.flatnonzero(np.bincount(spreaders.indices, minlength=spreaders.shape[1]))
    spread = np.bincount(spreaders.indices, minlength=spreaders.shape[1])[known]
    work = np.diff(followers.indptr)[known].astype(np.float64) * spread
    first = np.argsort(-work, kind="stable")[:_WORD]
    heavy = np.zeros(spreaders.shape[1], dtype=bool)
    heavy[known[first]] = True
    word, follows = _marks(spreaders, heavy), _marks(csr_array(followers.T), heavy)
    light = _without(spreaders, heavy)
    found: np.ndarray = _together(word, follows) + _alone(light, followers, word, follows)
    return found


def _marks(rows: csr_array, heavy: np.ndarray) -> np.ndarray:
    """Word of each row, in which a bit says that it has an entry at one of the heavy columns."""
    bit = np.zeros(len(heavy), dtype=np.uint64)
    bit[heavy] = np.uint64(1) << np.arange(heavy.sum(), dtype=np.uint64)
    mine = heavy[rows.indices]
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))[mine]
    word = np.zeros(rows.shape[0], dtype=np.uint64)
    np.bitwise_or.at(word, row, bit[rows.indices[mine]])
    return word


def _without(rows: csr_array, heavy: np.ndarray) -> csr_array:
    """The rows without the entries at heavy columns, as a pattern."""
    kept = ~heavy[rows.indices]
    indptr = np.concatenate([[0], np.cumsum(kept)])[rows.indptr].astype(rows.indptr.dtype)
    ones = np.ones(indptr[-1], dtype=bool)
    return csr_array((ones, rows.indices[kept], indptr), shape=rows.shape)


def _together(word: np.ndarray, follows: np.ndarray) -> np.ndarray:
    """Accounts that follow at least one of the heavy accounts of each word, shape (rows,)."""
    kinds, inverse = np.unique(word, return_inverse=True)
    habits, number = np.unique(follows, return_counts=True)
    step = max(_WORK // max(len(habits), 1), 1)
    parts = [
        ((kinds[begin : begin + step, None] & habits) != 0) @ number
        for begin in range(0, len(kinds), step)
    ]
    found: np.ndarray = np.concatenate([np.zeros(0, dtype=np.int64), *parts])[inverse]
    return found


def _alone(
    light: csr_array, followers: csr_array, word: np.ndarray, follows: np.ndarray
) -> np.ndarray:
    """Followers of the other spreaders of each row that follow none of its heavy accounts."""
    n, length = light.shape[1], np.diff(followers.indptr)
    work = light @ length.astype(np.float64)
    count = np.zeros(len(work), dtype=np.int64)
    crowded, pattern = work > max(n, _WORK), followers.astype(bool)
    for row in np.flatnonzero(crowded):
        reached = (light[[row]] @ pattern).indices
        count[row] = ((word[row] & follows[reached]) == 0).sum()
    for rows in (np.flatnonzero(~crowded & (word == 0)), np.flatnonzero(~crowded & (word != 0))):
        slot = np.cumsum(work[rows]) // _WORK + np.arange(len(rows)) // (_KEYS // max(n, 1))
        for here in np.split(rows, np.flatnonzero(np.diff(slot)) + 1):
            place, follower = _couples(light[here], followers, length)
            if word[here].any():
                new = np.flatnonzero((word[here][place] & follows[follower]) == 0)
                place, follower = place[new], follower[new]
            count[here] = _distinct(place, follower, (len(here), n))
    return count


def _couples(
    light: csr_array, followers: csr_array, length: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Every spreader of every row with each of its followers: the row, and the follower."""
    many = length[light.indices]
    ahead = followers.indptr[light.indices] - np.cumsum(many) + many
    row = np.repeat(np.arange(light.shape[0]), np.diff(light.indptr))
    place = np.repeat(ahead, many) + np.arange(many.sum())
    return np.repeat(row, many), followers.indices[place]


def _distinct(row: np.ndarray, follower: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Distinct followers of each row."""
    key = np.sort((row * shape[1] + follower).astype(np.uint32))
    key = key[np.append(True, key[1:] != key[:-1])[: len(key)]]
    return np.diff(np.searchsorted(key, np.arange(shape[0] + 1) * shape[1]))
