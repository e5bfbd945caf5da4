"""From what a person names to the files that are read."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from kznet.errors import DataError
from kznet.loaders._source import Source

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
_CASE_TABLES: Final = ("accounts.parquet", "ties.parquet", "posts.parquet")


class Found(NamedTuple):
    """A file, and whether it was named itself or only lay in a folder that was."""

    source: Source
    named: bool


def discovered(paths: Paths) -> list[Found]:
    """Every file that is named or lies in a folder named, sorted; of a case, its dataset alone.

    Raises
    ------
    DataError
        Nothing is named, or a path does not exist.
    """
    found = [each for path in listed(paths) for each in _files(path)]
    if not found:
        raise DataError("nothing to read: name at least one file, or a folder that holds some")
    names = Counter(each.source.name for each in found)
    return [
        each._replace(source=_longer_name(each.source)) if names[each.source.name] > 1 else each
        for each in found
    ]


def listed(paths: Paths) -> list[Path]:
    """Paths as a list; one alone is as good as a list of one."""
    if isinstance(paths, str | os.PathLike):
        return [Path(paths)]
    return [Path(path) for path in paths]


def named(path: Path) -> Source:
    """One file that must exist.

    Raises
    ------
    DataError
        It does not, or is a folder.
    """
    if not path.is_file():
        raise DataError(f"{path}: {'is a folder' if path.is_dir() else 'no such file'}")
    return Source(path, path.name)


def _files(path: Path) -> Iterator[Found]:
    if not path.exists():
        raise DataError(f"{path}: no such file or folder")
    whole = [] if path.is_dir() else [path]
    for file in whole or _case_tables(path):
        yield Found(Source(file, file.name if whole else f"dataset/{file.name}"), named=True)
    if path.is_dir() and not _case_tables(path):
        for file in _inside(path):
            yield Found(Source(file, file.relative_to(path).as_posix()), named=False)


def _inside(folder: Path) -> Iterator[Path]:
    """Files of a folder and its subfolders, hidden ones apart."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _case_tables(entry) or _inside(entry)
        elif entry.is_file():
            yield entry


def _case_tables(folder: Path) -> list[Path]:
    """Tables of a case folder; none where the folder is no case."""
    if not (folder / "manifest.json").is_file():
        return []
    tables = [folder / "dataset" / name for name in _CASE_TABLES]
    return [table for table in tables if table.is_file()]


def _longer_name(source: Source) -> Source:
    """Tell apart files of one name in several folders."""
    return Source(source.path, f"{source.path.resolve().parent.name}/{source.name}")
