"""SQLite files: opened without ever writing beside them, and without trusting what is in them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from kznet.errors import DataError
from kznet.loaders._source import Source

_LONGEST: Final = 1 << 26
_MARK: Final = 16
_NO_LOG: Final = b"\1\1"
_LOG_AT: Final = slice(18, 20)


@contextmanager
def opened(source: Source) -> Iterator[sqlite3.Connection]:
    """Open a database for reading; a packed one in memory.

    Raises
    ------
    DataError
        It is broken.
    """
    packed = not _lies_plain(source)
    address = ":memory:" if packed else f"{source.path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            if packed:
                content = bytearray(source.content)
                content[_LOG_AT] = _NO_LOG
                database.deserialize(content)
            database.text_factory = lambda text: text.decode("utf-8", "replace")
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            database.execute("PRAGMA trusted_schema = OFF")
            yield database
    except sqlite3.Error as error:
        raise DataError(f"{source.name}: broken database: {error}") from error


def columns_of(database: sqlite3.Connection, table: str) -> frozenset[str]:
    """Columns of a table proper: a view could make up rows without end."""
    kinds = database.execute("SELECT sql FROM sqlite_master WHERE type='table' AND name=?", [table])
    made = [str(sql).upper() for (sql,) in kinds]
    if not made or made[0].startswith("CREATE VIRTUAL"):
        return frozenset()
    found = database.execute("SELECT name FROM pragma_table_info(?)", [table])
    return frozenset(name for (name,) in found)


def _lies_plain(source: Source) -> bool:
    with source.path.open("rb") as file:
        return source.head.startswith(file.read(_MARK))
