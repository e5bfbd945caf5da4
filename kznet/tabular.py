"""Tables written for other programs: the same bytes everywhere, and no formulas."""

import re
from pathlib import Path
from typing import IO, Final

import pandas as pd

_FORMULA: Final = re.compile(r"^[=+\-@\t\r]")


def neutral(frame: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    >>> neutral(pd.DataFrame({"name": ["=1+1", "a"], "z": [-1.0, 2.0]}))["name"].to_list()
    ["'=1+1", 'a']
    """
    text = frame.select_dtypes(["object", "str", "category"]).columns
    return frame.assign(**{name: frame[name].map(_quoted, na_action="ignore") for name in text})


def _quoted(value: object) -> object:
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def write_csv(frame: pd.DataFrame, target: Path | IO[str]) -> None:
    r"""Write UTF-8 without index and with `\n`; times in ISO 8601, missing cells empty."""
    ready = neutral(frame)
    for name in ready.select_dtypes("datetimetz").columns:
        ready[name] = ready[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(target, Path):
        with target.open("w", encoding="utf-8", newline="") as file:
            ready.to_csv(file, index=False, lineterminator="\n")
    else:
        ready.to_csv(target, index=False, lineterminator="\n")
