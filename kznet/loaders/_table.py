"""Tables of text as they lie in a file, each row with the line it begins on."""

from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from kznet.errors import DataError
from kznet.loaders._part import nothing_aside, set_aside
from kznet.loaders._source import Source, decoded, is_utf16


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of a file under its own column names; `aside` holds those that don't fit the header."""

    frame: pd.DataFrame
    lines: np.ndarray
    aside: pd.DataFrame
    warnings: tuple[str, ...] = ()
    decimal: str = "."

    @property
    def rows(self) -> int:
        """How many rows the file has, blank ones apart."""
        return len(self.frame) + len(self.aside)


def read_table(source: Source) -> Table:
    """Read a delimited text or a Parquet file.

    Cells of a delimited text are text; blank rows are no rows. The header is line 1.
    """
    return _parquet(source) if source.is_parquet else _delimited(source)


def _parquet(source: Source) -> Table:
    try:
        frame = pq.read_table(BytesIO(source.content)).to_pandas()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DataError(f"{source.name}: broken Parquet: {error}") from error
    return Table(frame, np.arange(len(frame)) + 1, nothing_aside())


def _delimited(source: Source) -> Table:
    data, warnings = _utf8(source)
    body = data.lstrip(b"\r\n")
    raw, wrong = _cells(source, body)
    names = distinct_names(raw.iloc[0].str.strip().tolist())
    line = _line_of(raw, wrong, ends=body.count(b"\n")) + data[: -len(body)].count(b"\n")
    skipped = np.array([row.number - 1 for row in wrong], dtype=np.int64)
    lines = np.delete(line, skipped)[1:]
    reasons = [f"{row.expected} columns expected, {row.found} found" for row in wrong]
    aside = set_aside(line[skipped], reasons, [row.text[:80] for row in wrong])
    rows = raw.iloc[1:].set_axis(names, axis="columns")
    filled = (rows != "").any(axis=1).to_numpy()
    decimal = "," if source.delimiter == ";" else "."
    return Table(rows[filled].reset_index(drop=True), lines[filled], aside, warnings, decimal)


class _Misfit(NamedTuple):
    """A record that is wider or narrower than the header; the first record is number 1."""

    number: int
    expected: int
    found: int
    text: str


def _cells(source: Source, data: bytes) -> tuple[pd.DataFrame, list[_Misfit]]:
    """All cells as text, the header among them, and the records of another width."""
    wrong: list[_Misfit] = []

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        misfit = _Misfit(row.number, row.expected_columns, row.actual_columns, row.text)
        wrong.append(misfit)
        return "skip"

    text = {f"f{i}": pa.large_string() for i in range(len(source.header))}
    try:
        table = pyarrow.csv.read_csv(
            BytesIO(data),
            read_options=pyarrow.csv.ReadOptions(use_threads=False, autogenerate_column_names=True),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=source.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=pyarrow.csv.ConvertOptions(column_types=text),
        )
    except pa.ArrowException as error:
        raise DataError(f"{source.name}: broken table: {error}") from error
    return table.to_pandas().astype("str").fillna(""), wrong


def _utf8(source: Source) -> tuple[bytes, tuple[str, ...]]:
    """Bytes in UTF-8 with an end to the last line, and what had to be assumed for it."""
    data = source.content.removeprefix(b"\xef\xbb\xbf")
    warnings: tuple[str, ...] = ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = decoded(data).encode("utf-8")
        if not is_utf16(source.content):
            warnings = ("not UTF-8: read as Windows-1251",)
    return (data if data.endswith(b"\n") else data + b"\n"), warnings


def distinct_names(names: list[str]) -> list[str]:
    """Names of the columns; a second column of the same name gets a number."""
    result: list[str] = []
    for name in names:
        again = sum(name == other for other in names[: len(result)])
        result.append(f"{name}.{again + 1}" if again else name)
    return result


def _line_of(raw: pd.DataFrame, wrong: list[_Misfit], *, ends: int) -> np.ndarray:
    """Line on which each record begins: a cell with line breaks pushes the later ones down."""
    records = len(raw) + len(wrong)
    extra = np.zeros(records, dtype=np.int64)
    if ends > records:
        skipped = [row.number - 1 for row in wrong]
        extra[skipped] = [row.text.count("\n") for row in wrong]
        fitting = np.setdiff1d(np.arange(records), skipped)
        for column in raw:
            extra[fitting] += raw[column].str.count("\n").to_numpy(dtype=np.int64)
    lines: np.ndarray = np.arange(1, records + 1) + np.cumsum(extra) - extra
    return lines
