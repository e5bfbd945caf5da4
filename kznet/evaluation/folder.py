"""The folder of an evaluation, written whole or not at all."""

import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pandas as pd

from kznet import __version__
from kznet.case import EVALUATION, replacing
from kznet.errors import DataError
from kznet.evaluation.judged import Judged
from kznet.evaluation.page import page
from kznet.evaluation.run import TABLES
from kznet.evaluation.tables import tables
from kznet.evaluation.words import summary
from kznet.tabular import write_csv

_PACKAGES: Final = ("numpy", "pandas", "scipy")
_ROWS: Final = "rows"
# Of the rows of an evaluation these alone differ from run to run.
_RUNTIME: Final = "seconds"


def write(found: Judged, folder: Path, *, q: float, made: str, options: Mapping[str, Any]) -> str:
    """Write rows, tables, summary and page; return the summary.

    Everything but `runtime.csv` is the same, byte for byte, where worlds, seeds, options and
    version are.

    Parameters
    ----------
    found
        Rows of all worlds.
    folder
        Where to; an evaluation that is there already is replaced whole.
    q
        Level of the calls.
    made
        What the figures are of, in a sentence.
    options
        What was asked for, to be kept in `evaluation.json`.

    Raises
    ------
    OutputError
        The folder exists and is not an evaluation, or cannot be written.
    """
    figures = tables(found, q=q)
    told = summary(figures, q=q, made=made)
    with replacing(folder, manifest=EVALUATION) as partial:
        _write_rows(found, partial / _ROWS)
        (partial / "tables").mkdir()
        for name, table in figures.items():
            write_csv(table, partial / "tables" / f"{name}.csv")
        write_csv(found.seconds, partial / "runtime.csv")
        shown = page(figures, q=q, made=made, options=options)
        (partial / "index.html").write_text(shown, encoding="utf-8", newline="\n")
        (partial / "summary.md").write_text(told, encoding="utf-8", newline="\n")
        content = json.dumps(_manifest(q, made, options), indent=2, ensure_ascii=False)
        (partial / EVALUATION).write_text(content + "\n", encoding="utf-8", newline="\n")
    return told


def read(folder: Path) -> Judged:
    """Rows of an evaluation that was written before, to compute other figures from.

    Raises
    ------
    DataError
        The folder lacks one of the files.
    """
    found = {}
    for name, columns in TABLES.items():
        path = folder / "runtime.csv" if name == _RUNTIME else folder / _ROWS / f"{name}.csv.gz"
        if not path.is_file():
            raise DataError(f"{path}: the evaluation lacks this file")
        found[name] = pd.read_csv(path, dtype=columns)
    return Judged(**found)


def _write_rows(found: Judged, folder: Path) -> None:
    folder.mkdir()
    packed = {"method": "gzip", "mtime": 0}
    for name in TABLES:
        if name != _RUNTIME:
            path = folder / f"{name}.csv.gz"
            rows: pd.DataFrame = getattr(found, name)
            rows.to_csv(path, index=False, lineterminator="\n", compression=packed)


def _manifest(q: float, made: str, options: Mapping[str, Any]) -> dict[str, Any]:
    versions = {"python": platform.python_version()} | {each: version(each) for each in _PACKAGES}
    return {
        "kznet": __version__,
        "made": made,
        "q": q,
        "options": dict(options),
        "versions": versions,
    }
