"""Tables of text as they lie in a file, whole or piece by piece."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kznet.codes import CODED, from_arrow
from kznet.errors import DataError
from kznet.loaders._clean import Epochs, epoch_scale, numbers
from kznet.loaders._columns import cells
from kznet.loaders._delimited import pieces
from kznet.loaders._part import Part, joined, nothing_aside, stacked
from kznet.loaders._source import Source
from kznet.loaders._text import blank_lines_before, encoding

_FIRST_ROWS: Final = 1_000
_BATCH: Final = 1 << 20
_BATCHES: Final = 8


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of a file under its own column names; `aside` holds those that don't fit the header.

    `scales` says for columns of epochs what their unit is, where that has been decided on earlier
    rows of the file.
    """

    frame: pd.DataFrame
    lines: np.ndarray
    aside: pd.DataFrame
    warnings: tuple[str, ...] = ()
    decimal: str = "."
    scales: Mapping[str, Epochs] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows the file has, blank ones apart."""
        return len(self.frame) + len(self.aside)


def read_table(source: Source) -> Table:
    """Read a delimited text or a Parquet file whole.

    Cells of a delimited text are text; blank rows are no rows. The header is line 1.
    """
    tables = list(_tables(source))
    return replace(
        tables[0],
        frame=stacked([table.frame for table in tables], tables[0].frame),
        lines=np.concatenate([table.lines for table in tables]),
        aside=stacked([table.aside for table in tables], nothing_aside()),
    )


def by_piece(source: Source, read: Callable[[Table], Part]) -> Part:
    """Read a table piece by piece, so that no more of its text is held than one piece."""
    tables = _tables(source)
    first = next(tables)
    parts = [read(first)]
    scales: dict[str, Epochs] | None = None
    for table in tables:
        if not table.rows:
            continue
        if not first.rows:
            first = table
        elif scales is None:
            scales = scales_of(first.frame)
        parts.append(read(replace(table, scales=scales or {})))
    return joined(parts)


def _tables(source: Source) -> Iterator[Table]:
    return _parquet(source) if source.is_parquet else _delimited(source)


def scales_of(frame: pd.DataFrame) -> dict[str, Epochs]:
    """Unit of each column of epochs of a file, from some of its rows."""
    told = {str(name): cells(column) for name, column in frame.items() if _may_count(column)}
    found = {name: epoch_scale(column) for name, column in told.items()}
    return {name: scale for name, scale in found.items() if scale}


def _may_count(column: pd.Series) -> bool:
    """Whether a column of text begins with a number somewhere in its first rows."""
    begin = column.head(_FIRST_ROWS)
    return column.dtype == "str" and bool(numbers(cells(begin)).notna().any())


def _parquet(source: Source) -> Iterator[Table]:
    try:
        with source.opened() as file:
            read = pq.ParquetFile(file, read_dictionary=_repeating(source))
            begin = 1
            yield _typed(read.schema_arrow.empty_table(), begin)
            batches = read.iter_batches(_BATCH)
            while some := list(islice(batches, _at_once(read.schema_arrow))):
                piece = pa.Table.from_batches(some)
                yield _typed(piece, begin)
                begin += piece.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DataError(f"{source.name}: broken Parquet: {error}") from error


def _at_once(schema: pa.Schema) -> int:
    """Batches of a piece: more where none of its text is written out, but coded in the file."""
    written = (pa.types.is_string(each) or pa.types.is_large_string(each) for each in schema.types)
    return 1 if any(written) else _BATCHES


def _repeating(source: Source) -> list[str]:
    """Columns of ids in a table of ties, which the file holds as codes already, or may as well."""
    return [name for name in CODED if name in source.header] if "source" in source.header else []


def _typed(table: pa.Table, begin: int) -> Table:
    """Whole numbers become text at once: a gap in them would turn them into floats."""
    frame = pd.DataFrame(
        {
            name: _column(column)
            for name, column in zip(table.column_names, table.columns, strict=True)
        },
        index=pd.RangeIndex(table.num_rows),
    )
    return Table(frame, np.arange(len(frame)) + begin, nothing_aside())


def _column(column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_dictionary(column.type):
        return from_arrow(column)
    if pa.types.is_integer(column.type):
        column = column.cast(pa.large_string())
    return pd.Series(column.to_pandas())


def _delimited(source: Source) -> Iterator[Table]:
    above = blank_lines_before(source.head)
    assumed = encoding(source) == "cp1251"
    warnings = ("not UTF-8: read as Windows-1251",) if assumed else ()
    decimal = "," if source.delimiter == ";" else "."
    for piece in pieces(source, above=above):
        yield Table(piece.frame, piece.lines, piece.aside, warnings, decimal)
