"""The coordination-network-toolkit's table of messages, as text and as a database."""

import gzip
import sqlite3

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import Options, load

HEADER = "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n"
EDGE = (
    "message_id primary key, user_id not null, username text, repost_id, reply_id, "
    "message text, transformed_message text, timestamp integer"
)
ROWS = [
    (1, "u1", "primer_gov", None, None, "Ресми хабарлама", None, 1641355260.25),
    (2, "u2", "primer_user", 1, None, "Ресми хабарлама", None, 1641355265.5),
    (3, "u3", "Айгерим Пример", None, 1, "Рахмет", None, 1641355300),
    (4, "u4", "primer_news", 99, None, "Басқа", None, 1641355310),
]
URLS = [
    (1, "https://example.org/a"),
    (1, "https://example.org/b"),
    (3, "https://example.org/a"),
    (3, "https://example.org/c"),
]


@pytest.fixture
def database(tmp_path):
    """The sample as the tool keeps it."""
    path = tmp_path / "кейс a?.db"
    made = sqlite3.connect(path, isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL")
    made.execute(f"CREATE TABLE edge ({EDGE})")
    made.execute("CREATE TABLE message_url (message_id, url, PRIMARY KEY (message_id, url))")
    made.executemany("INSERT INTO edge VALUES (?,?,?,?,?,?,?,?)", ROWS)
    made.executemany("INSERT INTO message_url VALUES (?,?)", URLS)
    made.close()
    return path


def test_reposts_and_replies_find_their_authors_in_the_file(samples, triples):
    data = load(samples / "cnt" / "messages.csv")
    assert triples(data) == [
        ("node:u2", "node:u1", "repost"),
        ("node:u4", None, "repost"),
        ("node:u3", "node:u1", "reply"),
    ]
    assert data.ties["post"].tolist() == ["1", "99", "1"]
    assert data.ties["content"].tolist() == ["2", "4", "3"]


def test_seconds_keep_their_fractions(samples):
    times = load(samples / "cnt" / "messages.csv").ties["time"]
    assert str(times[0]) == "2022-01-05 04:01:05.500000+00:00"


def test_addresses_are_read_from_lists_and_plain_words(samples):
    posts = load(samples / "cnt" / "messages.csv").posts.set_index("post")
    assert posts["links"]["1"] == "https://example.org/a https://example.org/b"
    assert posts["links"]["3"] == "https://example.org/a https://example.org/c"


def test_a_username_of_several_words_is_a_name(samples):
    accounts = load(samples / "cnt" / "messages.csv").accounts.set_index("account")
    assert accounts["handle"]["node:u1"] == "primer_gov"
    assert accounts["name"]["node:u3"] == "Айгерим Пример"


def test_the_platform_names_accounts_and_messages(samples):
    data = load(samples / "cnt" / "messages.csv", options=Options(platform="twitter"))
    assert data.ties.iloc[0][["source", "post", "content"]].tolist() == ["x:u2", "x:1", "x:2"]


@pytest.mark.parametrize(
    "header",
    [
        "\ufeff" + HEADER,
        "tweet_id,author_id,screen_name,retweeted_id,in_reply_to_id,text,created_at,links\n",
        HEADER.replace(",", ";"),
        "ID;User ID;User Name;Repost ID;Reply ID;Body;Time;URL\n",
    ],
)
def test_the_columns_are_known_by_order_and_names_near_theirs(given, triples, header):
    mark = ";" if ";" in header else ","
    rows = [["1", "a", "", "", "", "м", "60", ""], ["2", "b", "", "1", "", "м", "61", ""]]
    text = header + "\n".join(mark.join(row) for row in rows) + "\n"
    data = load(given("a.csv", text))
    assert data.report.files[0].format == "cnt"
    assert triples(data) == [("node:b", "node:a", "repost")]


@pytest.mark.parametrize(
    "header",
    [
        "message_id,user_id,username,repost_id,reply_id,message,timestamp\n",
        "message_id,user_id,username,reply_id,repost_id,message,timestamp,urls\n",
        "a,b,c,d,e,f,g,h\n",
    ],
)
def test_other_orders_and_names_are_not_taken_for_it(given, header):
    with pytest.raises(FormatError):
        load(given("a.csv", header + "1,2,3,4,5,6,7,8\n"))


def test_ids_that_a_spreadsheet_made_numbers_of_meet_again(given, triples):
    rows = "1,70001.0,a,,,м,60,\n2,70002.0,b,1.0,,м,61,\n"
    assert triples(load(given("a.csv", HEADER + rows))) == [("node:70002", "node:70001", "repost")]


def test_a_share_of_a_lost_id_is_set_aside(given):
    rows = "1,a,,,,м,60,\n2,b,,1.4785E+18,,м,61,\n"
    data = load(given("a.csv", HEADER + rows))
    assert list(data.report.rejected["reason"]) == [
        "a repost that names neither its author nor the post"
    ]
    assert data.report.files[0].warnings == ("id precision lost: 1",)


def test_a_share_that_is_answered_itself_has_an_author(given, triples):
    rows = "1,a,,,,м,60,\n2,b,,1,,м,61,\n3,c,,,2,м,62,\n4,d,,2,,м,63,\n"
    assert triples(load(given("a.csv", HEADER + rows))) == [
        ("node:b", "node:a", "repost"),
        ("node:d", "node:b", "repost"),
        ("node:c", "node:b", "reply"),
    ]


def test_messages_without_id_author_or_time_are_set_aside(given):
    rows = "1,a,,,,м,60,\n,b,,,,м,61,\n3,,,,,м,62,\n4,d,,,,м,soon,\n"
    data = load(given("a.csv", HEADER + rows))
    assert list(data.report.rejected["reason"]) == [
        "no post id",
        "no author",
        "time not understood",
    ]


def test_a_database_gives_what_its_table_gives(samples, database):
    kept, table = load(database), load(samples / "cnt" / "messages.csv")
    assert kept.ties.drop(columns="resolution", errors="ignore").equals(
        table.ties.drop(columns="resolution", errors="ignore")
    )
    assert kept.accounts.equals(table.accounts)
    assert kept.posts["links"].equals(table.posts["links"])
    assert kept.report.files[0].recognised_by == "table edge of a database"


def test_a_packed_database_is_read(database, tmp_path, triples):
    packed = tmp_path / "case.gz"
    packed.write_bytes(gzip.compress(database.read_bytes()))
    assert triples(load(packed)) == triples(load(database))


def test_nothing_is_written_beside_a_database(database):
    before = sorted(database.parent.iterdir())
    load(database)
    assert sorted(database.parent.iterdir()) == before


def test_changes_that_are_only_in_the_log_are_told(database):
    database.with_name(f"{database.name}-wal").write_bytes(b"log")
    assert load(database).report.files[0].warnings == (
        "the log beside the database (-wal) holds changes that are not read",
    )


def test_rows_of_a_database_are_set_aside_by_their_number(database):
    changed = sqlite3.connect(database, isolation_level=None)
    changed.execute("UPDATE edge SET timestamp = 'soon' WHERE message_id = 2")
    changed.close()
    rejected = load(database).report.rejected
    assert rejected[["line", "reason"]].to_numpy().tolist() == [["row 2", "time not understood"]]


def test_a_database_of_something_else_is_refused(tmp_path):
    path = tmp_path / "other.db"
    made = sqlite3.connect(path)
    made.execute("CREATE TABLE node (id)")
    made.execute(
        "CREATE VIEW edge AS SELECT 1 AS message_id, 2 AS user_id, 3 AS username, 4 AS repost_id, "
        "5 AS reply_id, 6 AS message, 7 AS timestamp"
    )
    made.close()
    with pytest.raises(FormatError, match=r"no table edge with message"):
        load(path)


def test_an_empty_database_has_no_row(tmp_path):
    path = tmp_path / "empty.db"
    made = sqlite3.connect(path)
    made.execute(f"CREATE TABLE edge ({EDGE})")
    made.close()
    data = load(path)
    assert (data.report.files[0].rows, len(data.ties)) == (0, 0)


@pytest.mark.parametrize("kept", [17, 5000])
def test_a_broken_database_is_told(database, tmp_path, kept):
    path = tmp_path / "broken.db"
    path.write_bytes(database.read_bytes()[:kept])
    with pytest.raises(DataError, match=r"broken.db: broken database: "):
        load(path)
    packed = tmp_path / "broken.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(DataError, match=r"broken.gz: broken database: "):
        load(packed)
