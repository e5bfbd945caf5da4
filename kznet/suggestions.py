"""Which accounts may be the same person or body: a list for a human, applied by nobody else.

Only names that could be alike are ever compared: those with the same words once the letters on
which spellings may disagree are left out. Two words may be one, and a short word may be missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kznet.audience import audience
from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.spelling import likeness, skeleton

COLUMNS: Final = (
    "group",
    "account",
    "platform",
    "handle",
    "name",
    "followers",
    "entity",
    "likeness",
    "why",
    "accept",
)
SAME_NAME: Final = "same name"
OTHER_SPELLING: Final = "same name in another spelling"
SAME_HANDLE: Final = "same handle"


def _skeletons(words: str) -> frozenset[str]:
    return frozenset(map(skeleton, words.split()))


# Words that say that an account is an account, and not whose.
_PLAIN_WORDS: Final = _skeletons(
    "official officially ресми resmi официальный официальная официальное официально канал channel "
    "арна арнасы аккаунт account страница page парақшасы профиль profile telegram телеграм kz кз"
)
_NOBODYS: Final = _skeletons(
    "новости news жаңалықтар admin админ чат chat группа group user пользователь deleted удаленный"
)
_MOST_CARRIERS: Final = 20
_LARGEST_BLOCK: Final = 30
_LONGEST_NAME: Final = 100
_DISPUTED: Final = str.maketrans("ch", "sk", "ieou")
_SHORT: Final = 2 / 9


def suggestions(data: Dataset, *, least: float = 0.9) -> pd.DataFrame:
    """Groups of accounts that may be one person or body, for a human to accept or not.

    Accounts are put together whose names are spellings of one name, or whose handle is the same
    on two platforms. A name that more than 20 accounts carry is nobody's alone, and names like
    "News" or "Admin" are not compared. Groups of which nobody in the data follows or reposts any
    account, and none is public, are left out: who private people are elsewhere is nobody's matter.

    Parameters
    ----------
    data
        Accounts with names or handles.
    least
        Smallest `kznet.spelling.likeness` of two names; below .9 hardly more is found, since
        names with other letters than the disputed ones are never compared.

    Returns
    -------
    DataFrame
        One row an account: `group` (1 holds the most followed account), `account`, `platform`,
        `handle`, `name`, `followers`, `entity` (the name for the whole group: the entity one of
        them already has, else the name of the most followed), `likeness` to the name of the most
        followed, `why`, and `accept`, empty. The table with yes in `accept` is read by
        ``load(…, accounts=…)``. Groups that are one entity already are left out.

    Raises
    ------
    DataError
        `least` is not above 0 and at most 1.
    """
    if not 0 < least <= 1:
        raise DataError(f"least {least!r} is not above 0 and at most 1")
    accounts = _most_followed_first(data)
    words = _words_of(accounts["name"])
    named = _by_name(words, least)
    group = _joined(len(accounts), [*_stars(named), *_stars(_by_handle(accounts))])
    rows = accounts.assign(words=words, named=named, group=group)
    rows = rows[rows["group"].duplicated(keep=False)]
    rows = rows[_worth_a_look(rows)]
    rows["group"] = rows["group"].factorize()[0] + 1
    rows = rows.sort_values("group", kind="stable", ignore_index=True)
    return rows.assign(
        entity=_entity(rows), likeness=_likeness(rows), why=_why(rows), accept=""
    ).astype({"entity": "str", "why": "str", "accept": "str"})[list(COLUMNS)]


def _most_followed_first(data: Dataset) -> pd.DataFrame:
    """Accounts by followers, then by audience in the data; the order of all that follows."""
    accounts = data.accounts.assign(audience=audience(data), public=data.public)
    order = ["followers", "audience", "account"]
    return accounts.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _words_of(names: pd.Series) -> pd.Series:
    distinct = names.dropna().unique()
    changed = names.map(dict(zip(distinct, map(_words, distinct), strict=True))).astype("str")
    return changed.mask(changed == "")


def _by_name(words: pd.Series, least: float) -> np.ndarray:
    """Code of each account's name, the same for spellings of one; -1 for none and for nobody's."""
    codes, distinct = pd.factorize(words, sort=True)
    alike = _joined(len(distinct), _near(list(distinct), least))
    found: np.ndarray = np.append(alike, -1)[codes]
    carriers = np.bincount(found + 1)[found + 1]
    return np.where(carriers > _MOST_CARRIERS, -1, found)


def _words(name: str) -> str:
    """Skeleton of a name without plain words; empty where nothing tells it apart."""
    words = [word for word in skeleton(name).split() if word not in _PLAIN_WORDS]
    return "" if _NOBODYS.issuperset(words) else " ".join(words)


def _near(names: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Pairs of positions of names that are alike enough."""
    blocks: dict[str, set[int]] = defaultdict(set)
    for i, name in enumerate(names):
        if len(name) <= _LONGEST_NAME:
            for block in _blocks(name.split()):
                blocks[block].add(i)
    small = (block for block in blocks.values() if 1 < len(block) <= _LARGEST_BLOCK)
    pairs = {pair for block in small for pair in combinations(sorted(block), 2)}
    return ((i, j) for i, j in pairs if likeness(names[i], names[j]) >= least)


def _blocks(words: list[str]) -> Iterator[str]:
    """What is sure in a name: as it is, with two words as one, or without a very short word."""
    yield _sure(words)
    for i, word in enumerate(words):
        before, after = words[:i], words[i + 1 :]
        if after:
            yield _sure([*before, word + after[0], *after[1:]])
        if len(word) <= _SHORT * sum(map(len, before + after)):
            yield _sure(before + after)


def _sure(words: list[str]) -> str:
    """Words in any order without the letters on which spellings may disagree."""
    return " ".join(sorted(word.translate(_DISPUTED) for word in words))


def _by_handle(accounts: pd.DataFrame) -> np.ndarray:
    """Code of each account's handle; -1 for none, and where one platform alone has it."""
    handle = accounts["handle"].str.lower()
    platforms = accounts["platform"].groupby(handle).transform("nunique")
    return handle.where(platforms > 1).factorize()[0]


def _stars(codes: np.ndarray) -> Iterable[tuple[int, int]]:
    """Each position with the first one of the same code."""
    _, first, again = np.unique(codes, return_index=True, return_inverse=True)
    at = np.flatnonzero(codes >= 0)
    return zip(at.tolist(), first[again[at]].tolist(), strict=True)


def _joined(n: int, links: Iterable[tuple[int, int]]) -> np.ndarray:
    """Group of each of n things of which some are linked."""
    pairs = np.array([*links], dtype=np.int64).reshape(-1, 2).T
    graph = coo_array((np.ones(pairs.shape[1], dtype=bool), (pairs[0], pairs[1])), shape=(n, n))
    return connected_components(graph, directed=False)[1]


def _worth_a_look(rows: pd.DataFrame) -> pd.Series:
    """Which accounts are of a group that is heard or public, and not one entity already."""
    heard = (rows["public"] | (rows["audience"] > 0)).groupby(rows["group"]).transform("any")
    entity = rows["entity"].groupby(rows["group"])
    whole = entity.transform("count") == entity.transform("size")
    return heard & ~(whole & (entity.transform("nunique") == 1))


def _entity(rows: pd.DataFrame) -> pd.Series:
    first = rows.groupby("group")[["entity", "name", "handle"]].transform("first")
    return first["entity"].fillna(first["name"]).fillna(first["handle"])


def _likeness(rows: pd.DataFrame) -> list[float]:
    """Likeness of each name to the first one of its group; missing without a name."""
    first = rows.groupby("group")["words"].transform("first")
    return [
        likeness(words, other) if isinstance(words, str) else np.nan
        for words, other in zip(rows["words"], first, strict=True)
    ]


def _why(rows: pd.DataFrame) -> pd.Series:
    """What an account has in common with another one of its group."""
    known = rows[["group", "named"]].assign(
        name=rows["name"].str.casefold(), handle=rows["handle"].str.lower()
    )
    alike = known.duplicated(["group", "named"], keep=False) & (known["named"] >= 0)
    same = known.duplicated(["group", "name"], keep=False)
    handle = known.duplicated(["group", "handle"], keep=False) & known["handle"].notna()
    name = pd.Series(np.where(same, SAME_NAME, OTHER_SPELLING), index=rows.index).where(alike, "")
    both = np.where(alike & handle, "; ", "")
    return name + both + pd.Series(np.where(handle, SAME_HANDLE, ""), index=rows.index)
