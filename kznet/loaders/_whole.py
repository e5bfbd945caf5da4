"""Text files that are parsed in one go."""

from kznet.loaders._source import Source
from kznet.loaders._text import blank_lines_before, encoding, utf8


def whole_text(source: Source) -> tuple[str, tuple[str, ...]]:
    """Text of a file from its first line on, and what had to be assumed to read it."""
    assumed = ("not UTF-8: read as Windows-1251",) if encoding(source) == "cp1251" else ()
    with utf8(source) as file:
        text = file.read().decode("utf-8", "replace")
    return "\n" * blank_lines_before(source.head) + text, assumed
