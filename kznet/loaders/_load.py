"""From paths to a dataset: find, recognise, read, merge, report."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from kznet.dataset import Dataset
from kznet.errors import DataError, FormatError
from kznet.loaders._discover import Found, Paths, discovered, listed, named
from kznet.loaders._formats import FORMATS, recognised
from kznet.loaders._labels import read_labels
from kznet.loaders._merge import Merged, merge
from kznet.loaders._options import DEFAULTS, Options
from kznet.loaders._part import set_aside
from kznet.loaders._report import Reading, file_report, rejected_rows
from kznet.loaders._source import Source
from kznet.provenance import LoadReport


def load(
    paths: Paths,
    *,
    accounts: Paths = (),
    format: str | None = None,  # noqa: A002  # the word users know from --format
    options: Options = DEFAULTS,
) -> Dataset:
    """Read files and folders in any known format into one dataset, with a report of what was read.

    Parameters
    ----------
    paths
        Files and folders, or one of them. Every file is recognised by its content. Files of a
        folder that are of no known format are set aside; a file that was named must be of one.
    accounts
        Tables (CSV, XLSX) that say more of accounts in the data: role, camp or party, entity,
        name, matched by account id or handle.
    format
        Name of the one format that is wanted; see `FORMATS`.
    options
        What the files don't say.

    Returns
    -------
    Dataset
        Its `report` holds, file by file, what was read and every row that was set aside.

    Raises
    ------
    DataError
        A path does not exist, a file is empty or broken, or no row can be read.
    FormatError
        A file is of no known format; lists what was tried.
    UnknownNameError
        There is no such format.
    """
    if format is not None:
        _ = FORMATS[format]
    labels = [read_labels(named(path), tz=options.tz) for path in listed(accounts)]
    readings: list[Reading] = []
    left_out: dict[str, str] = {}
    for each in _announced(discovered(paths), options):
        try:
            reading = _read(each.source, format, options)
        except (DataError, FormatError) as error:
            if each.named:
                raise
            left_out[each.source.name] = _first_line(error, each.source.name)
            continue
        same = next((other.name for other in readings if other.sha256 == reading.sha256), None)
        if same is None:
            readings.append(reading)
        else:
            left_out[reading.name] = f"same content as {same}"
    if not readings:
        raise DataError(f"nothing to read among {len(left_out)} files: {_some(left_out)}")
    merged = merge([reading.part for reading in readings], labels)
    return _dataset(readings, left_out, merged)


def _announced(found: Sequence[Found], options: Options) -> Iterator[Found]:
    """Yield each file, and say that it is done once the next one is asked for."""
    sizes = [each.source.path.stat().st_size for each in found]
    for i, each in enumerate(found):
        yield each
        if options.progress is not None:
            options.progress(each.source.name, sum(sizes[: i + 1]), sum(sizes))


def _read(source: Source, format: str | None, options: Options) -> Reading:  # noqa: A002  # as above
    name, why = recognised(source, format=format)
    return Reading(source.name, source.sha256, name, why, FORMATS[name](source, options))


def _dataset(readings: Sequence[Reading], left_out: Mapping[str, str], merged: Merged) -> Dataset:
    ties = merged.tables.ties
    files = [
        file_report(reading, ties[ties["part"] == i], merged.aside[i])
        for i, reading in enumerate(readings)
    ]
    rejected = rejected_rows(
        [reading.name for reading in readings]
        + [report.name for report in merged.labels]
        + list(left_out),
        [
            *merged.aside,
            *merged.labels_aside,
            *(set_aside([""], why, "") for why in left_out.values()),
        ],
    )
    if merged.tables.accounts.empty and merged.tables.posts.empty and len(rejected):
        raise DataError(_no_row(rejected))
    warnings = merged.warnings
    if left_out:
        warnings = (*warnings, f"files that were not read: {len(left_out):,}: {_some(left_out)}")
    report = LoadReport((*files, *merged.labels), rejected, warnings)
    return Dataset(merged.tables.accounts, ties, merged.tables.posts, report)


def _first_line(error: Exception, name: str) -> str:
    return str(error).partition("\n")[0].removeprefix(f"{name}: ").removesuffix(". Tried:")


def _some(left_out: Mapping[str, str]) -> str:
    few = [f"{name} ({why})" for name, why in list(left_out.items())[:3]]
    return ", ".join(few) + (", …" if len(left_out) > 3 else "")


def _no_row(rejected: pd.DataFrame) -> str:
    first = rejected.iloc[0]
    where = f"{first['file']}: line {first['line']}: {first['reason']}: {first['value']!r}"
    return f"no row can be read; {len(rejected):,} set aside, the first at {where}"
