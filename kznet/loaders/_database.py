"""Rows of a query to a database, laid out as a table that any loader may recognise."""

import csv
import re
import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kznet.errors import DataError, MissingDependencyError
from kznet.loaders._source import Source

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

_AT_ONCE = 20_000
_READS = re.compile(r"\s*(?:select|with|from|values)\b", re.IGNORECASE)
_IN_A_FILE = ("sqlite", "duckdb")


def is_database(given: str) -> bool:
    """Whether this is an address such as ``postgresql://host/name`` and not a path."""
    return "://" in given


def fetched(address: str, query: str | None, path: Path) -> Source:
    """Run a query, write its rows to `path`, and name them after the database.

    Raises
    ------
    DataError
        No query was given, the database cannot be reached, or it refuses the query.
    MissingDependencyError
        SQLAlchemy is not there.
    """
    try:
        import sqlalchemy
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
    except ImportError as error:
        needs = "reading a database needs an optional package: pip install 'kznet[sql]'"
        raise MissingDependencyError(needs) from error
    try:
        url = sqlalchemy.make_url(address)
        name = url.render_as_string(hide_password=True)
        _check(url, name, query)
        with _engine(url).connect() as connection:
            _write(connection, sqlalchemy.text(str(query)), path)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise DataError(f"{address.partition(':')[0]}://…: not an address of a database") from error
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        raise DataError(f"{name}: the database says: {said}") from error
    return Source(path, name)


def _check(url: "URL", name: str, query: str | None) -> None:
    if query is None:
        raise DataError(f"{name}: a database needs --query, the SQL that gives the rows")
    if not _READS.match(query):
        begin = query.strip().partition(" ")[0]
        raise DataError(f"{name}: --query begins with {begin!r}; only SELECT is run")
    kind = url.get_backend_name()
    if kind in _IN_A_FILE and url.database and not Path(url.database).is_file():
        raise DataError(f"{name}: no such file: {url.database}")


def _engine(url: "URL") -> "Engine":
    """Connect so that nothing can be changed, as far as the database knows such a thing."""
    import sqlalchemy

    kind = url.get_backend_name()
    if kind == "sqlite" and url.database:
        place = f"{Path(url.database).resolve().as_uri()}?mode=ro"
        return sqlalchemy.create_engine(
            "sqlite://", creator=lambda: sqlite3.connect(place, uri=True)
        )
    words = {"read_only": True} if kind == "duckdb" else {}
    return sqlalchemy.create_engine(url, connect_args=words)


def _write(connection: "Connection", query: Any, path: Path) -> None:
    """Write all rows as text; nothing is ever committed."""
    found = connection.execution_options(stream_results=True).execute(query)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(found.keys())
        while rows := found.fetchmany(_AT_ONCE):
            table.writerows([_text(cell) for cell in row] for row in rows)


def _text(cell: object) -> object:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell
