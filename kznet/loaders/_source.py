"""One file: its bytes, and the few facts about their shape that recognition needs."""

import csv
import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from kznet.errors import DataError
from kznet.loaders._documents import Documents, Element
from kznet.loaders._opening import Watch, explained, opened
from kznet.loaders._text import decoded, is_utf16

HEAD: Final = 1 << 16
_DELIMITERS: Final = ",;\t|"
_PARQUET: Final = b"PAR1"
_SQLITE: Final = b"SQLite format 3\0"
_ROOT: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


@dataclass(frozen=True, eq=False)
class Source:
    """A file, unpacked as it is read.

    Every fact is worked out once, when a recogniser first asks; anything wrong with the bytes
    is a `DataError` that names the file. `watch` hears how far the file has been read.
    """

    path: Path
    name: str
    watch: Watch | None = None

    def opened(self) -> AbstractContextManager[BinaryIO]:
        """Open for a look, without the compression."""
        return opened(self.path, self.name)

    def followed(self) -> AbstractContextManager[BinaryIO]:
        """Open for reading from end to end, which `watch` hears of."""
        return opened(self.path, self.name, self.watch)

    @cached_property
    def sha256(self) -> str:
        """Digest of the file as it lies on disk."""
        with explained(self.name), self.path.open("rb") as file:
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
    def text(self) -> str:
        """First bytes as text."""
        return decoded(self.head, cut=len(self.head) == HEAD)

    @cached_property
    def content(self) -> bytes:
        """All bytes."""
        with self.opened() as file:
            return file.read()

    @property
    def is_parquet(self) -> bool:
        """Whether the file is a Parquet table."""
        return self.head.startswith(_PARQUET)

    @property
    def is_sqlite(self) -> bool:
        """Whether the file is an SQLite database."""
        return self.head.startswith(_SQLITE)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Column names, where the file looks like a table."""
        if self.is_parquet:
            try:
                with self.opened() as file:
                    return tuple(pq.read_schema(file).names)
            except (pa.ArrowException, OSError, ValueError) as error:
                raise DataError(f"{self.name}: broken Parquet: {error}") from error
        return tuple(_fields(self._first_line, self.delimiter)) if self._first_line else ()

    @cached_property
    def delimiter(self) -> str:
        """What separates the columns of the first line."""
        return max(_DELIMITERS, key=lambda mark: len(_fields(self._first_line, mark)))

    @cached_property
    def record(self) -> object:
        """First JSON value: of the whole file, or of its first line that holds one.

        Of a document too large to be held, as far as its first bytes go.
        """
        return self._documents.record() if self.looks_like_json else None

    @property
    def looks_like_json(self) -> bool:
        """Whether the first sign opens a JSON object or list."""
        return self.text.lstrip()[:1] in ("{", "[")

    def documents(self) -> Iterator[tuple[int, object]]:
        """JSON values with their lines: one a line, or the one that is the whole file.

        A value that cannot be read comes as `Broken`. Of a document too large to be held that is
        a list, each element comes as a value of its own.
        """
        return iter(self._documents)

    def elements(self, *paths: str) -> Iterator[Element]:
        """Elements of lists in documents of any size; see `Documents.elements`."""
        return self._documents.elements(*paths)

    def entries(self) -> Iterator[tuple[str, object]]:
        """Keys and values of a document of any size that is one object."""
        return self._documents.entries()

    @cached_property
    def _documents(self) -> Documents:
        return Documents(self, self.name)

    @cached_property
    def root(self) -> str:
        """Local name of the root element, where the file looks like XML."""
        text = self.text.lstrip()
        found = _ROOT.search(text) if text.startswith("<") else None
        return found[1] if found else ""

    @cached_property
    def _first_line(self) -> str:
        first = self.head.lstrip(b"\r\n").partition(b"\n")[0]
        binary = b"\0" in first and not is_utf16(self.head)
        if self.looks_like_json or self.root or binary:
            return ""
        return self.text.lstrip("\r\n").partition("\n")[0].rstrip("\r")


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return [field.strip() for field in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []
