"""From what a person names to the files that are read."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple

from kznet.errors import DataError
from kznet.loaders._archives import is_archive, unpack
from kznet.loaders._database import fetched, is_database
from kznet.loaders._source import Source

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
DEEPEST: Final = 3
_CASE_TABLES: Final = ("accounts.parquet", "ties.parquet", "posts.parquet")
_OF_SYSTEMS: Final = ("__MACOSX", "Thumbs.db", "desktop.ini")


class Found(NamedTuple):
    """A file, and whether it was named itself or only lay in a folder or archive that was."""

    source: Source
    named: bool


@dataclass
class Search:
    """Where archives and streams are laid out, and what there is to say of them."""

    workspace: Path
    query: str | None = None
    warnings: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    _places: int = 0

    def files(self, paths: Paths) -> list[Found]:
        """Every file that is named or lies in a folder or archive named; of a case, its dataset.

        Raises
        ------
        DataError
            Nothing is named, a path does not exist, or an archive that was named is refused.
        """
        found = [each for given in listed(paths) for each in self._given(given)]
        if not found and not self.refused:
            raise DataError("nothing to read: name at least one file, or a folder that holds some")
        names = Counter(each.source.name for each in found)
        return [
            each._replace(source=_longer_name(each.source)) if names[each.source.name] > 1 else each
            for each in found
        ]

    def _given(self, given: str) -> Iterator[Found]:
        if given == "-":
            place = self._place()
            with place.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
            yield from self._opened(Found(Source(place, "stdin"), named=True), depth=0)
        elif is_database(given):
            yield Found(fetched(given, self.query, self._place()), named=True)
        elif self.query is not None and _is_sqlite(Path(given)):
            address = f"sqlite:///{given}"
            yield Found(fetched(address, self.query, self._place()), named=True)
        else:
            yield from self._path(Path(given))

    def _path(self, path: Path) -> Iterator[Found]:
        if not path.exists():
            raise DataError(f"{path}: no such file or folder")
        if path.is_dir():
            named = bool(_case_tables(path))
            found = _case_tables(path) or _inside(path)
            start = path / "dataset" if named else path
            prefix = f"{path.resolve().name}/dataset/" if named else ""
            for file in found:
                source = Source(file, prefix + file.relative_to(start).as_posix())
                yield from self._opened(Found(source, named=named), depth=0)
        else:
            yield from self._opened(Found(Source(path, path.name), named=True), depth=0)

    def _opened(self, found: Found, *, depth: int) -> Iterator[Found]:
        """Give a file itself, or what lies in it where it is an archive."""
        source = found.source
        if not _is_archive(source):
            yield found
            return
        try:
            if depth == DEEPEST:
                raise DataError(f"{source.name}: refused: archives in archives in archives")
            folder = self._place()
            folder.mkdir()
            self.warnings += unpack(source, folder)
        except DataError as error:
            if found.named:
                raise
            self.refused[source.name] = str(error).removeprefix(f"{source.name}: ")
            return
        for file in _case_tables(folder) or _inside(folder):
            inner = Source(file, f"{source.name}/{file.relative_to(folder).as_posix()}")
            yield from self._opened(Found(inner, named=False), depth=depth + 1)

    def _place(self) -> Path:
        self._places += 1
        return self.workspace / str(self._places)


def listed(paths: Paths) -> list[str]:
    """Paths as a list; one alone is as good as a list of one."""
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    return [os.fspath(path) for path in several]


def named(path: str) -> Source:
    """One file that must exist.

    Raises
    ------
    DataError
        It does not, or is a folder.
    """
    file = Path(path)
    if not file.is_file():
        raise DataError(f"{file}: {'is a folder' if file.is_dir() else 'no such file'}")
    return Source(file, file.name)


def _is_sqlite(path: Path) -> bool:
    return path.is_file() and Source(path, path.name).is_sqlite


def _is_archive(source: Source) -> bool:
    try:
        return is_archive(source)
    except DataError:
        return False  # whoever reads the file will say what is wrong with it


def _inside(folder: Path) -> Iterator[Path]:
    """Files of a folder and its subfolders, hidden ones and what systems leave behind apart."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _OF_SYSTEMS:
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
    return replace(source, name=f"{source.path.resolve().parent.name}/{source.name}")
