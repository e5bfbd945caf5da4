"""Headers and cells as people write them: aliases of column names, marks of a missing value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from kznet.codes import changed, is_coded

Aliases = Mapping[str, Sequence[str]]

MISSING: Final = frozenset(
    ["", "-", "—", "na", "n/a", "#n/a", "nan", "nat", "none", "null", "<na>", "absent"]
)


def words(listed: str) -> tuple[str, ...]:
    """Aliases written one after the other."""
    return tuple(listed.split())


def folded(word: str) -> str:
    """Spelling in which case, spaces, hyphens and underscores do not count.

    >>> folded(" Vertex 1"), folded("Retweeted-User_ID")
    ('vertex_1', 'retweeted_user_id')
    """
    return re.sub(r"[\s_\-]+", "_", word.strip().casefold().replace("ё", "е")).strip("_")


def columns_of(names: Iterable[str], aliases: Aliases) -> dict[str, str]:
    """Which of the names stands for which canonical column; the first alias listed wins.

    >>> columns_of(["From", "to", "n"], {"source": ("source", "from"), "weight": ("n",)})
    {'source': 'From', 'weight': 'n'}
    """
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(folded(name), name)
    found: dict[str, str] = {}
    for canonical, words in aliases.items():
        hits = [spelt[word] for word in words if word in spelt]
        if hits:
            found[canonical] = hits[0]
    return found


def cells(column: pd.Series) -> pd.Series:
    """Text of a column without outer spaces; missing where a cell says that nothing is known."""
    if is_coded(column):
        return changed(column, cells)
    text = column.astype("str").str.strip()
    return text.mask(text.str.lower().isin(MISSING))
