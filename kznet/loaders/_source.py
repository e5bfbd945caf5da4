"""One file: its bytes, and the few facts about their shape that recognition needs."""

import csv
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final, cast

import pyarrow as pa
import pyarrow.parquet as pq

from kznet.errors import DataError
from kznet.loaders._json import Broken, first_document, parsed

HEAD: Final = 1 << 16
_DELIMITERS: Final = ",;\t|"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_PARQUET: Final = b"PAR1"
_ROOT: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


@dataclass(frozen=True, eq=False)
class Source:
    """A file, unpacked as it is read.

    Every fact is worked out once, when a recogniser first asks; anything wrong with the bytes
    is a `DataError` that names the file.
    """

    path: Path
    name: str

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open for reading, without the compression."""
        with _explained(self.name), self.path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            yield cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw

    @cached_property
    def sha256(self) -> str:
        """Digest of the file as it lies on disk."""
        with _explained(self.name), self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def head(self) -> bytes:
        """First bytes; an empty file is an error."""
        with self.opened() as file:
            head = file.read(HEAD)
        if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
            raise DataError(f"{self.name}: the file is empty")
        return head

    @cached_property
    def content(self) -> bytes:
        """All bytes."""
        with self.opened() as file:
            return file.read()

    @property
    def is_parquet(self) -> bool:
        """Whether the file is a Parquet table."""
        return self.head.startswith(_PARQUET)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Column names, where the file looks like a table."""
        if self.is_parquet:
            try:
                return tuple(pq.read_schema(BytesIO(self.content)).names)
            except (pa.ArrowException, OSError, ValueError) as error:
                raise DataError(f"{self.name}: broken Parquet: {error}") from error
        return tuple(_fields(self._first_line, self.delimiter)) if self._first_line else ()

    @cached_property
    def delimiter(self) -> str:
        """What separates the columns of the first line."""
        return max(_DELIMITERS, key=lambda mark: len(_fields(self._first_line, mark)))

    @cached_property
    def record(self) -> object:
        """First JSON value: of the whole file, or of its first line that holds one."""
        if not self.looks_like_json:
            return None
        return first_document(self.name, self.documents())

    @property
    def looks_like_json(self) -> bool:
        """Whether the first sign opens a JSON object or list."""
        return decoded(self.head).lstrip()[:1] in ("{", "[")

    def documents(self) -> Iterator[tuple[int, object]]:
        """JSON values with their lines: one a line, or the one that is the whole file.

        A value that cannot be read comes as `Broken`.
        """
        if self._whole_document is None:
            yield from self._lines()
        else:
            yield 1, self._whole_document

    @cached_property
    def _whole_document(self) -> object:
        """The one value that the file is; nothing where each line is a value of its own."""
        begin = [line for _, line in zip(range(8), self._lines(), strict=False)]
        if not isinstance(begin[0][1], Broken):
            return None
        whole = parsed(self.content)
        by_line = any(value and isinstance(value, dict) for _, value in begin)
        return None if isinstance(whole, Broken) and by_line else whole

    def _lines(self) -> Iterator[tuple[int, object]]:
        with self.opened() as file:
            for number, line in enumerate(file, start=1):
                if line.strip(b"\xef\xbb\xbf \t\r\n"):
                    yield number, parsed(line)

    @cached_property
    def root(self) -> str:
        """Local name of the root element, where the file looks like XML."""
        text = decoded(self.head).lstrip()
        found = _ROOT.search(text) if text.startswith("<") else None
        return found[1] if found else ""

    @cached_property
    def _first_line(self) -> str:
        first = self.head.lstrip(b"\r\n").partition(b"\n")[0]
        binary = b"\0" in first and not is_utf16(self.head)
        if self.looks_like_json or self.root or binary:
            return ""
        return decoded(self.head).lstrip("\r\n").partition("\n")[0].rstrip("\r")


def decoded(data: bytes) -> str:
    """Text of bytes in UTF-8 or UTF-16, and else in Windows-1251, which spreadsheets here use."""
    if is_utf16(data):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = len(data) == HEAD and error.start >= len(data) - 3
        return data.decode("utf-8-sig", "ignore") if cut else data.decode("cp1251", "replace")


def is_utf16(data: bytes) -> bool:
    """Whether bytes begin with the mark of UTF-16."""
    return data.startswith(_UTF16)


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return [field.strip() for field in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn what goes wrong with a file's bytes into one kind of error."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"{name}: cannot be read: {reason}") from error
