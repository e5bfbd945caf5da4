"""Words for roles in Kazakh, Russian and English, from the file that people may edit."""

import csv
from collections.abc import Mapping
from functools import cache

import pandas as pd

from kznet.codes import map_distinct
from kznet.errors import DataError
from kznet.loaders._columns import folded
from kznet.resources import data
from kznet.schema import ROLES


@cache
def synonyms() -> Mapping[str, str]:
    """Folded word → role, the roles themselves among them.

    Raises
    ------
    DataError
        A line of ``data/roles.csv`` names no role of the vocabulary.
    """
    known = {role: role for role in ROLES}
    with data("roles.csv").open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if row.get("role") not in ROLES:
                found, wanted = row.get("role"), ", ".join(ROLES)
                raise DataError(
                    f"roles.csv: line {number}: found {found!r}, wanted one of {wanted}"
                )
            known[folded(row["synonym"])] = row["role"]
    return known


def roles_of(words: pd.Series) -> tuple[pd.Series, dict[str, int]]:
    """Roles that the words of a column stand for; a word that stands for none counts as "other".

    Returns
    -------
    roles, unknown
        `unknown` counts the words that stand for none.
    """
    known = synonyms()
    roles = map_distinct(words, lambda distinct: distinct.map(lambda word: known.get(folded(word))))
    strange = words[roles.isna() & words.notna()]
    return roles.mask(roles.isna() & words.notna(), "other"), {
        str(word): int(n) for word, n in sorted(strange.value_counts().items(), key=str)
    }
