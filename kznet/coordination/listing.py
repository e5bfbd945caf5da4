"""The pairs that a whole analysis lists, and what it says of all others."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from kznet.coordination.pairing import Pairing
from kznet.coordination.sweep import WINDOWS, sweep
from kznet.dataset import Dataset

MOST_LISTED: Final = 5_000_000
_MOST_MET: Final = 1_000_000


@dataclass(frozen=True, eq=False)
class Listing:
    """`table` of pairs, how many there are in all (`facts`), and what to beware of."""

    table: pd.DataFrame
    facts: Mapping[str, Any]
    warnings: tuple[str, ...]


def listing(
    pairing: AbstractContextManager[Pairing], *, window: str, min_objects: int, q: float
) -> Listing:
    """List the pairs that are found here or on a cluster; those of one object where they are few.

    Above five million pairs one that met on one post alone, whose p is 1, is counted and tested
    with the others, but not listed.
    """
    with pairing as found:
        count = found.count(min_objects=min_objects)
        least = min_objects if count <= MOST_LISTED else max(min_objects, 2)
        table = found.table(min_objects=least)
        facts = {
            "window": window,
            "shares": found.shares,
            "too_coarse": found.too_coarse,
            "pairs": count,
            "listed": len(table),
            "survivors": found.survivors(q, min_objects=min_objects),
            "q": q,
        }
    return Listing(table, facts, _not_listed(count - len(table)))


def windows(
    data: Dataset, *, window: str, q: float, memory: int | None = None
) -> list[dict[str, Any]]:
    """How many pairs stand out at other windows, those aside that would take too long."""
    compared = {*WINDOWS, window}
    found = sweep(data, windows=compared, q=q, most=_MOST_MET, memory=memory)
    table = found[["window", "pairs", "survivors", "jaccard"]]
    told = table.astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in told.where(table.notna(), None).to_dict("records")
    ]


def _not_listed(left: int) -> tuple[str, ...]:
    words = f"{left:,} pairs that met on one post alone are counted, but not listed"
    return (f"{words}: there are more than {MOST_LISTED:,}",) if left else ()
