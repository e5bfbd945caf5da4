"""A file on disk as its bytes: unpacked on the way, within limits, and watched."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from kznet.errors import DataError

Watch = Callable[[int], None]

LARGEST_RATIO: Final = 200
ALWAYS_ALLOWED: Final = 100 << 20
_PACKED: Final[tuple[tuple[bytes, Callable[[BinaryIO], object]], ...]] = (
    (b"\x1f\x8b", lambda raw: gzip.GzipFile(fileobj=raw)),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
    (b"BZh", bz2.BZ2File),
)


@contextmanager
def opened(path: Path, name: str, watch: Watch | None = None) -> Iterator[BinaryIO]:
    """Open for reading, without the compression; `watch` hears how many bytes have been read.

    Raises
    ------
    DataError
        The file cannot be read, is damaged, or unpacks to absurdly more than it is.
    """
    with explained(name), path.open("rb", buffering=0) as raw:
        start = raw.read(6)
        raw.seek(0)
        file = cast(BinaryIO, io.BufferedReader(_Watched(raw, watch) if watch else raw, 1 << 18))
        unpack = next((how for mark, how in _PACKED if start.startswith(mark)), None)
        if unpack is None:
            yield file
            return
        allowed = Bounded(path.stat().st_size, name)
        yield allowed.reading(cast(BinaryIO, unpack(file)))


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what goes wrong with a file's bytes into one kind of error."""
    try:
        yield
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"{name}: cannot be read: {reason}") from error


class Bounded:
    """How much may come out of one packed file, all its members together."""

    def __init__(self, packed: int, name: str) -> None:
        self._left = max(ALWAYS_ALLOWED, LARGEST_RATIO * packed)
        self._name = name

    def reading(self, file: BinaryIO) -> BinaryIO:
        """Read a file against the allowance."""
        return cast(BinaryIO, io.BufferedReader(_Counted(file, self), 1 << 18))

    def spend(self, count: int) -> None:
        """Take so many bytes off.

        Raises
        ------
        DataError
            There are not so many left.
        """
        self._left -= count
        if self._left < 0:
            raise DataError(too_much(self._name))


def too_much(name: str) -> str:
    """What is said of a file that unpacks to more than anything real does."""
    return (
        f"{name}: refused: it unpacks to more than {LARGEST_RATIO} times its size; "
        "if it is meant to, unpack it yourself and name the files"
    )


class _Counted(io.RawIOBase):
    """A file whose bytes are taken off an allowance as they are read."""

    def __init__(self, file: BinaryIO, allowed: Bounded) -> None:
        self._file, self._allowed = file, allowed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # a buffer, says the protocol
        data = self._file.read(len(view))
        self._allowed.spend(len(data))
        view[: len(data)] = data
        return len(data)


class _Watched(io.RawIOBase):
    """A file that tells how far it has been read."""

    def __init__(self, raw: io.FileIO, watch: Watch) -> None:
        self._raw, self._watch = raw, watch

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def readinto(self, buffer: object) -> int:
        count = self._raw.readinto(buffer)  # type: ignore[arg-type]  # a buffer, says the protocol
        self._watch(self._raw.tell())
        return count or 0
