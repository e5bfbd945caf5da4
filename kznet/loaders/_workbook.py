"""The first sheet of a workbook as a table of text."""

import struct
import warnings
import zlib
from io import BytesIO
from typing import Final
from zipfile import BadZipFile

import numpy as np
import openpyxl
import pandas as pd

from kznet.errors import DataError
from kznet.loaders._delimited import distinct_names
from kznet.loaders._part import nothing_aside
from kznet.loaders._source import Source
from kznet.loaders._table import Table

_MAGIC: Final = b"PK\x03\x04"
# What openpyxl and the unpacker below it let through on a damaged file.
_BROKEN: Final = (
    BadZipFile,
    zlib.error,
    struct.error,
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


def read_workbook(source: Source) -> Table:
    """Read the first sheet; its first row is the header, and line 1."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(BytesIO(source.content), read_only=True, data_only=True)
            rows = [
                tuple(map(_text, row)) for row in book.worksheets[0].iter_rows(values_only=True)
            ]
            book.close()
    except _BROKEN as error:
        raise DataError(f"{source.name}: broken workbook: {error}") from error
    if not rows:
        raise DataError(f"{source.name}: the first sheet is empty")
    frame = pd.DataFrame(rows[1:], columns=distinct_names(list(rows[0])), dtype="str")
    filled = (frame != "").any(axis=1).to_numpy()
    lines = np.arange(len(frame)) + 2
    return Table(frame[filled].reset_index(drop=True), lines[filled], nothing_aside())


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53
    return "" if cell is None else str(int(cell) if whole and isinstance(cell, float) else cell)
