"""A file that is read piece by piece gives what it gives whole."""

import json

import pytest

from kznet.errors import DataError
from kznet.loaders import Options, _delimited, _documents, _records, load

PEOPLE = [f"x:{i % 7}" for i in range(900)]


def same(one, other):
    return (
        one.ties.equals(other.ties)
        and one.posts.equals(other.posts)
        and one.accounts.equals(other.accounts)
        and one.report.rejected.equals(other.report.rejected)
        and one.report.warnings == other.report.warnings
        and one.report.files == other.report.files
    )


@pytest.fixture
def table():
    """Rows with all that makes lines hard to count: breaks in cells, blank and misfit rows."""
    rows = ["source,target,kind,time,content"]
    for i, name in enumerate(PEOPLE):
        note = f'"c\n{i}"' if i % 50 == 0 else f"c{i}"
        rows.append(f"{name},x:a,repost,{1641355200 + i},{note}")
        if i % 97 == 0:
            rows.append("x:b,x:a")
        if i % 101 == 0:
            rows.append("")
        if i % 103 == 0:
            rows.append("x:b,,repost,never,c")
    return "\n".join(rows)


@pytest.fixture
def in_small_pieces(monkeypatch):
    monkeypatch.setattr(_delimited, "PIECE", 1 << 10)
    monkeypatch.setattr(_delimited, "_BLOCK", 1 << 11)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_table_in_pieces_is_the_table(given, table, request, encoding):
    path = given(
        "a.csv", table.replace("x:a", "x:ә" if encoding[:2] == "ut" else "x:ы").encode(encoding)
    )
    whole = load(path)
    request.getfixturevalue("in_small_pieces")
    assert same(load(path), whole)
    assert len(whole.report.rejected) == 19


def test_the_line_of_a_misfit_row_is_right_in_every_piece(given, table, in_small_pieces):
    rejected = load(given("a.csv", table)).report.rejected
    lines = table.split("\n")
    misfits = rejected[rejected["reason"] == "5 columns expected, 2 found"]
    assert len(misfits) == 10
    assert {lines[int(line) - 1] for line in misfits["line"]} == {"x:b,x:a"}


def test_the_unit_of_epochs_is_that_of_the_first_piece(given, in_small_pieces):
    rows = [f"x:b,x:a,{1641355200 + i}" for i in range(400)] + [f"x:b,x:a,{i}" for i in range(400)]
    data = load(given("a.csv", "\n".join(["source,target,time", *rows])))
    assert str(data.ties["time"].min()) == "2022-01-05 04:00:00+00:00"
    assert len(data.report.rejected) == 400


def test_the_kind_that_is_assumed_is_that_of_the_whole_file(given, in_small_pieces):
    rows = [f"x:{i},x:a,{1 if i < 400 else 3}" for i in range(800)]
    data = load(given("a.csv", "\n".join(["source,target,weight", *rows])))
    assert data.ties["kind"].unique().tolist() == ["repost"]
    said = data.report.files[0].warnings
    assert said == ("kind of ties assumed to be repost: 800",)


def telegram(count):
    messages = [
        {
            "id": i,
            "type": "message",
            "date_unixtime": str(1641355200 + i),
            "text": "@someone",
            **({"forwarded_from": f"Channel {i % 5}"} if i % 3 else {}),
        }
        for i in range(1, count)
    ]
    return {"name": "Пример", "type": "public_channel", "id": 1500000001, "messages": messages}


@pytest.mark.parametrize("indent", [None, 1])
def test_a_large_document_is_read_element_by_element(given, monkeypatch, indent):
    path = given("result.json", json.dumps(telegram(300), indent=indent))
    whole = load(path)
    monkeypatch.setattr(_documents, "LARGE", 5000)
    assert same(load(path), whole)


def test_a_large_list_is_read_element_by_element(given, monkeypatch):
    tweets = [
        {"id": str(i), "text": "a", "author_id": "7", "created_at": "2022-01-05T04:00:00Z"}
        for i in range(300)
    ]
    path = given("tweets.json", json.dumps(tweets, indent=1))
    whole = load(path)
    monkeypatch.setattr(_documents, "LARGE", 5000)
    assert same(load(path), whole)
    assert len(whole.posts) == 300


def test_a_large_document_that_breaks_off_is_an_error(given, monkeypatch):
    text = json.dumps(telegram(300))
    monkeypatch.setattr(_documents, "LARGE", 5000)
    with pytest.raises(DataError, match=r"result.json: broken JSON"):
        load(given("result.json", text[:-40]))


def test_records_in_batches_are_the_records(given, monkeypatch):
    tweets = [
        {
            "id": str(i),
            "text": "RT @a: b",
            "author_id": str(i % 9),
            "created_at": None if i % 11 == 0 else f"2022-01-05T04:00:{i % 60:02}",
            "referenced_tweets": [{"type": "retweeted", "id": str(i % 30)}],
        }
        for i in range(300)
    ]
    path = given("tweets.jsonl", "\n".join(map(json.dumps, tweets)))
    whole = load(path)
    monkeypatch.setattr(_records, "BATCH", 50)
    assert same(load(path), whole)


def test_rows_are_those_used_and_those_set_aside(given, table):
    report = load(given("a.csv", table), options=Options()).report.files[0]
    assert report.rows == 900 + 10 + 9
    assert sum(report.ties.values()) + sum(report.rejected.values()) == report.rows
