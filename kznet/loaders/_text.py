"""Text of a file, whatever it was written in."""

import codecs
import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import BinaryIO, Final, Protocol

_BLOCK: Final = 1 << 20
_BOM: Final = b"\xef\xbb\xbf"
_BREAKS: Final = b"\r\n"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class Openable(Protocol):
    """Anything with bytes that can be read again and again."""

    @property
    def head(self) -> bytes:
        """First bytes."""

    def opened(self) -> AbstractContextManager[BinaryIO]:
        """Open for a look."""

    def followed(self) -> AbstractContextManager[BinaryIO]:
        """Open for reading from end to end."""


@contextmanager
def utf8(source: Openable) -> Iterator[BinaryIO]:
    """Open a text in UTF-8, without its mark, and with an end to its last line."""
    with source.followed() as file:
        yield io.BufferedReader(_Stream(_ended(_recoded(file, encoding(source)))), _BLOCK)


def encoding(source: Openable) -> str:
    """UTF-16 by its mark, UTF-8 where every byte fits, else Windows-1251, common here."""
    if is_utf16(source.head):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with source.opened() as file:
            for block in iter(lambda: file.read(_BLOCK), b""):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def decoded(data: bytes, *, cut: bool) -> str:
    """Text of first bytes, of which the last letter may be `cut` in two."""
    if is_utf16(data):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        whole = not (cut and error.start >= len(data) - 3)
        return data.decode("cp1251", "replace") if whole else data.decode("utf-8-sig", "ignore")


def is_utf16(data: bytes) -> bool:
    """Whether bytes begin with the mark of UTF-16."""
    return data.startswith(_UTF16)


def blank_lines_before(data: bytes) -> int:
    """Empty lines above the first that says something."""
    text = data.removeprefix(_BOM)
    return text[: len(text) - len(text.lstrip(_BREAKS))].count(b"\n")


def _recoded(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield blocks in UTF-8; what is no letter in the encoding becomes the mark for that."""
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    for block in iter(lambda: file.read(_BLOCK), b""):
        yield block if name == "utf-8" else decoder.decode(block).encode("utf-8")
    if name != "utf-8":
        yield decoder.decode(b"", final=True).encode("utf-8")


def _ended(blocks: Iterator[bytes]) -> Iterator[bytes]:
    last = b""
    for block in blocks:
        kept = block if last else block.removeprefix(_BOM).lstrip(_BREAKS)
        if kept:
            last = kept
            yield kept
    if not last.endswith(b"\n"):
        yield b"\n"


class _Stream(io.RawIOBase):
    """Blocks as a file."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._left = blocks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # a buffer, says the protocol
        if not self._left:
            self._left = memoryview(next(self._blocks, b""))
        count = min(len(view), len(self._left))
        view[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
