"""What one file gives before it is merged with the others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from kznet.codes import encoded, is_coded, together
from kznet.dataset import empty
from kznet.schema import SCHEMA

ASIDE: Final = ("line", "reason", "value")


class Counted(NamedTuple):
    """Something that happened so many times."""

    text: str
    times: int


Warned = str | Counted


@dataclass(frozen=True, eq=False)
class Part:
    """Tables of one file, in the types of the schema.

    `ties` has one column more, `line`: where each row stands in the file, counted in `place`
    ("" for the lines of a text, "message", "edge", …). `aside` holds what was set aside, whole
    rows and pieces of them; `used` counts the rows of which something was taken, and every other
    row is in `aside`. Targets may be names still (``telegram:name:…``); they are looked up once
    all files are there.
    """

    rows: int
    used: int
    accounts: pd.DataFrame = field(default_factory=lambda: empty("accounts"))
    ties: pd.DataFrame = field(default_factory=lambda: no_ties())
    posts: pd.DataFrame = field(default_factory=lambda: empty("posts"))
    aside: pd.DataFrame = field(default_factory=lambda: nothing_aside())
    warnings: tuple[Warned, ...] = ()
    place: str = ""


def no_ties() -> pd.DataFrame:
    """Return a table of ties without rows, with the column of their places."""
    return empty("ties").assign(line=pd.Series(dtype="int64"))


def nothing_aside() -> pd.DataFrame:
    """Return a table of rows set aside without rows."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in ASIDE})


def set_aside(
    lines: Sequence[object] | np.ndarray, reason: Any, value: Any, *, place: str = ""
) -> pd.DataFrame:
    """Rows set aside, by line (or message, edge, …: the `place`), with their reasons and cells."""
    frame = pd.DataFrame({"line": lines, "reason": reason, "value": value})
    frame = frame.fillna({"value": ""}).astype("str")
    return frame.assign(line=f"{place} " + frame["line"] if place else frame["line"])


def table(name: str, columns: Mapping[Any, Any], *, index: pd.Index) -> pd.DataFrame:
    """Build a table of the schema from the columns that are known; the others are missing."""
    result = pd.DataFrame(index=index)
    for column, dtype in SCHEMA[name].items():
        if column not in columns:
            result[column] = pd.Series(None, index=index, dtype=dtype)  # type: ignore[call-overload]  # the stubs know no dtype that is only known at run time
        elif dtype == "str" and is_coded(pd.Series(columns[column])):
            result[column] = columns[column]
        else:
            result[column] = pd.Series(columns[column], index=index).astype(dtype)  # type: ignore[call-overload]  # as above
    return result


def stacked(frames: Sequence[pd.DataFrame], otherwise: pd.DataFrame) -> pd.DataFrame:
    """One table of all that have rows; `otherwise` where none has.

    A column of codes in one of them is one in the whole.
    """
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return otherwise
    if len(filled) == 1:
        return filled[0].reset_index(drop=True)
    coded = [name for name in filled[0].columns if any(is_coded(each[name]) for each in filled)]
    result = pd.concat([frame.drop(columns=coded) for frame in filled], ignore_index=True)
    for name in coded:
        result[name] = together([encoded(frame[name]) for frame in filled])
    return result[filled[0].columns]


def joined(parts: Sequence[Part]) -> Part:
    """Pieces of one file as one; what was counted in each is added up."""
    first = parts[0]
    if len(parts) == 1:
        return first
    counts: Counter[str] = Counter()
    plain: dict[str, None] = {}
    for warned in (warned for part in parts for warned in part.warnings):
        if isinstance(warned, Counted):
            counts[warned.text] += warned.times
        else:
            plain[warned] = None
    return Part(
        rows=sum(part.rows for part in parts),
        used=sum(part.used for part in parts),
        accounts=stacked([part.accounts for part in parts], first.accounts),
        ties=stacked([part.ties for part in parts], first.ties),
        posts=stacked([part.posts for part in parts], first.posts),
        aside=stacked([part.aside for part in parts], first.aside),
        warnings=(*plain, *counted(counts.items())),
        place=first.place,
    )


def counted(notes: Iterable[tuple[str, int]]) -> tuple[Warned, ...]:
    """Warnings of the form "what: how many", without those that did not happen."""
    return tuple(Counted(text, n) for text, n in notes if n)


def worded(warnings: Iterable[Warned]) -> tuple[str, ...]:
    """Warnings as they are read."""
    return tuple(
        f"{warned.text}: {warned.times:,}" if isinstance(warned, Counted) else warned
        for warned in warnings
    )
