"""From paths to a dataset: find, recognise, read, merge, report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from kznet.dataset import Dataset
from kznet.errors import DataError, FormatError
from kznet.loaders._discover import Found, Paths, Search, listed, named
from kznet.loaders._formats import FORMATS, recognised
from kznet.loaders._labels import read_labels
from kznet.loaders._media import is_media
from kznet.loaders._merge import Merged, merge
from kznet.loaders._options import DEFAULTS, Options
from kznet.loaders._owner import owned
from kznet.loaders._part import counted, set_aside, worded
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
    """Read files, folders and archives of any known format into one dataset, with a report.

    Parameters
    ----------
    paths
        Files, folders, archives (zip, tar), addresses of databases (``sqlite:///posts.db``), or
        ``-`` for what comes in by the standard input; several, or one of them. Every file is
        recognised by its content. Files of a folder or an archive that are of no known format
        are set aside; a file that was named must be of one.
    accounts
        Tables (CSV, XLSX) that say more of accounts in the data: role, camp or party, entity,
        employer, name, matched by account id or handle.
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
    with TemporaryDirectory(prefix="kznet-") as workspace:
        search = Search(Path(workspace), options.query)
        found = _Read(left_out=search.refused, warnings=search.warnings)
        for each in _watched(search.files(paths), options):
            found.add(each, format, options)
    if not found.readings:
        raise DataError(f"nothing to read among {len(found.left_out)} files: {found.some()}")
    found.readings = owned(found.readings, given=options.source_account)
    merged = merge([reading.part for reading in found.readings], labels)
    return _dataset(found, merged)


@dataclass
class _Read:
    """What the files gave so far, and why some were left out."""

    left_out: dict[str, str]
    warnings: list[str]
    readings: list[Reading] = field(default_factory=list)
    media: int = 0

    def add(self, each: Found, format: str | None, options: Options) -> None:  # noqa: A002  # the word users know from --format
        """Read one more file; one that was not named itself may be none that can be read."""
        source = each.source
        try:
            if not each.named and is_media(source.head):
                self.media += 1
                return
            name, why = recognised(source, format=format)
            same = next((r.name for r in self.readings if r.sha256 == source.sha256), None)
            if same is not None:
                self.left_out[source.name] = f"same content as {same}"
                return
            part = FORMATS[name](source, options)
        except (DataError, FormatError) as error:
            if each.named:
                raise
            self.left_out[source.name] = _first_line(error, source.name)
            return
        self.readings.append(Reading(source.name, source.sha256, name, why, part))

    def some(self) -> str:
        """Name a few files that were left out, with the reasons."""
        few = [f"{name} ({why})" for name, why in list(self.left_out.items())[:3]]
        return ", ".join(few) + (", …" if len(self.left_out) > 3 else "")

    def said(self) -> tuple[str, ...]:
        """Warnings about files as such."""
        notes = [("pictures, films and other files that hold no ties", self.media)]
        told = worded(counted(notes))
        if self.left_out:
            told += (f"files that were not read: {len(self.left_out):,}: {self.some()}",)
        return (*self.warnings, *told)


def _watched(found: Sequence[Found], options: Options) -> Iterator[Found]:
    """Yield each file in turn, and tell by bytes how far the reading has come."""
    sizes = [each.source.path.stat().st_size for each in found]
    for i, each in enumerate(found):
        yield each._replace(source=_heard(each.source, sum(sizes[:i]), sum(sizes), options))
        if options.progress is not None:
            options.progress(each.source.name, sum(sizes[: i + 1]), sum(sizes))


def _heard(source: Source, before: int, total: int, options: Options) -> Source:
    progress = options.progress
    if progress is None:
        return source
    return replace(source, watch=lambda done: progress(source.name, before + done, total))


def _dataset(found: _Read, merged: Merged) -> Dataset:
    ties = merged.tables.ties
    kinds, part = ties["kind"], ties["part"].to_numpy()
    files = [
        file_report(reading, kinds[part == i], merged.aside[i], merged.resolution.get(i))
        for i, reading in enumerate(found.readings)
    ]
    left_out = found.left_out
    rejected = rejected_rows(
        [reading.name for reading in found.readings]
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
    report = LoadReport(
        (*files, *merged.labels), rejected, (*merged.warnings, *found.said()), merged.aliases
    )
    return Dataset(merged.tables.accounts, ties, merged.tables.posts, report)


def _first_line(error: Exception, name: str) -> str:
    return str(error).partition("\n")[0].removeprefix(f"{name}: ").removesuffix(". Tried:")


def _no_row(rejected: pd.DataFrame) -> str:
    first = rejected.iloc[0]
    line = f"line {first['line']}" if str(first["line"]).isdigit() else first["line"]
    where = f"{first['file']}: {line}: {first['reason']}: {first['value']!r}"
    return f"no row can be read; {len(rejected):,} set aside, the first at {where}"
