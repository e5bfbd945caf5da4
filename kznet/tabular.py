"""Tables written for other programs: the same bytes everywhere, and no formulas."""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

import pandas as pd

from kznet.lines import lines, plain

_AT_ONCE: Final = 1 << 16
_FORMULA: Final = re.compile(r"^[=+\-@\t\r]")


def neutral(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    >>> neutral(pd.DataFrame({"name": ["=1+1", "a"], "z": [-1.0, 2.0]}))["name"].to_list()
    ["'=1+1", 'a']
    """
    text = [str(name) for name, column in frame.items() if _may_begin_a_formula(column)]
    return frame.assign(**{name: frame[name].map(_quoted, na_action="ignore") for name in text})


def _may_begin_a_formula(column: pd.Series) -> bool:
    if column.dtype == "str":
        return bool(column.str.match(_FORMULA).any())
    return column.dtype == "object" or isinstance(column.dtype, pd.CategoricalDtype)


def _quoted(value: object) -> object:
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def write_csv(table: pd.DataFrame | Iterable[pd.DataFrame], target: Path | IO[str]) -> None:
    r"""Write UTF-8 without index and with `\n`; times in ISO 8601, missing cells empty.

    A table may come in pieces, of which at least one.
    """
    frames = [table] if isinstance(table, pd.DataFrame) else table
    with ExitStack() as stack:
        file: IO[str] = (
            stack.enter_context(target.open("w", encoding="utf-8", newline=""))
            if isinstance(target, Path)
            else target
        )
        for number, frame in enumerate(frames):
            if not number:
                frame.iloc[:0].to_csv(file, index=False, lineterminator="\n")
            for text in _texts(frame):
                file.write(text)


def _texts(frame: pd.DataFrame) -> Iterator[str]:
    ready = neutral(frame)
    for name in ready.select_dtypes("datetimetz").columns:
        ready[name] = ready[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    if plain(ready):
        for begin in range(0, len(ready), _AT_ONCE):
            yield lines(ready.iloc[begin : begin + _AT_ONCE]).decode()
    elif len(ready):
        yield ready.to_csv(header=False, index=False, lineterminator="\n")
