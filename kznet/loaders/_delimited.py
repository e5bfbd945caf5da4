"""Delimited text in pieces of bounded size, each row with the line it begins on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from kznet.errors import DataError
from kznet.loaders._part import set_aside, stacked
from kznet.loaders._source import Source
from kznet.loaders._text import utf8

PIECE: Final = 1 << 26
_BLOCK: Final = 1 << 24
_MORE_COLUMNS: Final = 1000
_LONGEST_CELL: Final = 200
_UNCLOSED: Final = "in a cell of {} lines: is a quotation mark not closed?"


class Piece(NamedTuple):
    """Some rows of a file as text, their lines, and the rows of another width among them."""

    frame: pd.DataFrame
    lines: np.ndarray
    aside: pd.DataFrame


class _Misfit(NamedTuple):
    """A record that is wider or narrower than the header; the header is number 1."""

    number: int
    expected: int
    found: int
    text: str


def pieces(source: Source, *, above: int) -> Iterator[Piece]:
    """Rows of the file below its header, blank ones left out; at least one piece, maybe empty.

    `above` lines come before the header.
    """
    wrong: list[_Misfit] = []
    place = _Place(wrong, line=above + 1)
    names: list[str] = []
    for table in _gathered(_batches(source, wrong)):
        if not names:
            names = distinct_names([str(cell or "").strip() for cell in _first(table)])
            if names != distinct_names(list(source.header)):
                raise DataError(f"{source.name}: broken table: a quote in its header is not closed")
        yield place.piece(table.rename_columns(names))
    yield place.rest(names)


def distinct_names(names: list[str]) -> list[str]:
    """Names of the columns; a second column of the same name gets a number."""
    result: list[str] = []
    for name in names:
        again = sum(name == other for other in names[: len(result)])
        result.append(f"{name}.{again + 1}" if again else name)
    return result


def _first(table: pa.Table) -> list[object]:
    return [column[0].as_py() for column in table.columns]


def _batches(source: Source, wrong: list[_Misfit]) -> Iterator[pa.RecordBatch]:
    """Yield all cells as text, the header among them; records of another width go to `wrong`."""

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        misfit = _Misfit(row.number, row.expected_columns, row.actual_columns, row.text)
        wrong.append(misfit)
        return "skip"

    text = {f"f{i}": pa.large_string() for i in range(len(source.header) + _MORE_COLUMNS)}
    try:
        with utf8(source) as stream:
            yield from pyarrow.csv.open_csv(
                pa.PythonFile(stream, "r"),
                read_options=pyarrow.csv.ReadOptions(
                    use_threads=False, autogenerate_column_names=True, block_size=_BLOCK
                ),
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


def _gathered(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches put together to tables of about `PIECE` bytes."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(each.nbytes for each in held) >= PIECE:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


@dataclass
class _Place:
    """How far in the file the pieces have come."""

    wrong: list[_Misfit]
    records: int = 0
    line: int = 1
    told: int = 0
    header: bool = True

    def piece(self, table: pa.Table) -> Piece:
        """Turn the next rows into a piece, and move on."""
        numbers = self._numbers(table.num_rows)
        misfits = self._until(int(numbers[-1]))
        lines, aside = self._lines(table, numbers, misfits)
        frame = table.to_pandas().astype("str").fillna("")
        kept = (frame != "").any(axis=1).to_numpy(copy=True)
        if self.header:
            kept[0] = self.header = False
        breaks = _breaks(table)
        swallowed = kept & (breaks > _LONGEST_CELL)
        reasons = [_UNCLOSED.format(count) for count in breaks[swallowed]]
        begins = frame.loc[swallowed].iloc[:, 0].str[:80].array
        aside = stacked([aside, set_aside(lines[swallowed], reasons, begins)], aside)
        kept &= ~swallowed
        return Piece(frame[kept].reset_index(drop=True), lines[kept], aside)

    def rest(self, names: list[str]) -> Piece:
        """Give the records of another width that no row follows."""
        misfits = self._until(max((row.number for row in self.wrong), default=0))
        begin = np.array([row.number for row in misfits]) - self.records - 1 + self.line
        frame = pd.DataFrame({name: pd.Series(dtype="str") for name in names})
        return Piece(frame, np.zeros(0, dtype=np.int64), _set_aside(misfits, begin))

    def _numbers(self, count: int) -> np.ndarray:
        """Numbers of the next `count` records that are not of another width."""
        taken = np.array([row.number for row in self.wrong[self.told :]], dtype=np.int64)
        numbers = np.arange(self.records + 1, self.records + 1 + count + len(taken))
        return np.setdiff1d(numbers, taken, assume_unique=True)[:count]

    def _until(self, number: int) -> list[_Misfit]:
        found = [row for row in self.wrong[self.told :] if row.number <= number]
        self.told += len(found)
        return found

    def _lines(
        self, table: pa.Table, numbers: np.ndarray, misfits: list[_Misfit]
    ) -> tuple[np.ndarray, pd.DataFrame]:
        """Line on which each record begins: a cell with line breaks pushes the later ones down."""
        first, last = self.records + 1, int(numbers[-1])
        extra = np.zeros(last - first + 1, dtype=np.int64)
        extra[numbers - first] = _breaks(table)
        skipped = np.array([row.number for row in misfits], dtype=np.int64)
        extra[skipped - first] = [row.text.count("\n") for row in misfits]
        begin = self.line + np.arange(len(extra)) + np.cumsum(extra) - extra
        self.records, self.line = last, int(begin[-1] + extra[-1] + 1)
        return begin[numbers - first], _set_aside(misfits, begin[skipped - first])


def _breaks(table: pa.Table) -> np.ndarray:
    """Line breaks inside the cells of each row."""
    total = np.zeros(table.num_rows, dtype=np.int64)
    for column in table.columns:
        if pc.any(pc.match_substring(column, "\n")).as_py():
            total += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy()
    return total


def _misfit(row: _Misfit) -> str:
    width = f"{row.expected} columns expected, {row.found} found"
    lines = row.text.count("\n") + 1
    return f"{width}, {_UNCLOSED.format(lines)}" if lines > _LONGEST_CELL else width


def _set_aside(misfits: list[_Misfit], lines: np.ndarray) -> pd.DataFrame:
    reasons = [_misfit(row) for row in misfits]
    return set_aside(lines, reasons, [row.text[:80] for row in misfits])
