"""Sheets of a workbook as tables of text."""

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

import numpy as np
import openpyxl
import pandas as pd
from defusedxml.ElementTree import fromstring

from kznet.errors import DataError
from kznet.loaders._delimited import distinct_names
from kznet.loaders._opening import ALWAYS_ALLOWED, LARGEST_RATIO, too_much
from kznet.loaders._part import nothing_aside
from kznet.loaders._source import Source
from kznet.loaders._table import Table

_MAGIC: Final = b"PK\x03\x04"
_OUTLINE: Final = "xl/workbook.xml"
_LONGEST_OUTLINE: Final = 1 << 20
_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 10
_ABOVE_HEADER: Final = 5
_EXACT: Final = 2**53
# What openpyxl and the unpacker below it let through on a damaged file.
_BROKEN: Final = (
    BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def is_workbook(source: Source) -> bool:
    """Whether the file can be an XLSX workbook."""
    return source.head.startswith(_MAGIC)


def sheet_names(source: Source) -> tuple[str, ...]:
    """Names of the sheets; none where the file is no workbook, or too broken to tell."""
    if not is_workbook(source):
        return ()
    try:
        with source.opened() as file:
            whole = file if file.seekable() else BytesIO(file.read())
            with ZipFile(whole) as packed, packed.open(_OUTLINE) as outline:
                root = fromstring(outline.read(_LONGEST_OUTLINE), forbid_dtd=True)
    except _BROKEN:
        return ()
    sheets = (each for each in root.iter() if str(each.tag).rpartition("}")[2] == "sheet")
    return tuple(sheet.get("name", "") for sheet in sheets)


def read_workbook(source: Source) -> Table:
    """Read the first sheet; its first row is the header, and line 1."""
    with _opened(source) as book:
        table = _table(book.worksheets[0], None)
    if table is None:
        raise DataError(f"{source.name}: the first sheet is empty")
    return table


def read_sheets(source: Source, marks: Mapping[str, str]) -> list[Table]:
    """Read sheets by name; the header of each is the row, among the first ones, with its mark.

    Raises
    ------
    DataError
        The workbook is broken or refused, or a sheet has no such row; names the sheet.
    """
    with _opened(source) as book:
        tables = {name: _table(book[name], mark) for name, mark in marks.items()}
    for name, table in tables.items():
        if table is None:
            raise DataError(f"{source.name}: sheet {name}: no row with the header {marks[name]!r}")
    return [table for table in tables.values() if table is not None]


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    """Open a workbook, unless it unpacks to more than any real one does."""
    try:
        with ZipFile(BytesIO(source.content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        safe = size <= max(ALWAYS_ALLOWED, LARGEST_RATIO * len(source.content))
        if safe:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                book = openpyxl.load_workbook(
                    BytesIO(source.content), read_only=True, data_only=True, keep_links=False
                )
                yield book
                book.close()
    except _BROKEN as error:
        raise DataError(f"{source.name}: broken workbook: {error}") from error
    if not safe:
        raise DataError(too_much(source.name))


def _table(sheet: Any, mark: str | None) -> Table | None:
    """Rows below the header, blank ones left out; None where there is no header."""
    # What the sheet says of its own size may be wrong by millions.
    sheet.reset_dimensions()
    rows = _numbered(sheet.iter_rows(max_col=_COLUMNS, values_only=True))
    header = next((row for row in islice(rows, _ABOVE_HEADER) if mark in (None, *row[1])), None)
    if header is None:
        return None
    names = [_text(cell).strip() for cell in header[1]]
    width = max((i for i, name in enumerate(names, start=1) if name), default=0)
    known = [(number, row[:width]) for number, row in rows if row[:width].count(None) < width]
    texts = [tuple(map(_text, row)) for _, row in known]
    frame = pd.DataFrame(texts, columns=distinct_names(names[:width]), dtype="str")
    filled = (frame != "").any(axis=1).to_numpy()
    lines = np.array([number for number, _ in known], dtype=np.int64)
    return Table(frame[filled].reset_index(drop=True), lines[filled], nothing_aside())


def _numbered(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Rows with their numbers, which a damaged sheet may set to anything."""
    for number, row in enumerate(rows, start=1):
        if number > _ROWS:
            raise ValueError(f"a row below row {_ROWS:,}, the last one that a sheet can have")
        yield number, row


def _text(cell: object) -> str:
    """Text of a cell; a number too large to be exact shows that it is not."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        exact = abs(cell) < _EXACT and cell == int(cell)
        return str(int(cell)) if exact else str(float(cell))
    return "" if cell is None else str(cell)
