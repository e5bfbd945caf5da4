"""Archives laid out in a folder of their own, within limits; nothing ever leads out of it."""

import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, NamedTuple, cast

from kznet.errors import DataError
from kznet.loaders._opening import Bounded
from kznet.loaders._source import Source

MOST_FILES: Final = 100_000
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_WORKBOOK: Final = "xl/workbook.xml"
_TAR_MARK_AT: Final = 257
_DAMAGED: Final = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
    ValueError,
)


class _Member(NamedTuple):
    """A file in an archive; `file` is nothing where it is a link or a device."""

    path: str
    file: BinaryIO | None


def is_archive(source: Source) -> bool:
    """Whether a file is a zip (but no workbook, which is one too) or a tar, packed or not."""
    if source.head.startswith(_ZIPS):
        return not _is_workbook(source)
    return source.head[_TAR_MARK_AT:].startswith(b"ustar")


def unpack(source: Source, folder: Path) -> tuple[str, ...]:
    """Lay the files of an archive out in a folder; what is said of it comes back.

    Raises
    ------
    DataError
        The archive is damaged, locked, leads out of its folder, or unpacks to absurdly much.
    """
    allowed = Bounded(source.path.stat().st_size, source.name)
    links = count = 0
    try:
        for path, file in _members(source):
            count += 1
            if count > MOST_FILES:
                raise DataError(f"{source.name}: refused: more than {MOST_FILES:,} files")
            place = _place(folder, path, source.name)
            if file is None:
                links += 1
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            with file, _free(place).open("xb") as copy:
                shutil.copyfileobj(allowed.reading(file), copy, 1 << 18)
    except _DAMAGED as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{source.name}: the archive cannot be read: {error}") from error
    if not count:
        raise DataError(f"{source.name}: the archive is empty")
    return (f"links in {source.name} are not followed: {links:,}",) if links else ()


def _is_workbook(source: Source) -> bool:
    try:
        with zipfile.ZipFile(source.path) as archive:
            return _WORKBOOK in archive.namelist()
    except _DAMAGED:
        return b"[Content_Types].xml" in source.head


def _members(source: Source) -> Iterator[_Member]:
    return _of_zip(source) if source.head.startswith(_ZIPS) else _of_tar(source)


def _of_zip(source: Source) -> Iterator[_Member]:
    with zipfile.ZipFile(source.path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            link = info.external_attr >> 28 == 0o12
            yield _Member(info.filename, None if link else cast(BinaryIO, archive.open(info)))


def _of_tar(source: Source) -> Iterator[_Member]:
    with source.opened() as packed, closing(tarfile.open(fileobj=packed, mode="r|")) as archive:
        for info in archive:
            if not info.isdir():
                file = archive.extractfile(info) if info.isreg() else None
                yield _Member(info.name, cast(BinaryIO, file) if file else None)


def _place(folder: Path, path: str, name: str) -> Path:
    """Where a member goes.

    Raises
    ------
    DataError
        Its path leads elsewhere.
    """
    steps = PurePosixPath(path.replace("\\", "/"))
    drive = ":" in (steps.parts[0] if steps.parts else "")
    if steps.is_absolute() or ".." in steps.parts or drive or not steps.parts or "\0" in path:
        raise DataError(
            f"{name}: refused: the path {path!r} leads out of the archive; nothing in it is read"
        )
    return folder / steps


def _free(place: Path) -> Path:
    """Give the path itself, or one beside it where an archive holds two files of one name."""
    number = 2
    free = place
    while free.exists():
        free = place.with_name(f"{place.stem} ({number}){place.suffix}")
        number += 1
    return free
