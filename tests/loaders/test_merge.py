"""Several files as one: accounts joined, repeats counted once, order without effect."""

import json

import pandas as pd
import pytest

from kznet.loaders import load


def assert_same(one, two):
    for table in ("accounts", "ties", "posts"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(two, table))


def test_accounts_of_several_files_are_joined_in_any_order(given):
    one = given("a.csv", "account,name,followers\nx:1,Б,10\nx:1,,30\n")
    two = given("b.csv", "account,name,role,verified\nx:1,А,media,да\nx:2,,,\n")
    data = load([one, two])
    first = data.accounts.iloc[0]
    assert first[["name", "followers", "role", "verified"]].tolist() == ["А", 30, "media", True]
    assert_same(load([two, one]), data)


def test_the_same_share_counts_once_and_is_set_aside_with_its_place(given):
    one = given("a.csv", "source,target,post,content,time\nx:b,x:a,x:1,x:9,1641355260\n")
    two = given("b.csv", "source,target,post,content,time\nx:b,x:a,x:1,x:9,1641355200\n")
    data = load([one, two])
    assert len(data.ties) == 1
    assert str(data.ties["time"].iloc[0]) == "2022-01-05 04:00:00+00:00"
    assert data.report.rejected.iloc[0].tolist() == ["a.csv", "2", "repeated share", "x:9"]
    assert data.report.warnings == ("ties that repeat another row, counted once: 1",)
    assert [file.ties for file in data.report.files] == [{}, {"repost": 1}]
    assert_same(load([two, one]), data)


def test_shares_without_an_own_id_all_count(given):
    data = load(given("a.csv", "source,target,time\nx:b,x:a,1641355260\nx:b,x:a,1641355260\n"))
    assert len(data.ties) == 2


def test_a_follow_counts_once_with_its_largest_weight(given):
    data = load(given("a.csv", "source,target,kind,weight\nx:b,x:a,follow,1\nx:b,x:a,follow,3\n"))
    assert list(data.ties["weight"]) == [3.0]
    assert data.report.files[0].rejected == {"repeated follow": 1}
    assert list(data.report.rejected["value"]) == ["x:b → x:a"]


def test_a_follow_seen_at_different_times_counts_once_from_the_earliest_on(given):
    text = "source,target,kind,time\nx:b,x:a,follow,1641355261\nx:b,x:a,follow,1641355260\n"
    ties = load(given("a.csv", text)).ties
    assert ties["time"].astype("str").tolist() == ["2022-01-05 04:01:00+00:00"]


def test_a_file_given_twice_is_read_once_and_said_so(given):
    one = given("a.csv", "source,target,weight\nx:b,x:a,2\n")
    two = given("copy/a.csv", one.read_bytes())
    data = load([one, two])
    assert len(data.ties) == 1
    assert data.report.rejected["reason"].iloc[0].startswith("same content as ")
    assert "files that were not read: 1" in data.report.warnings[0]


@pytest.mark.parametrize("typed", ["channel", "chat", "user"])
def test_a_bare_number_of_telegram_meets_its_only_bearer(given, triples, typed):
    ties = given("a.csv", f"source,target\ntelegram:5,x:1\ntelegram:{typed}5,x:2\n")
    assert triples(load(ties)) == [
        (f"telegram:{typed}5", "x:1", "follow"),
        (f"telegram:{typed}5", "x:2", "follow"),
    ]


def test_a_bare_number_with_two_bearers_stays_apart(given):
    text = "source,target\ntelegram:5,x:1\ntelegram:user5,x:1\ntelegram:channel5,x:1\n"
    assert "telegram:5" in set(load(given("a.csv", text)).accounts["account"])


def test_a_handle_of_two_accounts_stays_apart(given):
    text = "account,handle\nx:1,primer\nx:2,Primer\nx:@primer,\nx:3,other\n"
    assert len(load(given("accounts.csv", text)).accounts) == 4


def test_handles_do_not_cross_platforms(given):
    text = "account,handle\nx:1,primer\ntelegram:@primer,\n"
    assert len(load(given("accounts.csv", text)).accounts) == 2


def test_what_was_unified_stays_unified(given, tmp_path):
    text = "account,handle,name\nx:1,primer,A\nx:@primer,,B\nx:@lone,,C\n"
    data = load([given("a.csv", text), given("b.csv", "source,target\nx:@primer,x:@lone\n")])
    assert list(data.accounts["account"]) == ["x:1", "x:@lone"]
    data.accounts.to_parquet(tmp_path / "accounts.parquet")
    data.ties.to_parquet(tmp_path / "ties.parquet")
    again = load([tmp_path / "accounts.parquet", tmp_path / "ties.parquet"])
    pd.testing.assert_frame_equal(again.accounts, data.accounts)
    pd.testing.assert_frame_equal(again.ties, data.ties)


def test_a_share_seen_by_two_tools_is_counted_once(given):
    text = (
        "source,target,kind,post,content\n"
        "x:b,x:a,repost,x:1,x:9\n"
        "x:b,x:a,repost,,x:9\n"
        "x:b,,repost,x:1,x:9\n"
        "x:b,x:a,repost,,x:8\n"
    )
    ties = load(given("a.csv", text)).ties
    assert sorted(ties["content"]) == ["x:8", "x:9"]
    assert ties["target"].tolist() == ["x:a", "x:a"]


def test_a_reply_to_a_share_goes_to_whoever_shared(given, triples):
    def tweet(number, author, kind, other):
        words = {
            "id": number,
            "author_id": author,
            "text": "a",
            "created_at": "2022-01-05T04:00:00Z",
        }
        return json.dumps(words | {"referenced_tweets": [{"type": kind, "id": other}]})

    lines = [tweet("9", "1", "retweeted", "7"), tweet("10", "2", "replied_to", "9")]
    data = load(given("tweets.jsonl", "\n".join(lines)))
    assert triples(data) == [("x:1", None, "repost"), ("x:2", "x:1", "reply")]
