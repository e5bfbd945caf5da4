"""Files, folders and addresses that Spark reads, as the three tables, cleaned as files are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import pyarrow as pa
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame

from kznet.engines.spark.arrow import by_batch, gathered
from kznet.engines.spark.session import Session
from kznet.errors import DataError
from kznet.loaders import Options
from kznet.loaders._piece import Which, piece, which_of
from kznet.loaders._table import scales_of

_FORMATS: Final[Mapping[str, str]] = {
    "parquet": "parquet",
    "csv": "csv",
    "tsv": "csv",
    "ndjson": "json",
    "jsonl": "json",
    "json": "json",
}
_PACKED: Final = (".gz", ".bz2", ".zst", ".snappy")
_HEAD: Final = 2_000
TIES: Final = (
    "source string, target string, kind string, time long, post string, content string, "
    "weight double, resolution double"
)
POSTS: Final = (
    "post string, account string, time long, text string, topic string, links string, lang string"
)
ACCOUNTS: Final = (
    "account string, platform string, handle string, name string, role string, camp string, "
    "entity string, staff_of string, followers long, bio string, url string, created long, "
    "verified boolean"
)
SCHEMAS: Final[Mapping[str, str]] = {"accounts": ACCOUNTS, "ties": TIES, "posts": POSTS}


@dataclass(frozen=True, eq=False)
class Read:
    """Rows of one table; `file` is the name of the files they come from, `part` their number."""

    file: str
    which: Which
    rows: DataFrame


def inputs(paths: Sequence[str], options: Options, *, on: Session) -> list[Read]:
    """Read what the paths name; each row is a good one or has a `reason` to be set aside.

    Raises
    ------
    DataError
        There is nothing at a path, or nothing that Spark can read as a table.
    FormatError
        A table's columns are not those of accounts, ties, posts or edges.
    """
    found = [group for path in paths for group in _groups(path, on)]
    return [_cleaned(group, files, options, on) for group, files in found]


def _groups(path: str, on: Session) -> list[tuple[str, list[str]]]:
    """Files at a path that make one table: one file, or the parts of a folder that Spark wrote."""
    reader = on.spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    try:
        files = sorted(str(row.path) for row in reader.load(path).select("path").collect())
    except AnalysisException as error:
        raise DataError(f"{path}: nothing there that Spark can read") from error
    groups: dict[str, list[str]] = {}
    for file in files:
        folder, _, name = file.rpartition("/")
        if _format(name):
            groups.setdefault(folder if name.startswith("part-") else file, []).append(file)
    if not groups:
        known = ", ".join(_FORMATS)
        raise DataError(f"{path}: no table that Spark reads among {len(files)} files ({known})")
    return sorted(groups.items())


def _format(name: str) -> str | None:
    for ending in _PACKED:
        name = name.removesuffix(ending)
    return _FORMATS.get(name.rpartition(".")[2].lower())


def _read(files: list[str], on: Session) -> DataFrame:
    form = _format(files[0]) or ""
    reader = on.spark.read
    if form == "csv":
        tabs = ".tsv" in files[0]
        reader = reader.options(header=True, escape='"', sep="\t" if tabs else ",")
        if "posts" in files[0] or "accounts" in files[0]:
            reader = reader.option("multiLine", value=True)
    return reader.format(form).load(files)


def _cleaned(name: str, files: list[str], options: Options, on: Session) -> Read:
    raw = _read(files, on)
    raw = raw.select(*(_plain(raw, column) for column in raw.columns))
    which = which_of(raw.columns, name)
    table = "ties" if which == "edges" else which
    head = _frame(gathered(raw.limit(_HEAD)))
    scales = scales_of(head)

    def clean(rows: pa.Table) -> Iterator[pa.Table]:
        part = piece(_frame(rows), which, options, scales)
        good = {"accounts": part.accounts, "ties": part.ties, "posts": part.posts}[table]
        yield _arrow(good.assign(reason=None), table)
        yield _arrow(part.aside[["reason"]], table)

    rows = by_batch(raw, clean, f"{SCHEMAS[table]}, reason string")
    return Read(name.rpartition("/")[2], which, rows)


def _plain(frame: DataFrame, column: str) -> Column:
    """Text of every column but times with a zone and measures: as a loader gets them."""
    kind = dict(frame.dtypes)[column]
    cell = frame[f"`{column}`"]
    return cell if kind in ("timestamp", "double", "float", "boolean") else cell.cast("string")


def _frame(rows: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = rows.to_pandas()
    for column in frame.columns:
        if frame[column].dtype == object:
            frame[column] = frame[column].astype("str")
    return frame


def _arrow(frame: pd.DataFrame, table: str) -> pa.Table:
    """Rows in the schema of a table, times as microseconds; columns that are not there missing."""
    fields = [item.split() for item in f"{SCHEMAS[table]}, reason string".split(", ")]
    return pa.table(
        {name: _column(frame, name, _TYPES[kind]) for name, kind in fields},
    )


_TYPES: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "long": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
}


def _column(frame: pd.DataFrame, name: str, kind: pa.DataType) -> pa.Array:
    if name not in frame:
        return pa.nulls(len(frame), kind)
    values = pa.array(frame[name], from_pandas=True)
    if pa.types.is_timestamp(values.type):
        values = values.cast(pa.timestamp("us", tz="UTC"))
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    return values.cast(kind)
