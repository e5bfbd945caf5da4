"""Any SQL database is read by its address and a query."""

import sqlite3
import sys

import duckdb
import pytest

from kznet.errors import DataError, MissingDependencyError
from kznet.loaders import Options, load

ROWS = "INSERT INTO shares VALUES ('b', 'a', 'repost', 1641355260), ('c', NULL, 'repost', NULL)"
TABLE = "CREATE TABLE shares (source TEXT, target TEXT, kind TEXT, time BIGINT)"
QUERY = "SELECT source, target, kind, time FROM shares"


@pytest.fixture
def sqlite(tmp_path):
    with sqlite3.connect(tmp_path / "posts.db") as connection:
        connection.execute(TABLE)
        connection.execute(ROWS)
    connection.close()
    return f"sqlite:///{tmp_path / 'posts.db'}"


@pytest.fixture
def duck(tmp_path):
    with duckdb.connect(str(tmp_path / "posts.duckdb")) as connection:
        connection.execute(TABLE)
        connection.execute(ROWS)
    return f"duckdb:///{tmp_path / 'posts.duckdb'}"


@pytest.mark.parametrize("kind", ["sqlite", "duck"])
def test_rows_of_a_query_are_read_like_those_of_a_table(request, triples, kind):
    address = request.getfixturevalue(kind)
    data = load(address, options=Options(platform="x", query=QUERY))
    assert triples(data) == [("x:b", "x:a", "repost")]
    assert data.ties["time"].astype("str").tolist() == ["2022-01-05 04:01:00+00:00"]
    assert data.report.rejected[["line", "reason"]].to_numpy().tolist() == [["3", "no target"]]
    assert data.report.files[0].name == address


def test_a_database_without_a_query_is_an_error(sqlite):
    with pytest.raises(DataError, match="a database needs --query"):
        load(sqlite)


def test_what_the_database_refuses_is_told_in_its_words(sqlite):
    with pytest.raises(DataError, match="the database says: no such table: people"):
        load(sqlite, options=Options(query="SELECT * FROM people"))


def test_a_database_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        load(f"sqlite:///{tmp_path / 'none.db'}", options=Options(query=QUERY))
    assert not list(tmp_path.iterdir())


def test_a_password_is_named_nowhere():
    address = "mysql+none://me:secret@host/name"
    with pytest.raises(DataError, match="not an address of a database") as caught:
        load(address, options=Options(query=QUERY))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("kind", ["sqlite", "duck"])
@pytest.mark.parametrize("query", ["DROP TABLE shares", "DELETE FROM shares RETURNING *"])
def test_a_query_that_writes_is_not_run(request, kind, query):
    address = request.getfixturevalue(kind)
    with pytest.raises(DataError, match="only SELECT is run"):
        load(address, options=Options(query=query))
    assert len(load(address, options=Options(platform="x", query=QUERY)).ties) == 1


def test_a_writing_query_in_disguise_is_refused_by_the_database(sqlite):
    disguised = "WITH old AS (SELECT 1) DELETE FROM shares"
    with pytest.raises(DataError, match="readonly database"):
        load(sqlite, options=Options(query=disguised))
    assert len(load(sqlite, options=Options(platform="x", query=QUERY)).ties) == 1


def test_a_database_is_also_known_by_its_path(sqlite, triples):
    path = sqlite.removeprefix("sqlite:///")
    data = load(path, options=Options(platform="x", query=QUERY))
    assert triples(data) == [("x:b", "x:a", "repost")]


def test_without_the_optional_package_the_error_says_how_to_get_it(sqlite, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'kznet\[sql\]'"):
        load(sqlite, options=Options(query=QUERY))
