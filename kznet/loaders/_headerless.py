"""Whether lines without a header are a list of ties, and what their fields are.

Nothing in such a file says that it is one. It counts as one where every line at its beginning has
the same two to four fields, the first two look like ids, every other has a meaning, and the ids
behave as accounts do: they are numbers or name their platform, or they come back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from kznet.loaders._accounts import ACCOUNT_COLUMNS
from kznet.loaders._columns import columns_of, folded
from kznet.loaders._kinds import kind_of
from kznet.loaders._source import HEAD, Source
from kznet.loaders._ties import TIE_COLUMNS, has_ties

_FIELDS: Final = range(2, 5)
_COMMENTS: Final = ("#", "%")
_BOTH_WAYS: Final = re.compile(r"(?im)^(?:%\s*sym\b|#\s*undirected graph)")
_ATTRIBUTES: Final = re.compile(r"[\s,;]*\{.*\}\s*$")
_ID: Final = re.compile(r"""(?=.*\w)[^\s,;"'(){}\[\]<>|]*[^\s,;"'(){}\[\]<>|.:!?]""")
_NO_ID: Final = re.compile(
    r"-?[0-9]*\.[0-9]*[1-9][0-9]*|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]+:[0-9:]+"
)
_WHOLE: Final = re.compile(r"-?[0-9]+(?:\.0+)?")
_NAMED: Final = re.compile(r"@\w+|[a-z][a-z0-9_]*:[^/].*")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.+Z-]*)?")
_EARLIEST_EPOCH: Final = 5e8
_HEADER_WORDS: Final = frozenset(
    word
    for aliases in (TIE_COLUMNS, ACCOUNT_COLUMNS)
    for words in aliases.values()
    for word in words
)
_Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Shape:
    """How each line of a list is made.

    Attributes
    ----------
    mark
        What stands between two fields; None for any white space.
    columns
        What each field is: source, target, weight, time, kind, or unused.
    attributes
        Whether lines end in a Python dictionary.
    undirected
        Whether a comment says that the list is undirected.
    """

    mark: str | None
    columns: tuple[str, ...]
    attributes: bool
    undirected: bool


def shape_of(source: Source) -> Shape | str:
    """Shape of a list of ties, or in words why the file is none."""
    text = source.text
    if source.root or source.looks_like_json or source.is_parquet or "\0" in text:
        return "not lines of text"
    lines = [line.strip() for line in text.split("\n")[: -1 if len(source.head) == HEAD else None]]
    said = [line for line in lines if line and not line.startswith(_COMMENTS)]
    if not said:
        return "no line of fields"
    plain = [_ATTRIBUTES.sub("", line) for line in said]
    mark = next((mark for mark in (";", ",") if mark in plain[0]), None)
    rows = [[cell.strip(' \t"') for cell in line.split(mark)] for line in plain]
    columns = _columns(rows)
    if isinstance(columns, str):
        return columns
    loose = mark is None and "\t" not in plain[0]
    why = _against(rows, loose=loose)
    undirected = bool(_BOTH_WAYS.search(text))
    return why or Shape(mark, columns, plain != said, undirected)


def _columns(rows: _Rows) -> tuple[str, ...] | str:
    """What the fields are, or why they are none of a list of ties."""
    width = len(rows[0])
    if width not in _FIELDS:
        return f"fields in its first line: {width}, not 2 to 4"
    other = next((len(row) for row in rows if len(row) != width), None)
    if other is not None:
        return f"lines of {width} fields and of {other}"
    odd = next((cell for row in rows for cell in row[:2] if not _is_id(cell)), None)
    if odd is not None:
        return f"not an id: {odd[:40]!r}"
    if _is_header(rows):
        return "its first line names columns"
    others = [_meaning([row[i].replace(",", ".") for row in rows]) for i in range(2, width)]
    if "" in others or len(set(others)) < len(others):
        return "fields after the first two are no weight, time or kind"
    return ("source", "target", *others)


def _is_id(cell: str) -> bool:
    return bool(_ID.fullmatch(cell)) and not _NO_ID.fullmatch(cell)


def _is_header(rows: _Rows) -> bool:
    """Whether the first line holds words for columns, or a word over a column of numbers."""
    first = rows[0]
    if has_ties(columns_of(first, TIE_COLUMNS)) or {*map(folded, first)} <= _HEADER_WORDS:
        return True
    columns = [column for column in zip(*rows, strict=True) if not _NUMBER.fullmatch(column[0])]
    return len(rows) > 1 and any(all(map(_NUMBER.fullmatch, column[1:])) for column in columns)


def _meaning(cells: Sequence[str]) -> str:
    """Whether a column is of weights, times or kinds; "" where it is none of them."""
    if all(map(_NUMBER.fullmatch, cells)):
        values = [abs(float(cell)) for cell in cells if float(cell)]
        if not values:
            return "unused"
        return "time" if median(values) >= _EARLIEST_EPOCH else "weight"
    if all(map(_DATE.fullmatch, cells)):
        return "time"
    return "kind" if all(map(kind_of, cells)) else ""


def _against(rows: _Rows, *, loose: bool) -> str | None:
    """What speaks against ids of accounts; prose between blanks (`loose`) is held to more."""
    if all(_WHOLE.fullmatch(cell) or _NAMED.fullmatch(cell) for row in rows for cell in row[:2]):
        return None
    numbers = [all(_WHOLE.fullmatch(row[i]) for row in rows) for i in (0, 1)]
    if any(numbers):
        return "numbers on one side, words on the other"
    pairs = [(row[0], row[1]) for row in rows if row[0] != row[1]]
    sources, targets = ({pair[i] for pair in pairs} for i in (0, 1))
    again = bool(sources & targets) or (not loose and len(sources | targets) < 2 * len(pairs))
    return None if again else "its words do not come back as accounts do"
