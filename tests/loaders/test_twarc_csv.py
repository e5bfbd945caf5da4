"""Tables of twarc-csv: references in dotted columns, lists as JSON in a cell, tables of users."""

import csv
import io
import json

import pytest

from kznet.errors import FormatError
from kznet.loaders import Options, load

BY_TEXT = "retweets known by their text alone: which post was shared is not said: 1"
COLUMNS = (
    "id",
    "author_id",
    "created_at",
    "text",
    "referenced_tweets.retweeted.id",
    "referenced_tweets.replied_to.id",
    "referenced_tweets.quoted.id",
    "retweeted_user_id",
    "retweeted_username",
    "in_reply_to_user_id",
    "in_reply_to_username",
    "quoted_user_id",
    "quoted_username",
    "entities.mentions",
    "entities.urls",
    "author.username",
)
USER = ("id", "username", "name", "public_metrics.followers_count", "__twarc.url")
TWEET = {"id": "10", "author_id": "1", "created_at": "2022-01-05T04:01:00.000Z", "text": "…"}
OTHER = {**TWEET, "id": "11"}


def table(*rows, columns=COLUMNS):
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def users(url=""):
    user = {"id": "2", "username": "primer_gov", "name": "G", "__twarc.url": url}
    return table(user, columns=USER)


def test_the_sample_gives_its_ties(samples, triples):
    data = load(samples / "twarc_csv" / "tweets.csv")
    assert triples(data) == [
        ("x:70001", "x:70002", "repost"),
        ("x:70003", "x:70004", "mention"),
        ("x:70003", "x:70001", "reply"),
        ("x:70003", "x:70002", "quote"),
    ]
    posts = data.ties.set_index("kind")["post"]
    assert posts["repost"] == posts["quote"] == "x:1478499000000000001"
    assert posts["reply"] == "x:1478500000000000001"
    assert data.accounts["handle"].tolist() == [
        "primer_user",
        "primer_gov",
        "primer_b",
        "primer_news",
    ]
    assert data.accounts["followers"].max() == 10


def test_the_row_of_a_retweet_holds_the_words_of_the_original(samples):
    post = load(samples / "twarc_csv" / "tweets.csv").posts.set_index("post")
    original = post.loc["x:1478499000000000001"]
    assert (original["account"], original["text"]) == ("x:70002", "Ресми @primer_news")
    assert post.loc["x:1478500000000000002", "links"] == "https://example.org/a"
    assert "жауап\nhttps" in post.loc["x:1478500000000000002", "text"]


def test_the_cut_text_of_a_retweet_is_not_that_of_the_original(given):
    share = {"referenced_tweets.retweeted.id": "9", "retweeted_user_id": "2"}
    data = load(given("a.csv", table({**TWEET, **share, "text": "RT @primer_gov: Рес…"})))
    assert data.posts[["post", "account"]].to_numpy().tolist() == [["x:9", "x:2"]]
    assert data.posts["text"].isna().all()


def test_a_retweet_of_a_quote_is_one_repost(given, triples):
    share = {"referenced_tweets.retweeted.id": "9", "referenced_tweets.quoted.id": "8"}
    assert triples(load(given("a.csv", table({**TWEET, **share})))) == [("x:1", None, "repost")]


def test_handles_stand_in_for_missing_numbers(given, triples):
    share = {"referenced_tweets.retweeted.id": "9", "retweeted_username": "Primer_Gov"}
    answer = {"referenced_tweets.replied_to.id": "8", "in_reply_to_username": "primer_b"}
    data = load(given("a.csv", table({**TWEET, **share}, {**OTHER, **answer})))
    assert triples(data) == [("x:1", "x:@primer_gov", "repost"), ("x:1", "x:@primer_b", "reply")]


def test_a_retweet_may_be_known_by_its_text_alone(given, triples):
    data = load(given("a.csv", table({**TWEET, "text": "RT @Primer_Gov: Ресми"})))
    assert triples(data) == [("x:1", "x:@primer_gov", "repost")]
    assert data.report.files[0].warnings == (BY_TEXT,)


@pytest.mark.parametrize(
    "cell",
    [
        [{"username": "Primer_Gov"}, {"username": "primer_b"}, {"start": 1}],
        ["@Primer_Gov", "@primer_b"],
    ],
)
def test_mentions_are_objects_or_names(given, triples, cell):
    data = load(given("a.csv", table({**TWEET, "entities.mentions": json.dumps(cell)}, OTHER)))
    assert triples(data) == [
        ("x:1", "x:@primer_b", "mention"),
        ("x:1", "x:@primer_gov", "mention"),
    ]


def test_a_list_that_many_rows_share_is_each_rows_own(given, triples):
    cell = {"entities.mentions": json.dumps([{"username": "b", "id": "2"}])}
    data = load(given("a.csv", table({**TWEET, **cell}, {**OTHER, **cell, "author_id": "3"})))
    assert triples(data) == [("x:1", "x:2", "mention"), ("x:3", "x:2", "mention")]
    assert data.ties["content"].tolist() == ["x:10", "x:11"]


@pytest.mark.parametrize("cell", ["[{", "{'a'", "5", '"x"', "{}", "[[1]]", "[null]"])
def test_cells_that_are_no_lists_break_nothing(given, cell):
    odd = {"entities.mentions": cell, "entities.urls": cell}
    report = load(given("a.csv", table({**TWEET, **odd}))).report.files[0]
    assert report.rows == 1
    broken = cell in ("[{", "{'a'")
    assert report.warnings == (("lists of mentions that are not JSON: 1",) if broken else ())


def test_ids_that_a_spreadsheet_rounded_are_not_used(given):
    rounded = {**OTHER, "id": "1.4785E+18"}
    report = load(given("a.csv", table(TWEET, rounded))).report.files[0]
    assert report.rejected == {"no post id": 1}
    assert report.warnings == ("id precision lost: 1",)


def test_users_follow_as_the_address_of_their_page_says(samples, triples):
    data = load(samples / "twarc_csv" / "users.csv")
    assert triples(data) == [("x:70001", "x:70002", "follow")]
    row = data.accounts.set_index("account").loc["x:70002"]
    assert (row["handle"], row["followers"], row["verified"]) == ("primer_gov", 100_000, True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://api.x.com/2/users/1/followers?max=5", [("x:2", "x:1", "follow")]),
        ("https://api.x.com/2/tweets/9/retweeted_by", [("x:2", None, "repost")]),
        ("https://api.x.com/2/users/by?usernames=primer_gov", []),
    ],
)
def test_what_users_did_is_in_the_address(given, triples, address, expected):
    data = load(given("users.csv", users(address)))
    assert triples(data) == expected
    if not expected:
        assert data.report.files[0].warnings == ("users listed without a tie: 1",)


def test_users_without_an_address_need_the_account_they_belong_to(given, samples, triples):
    path, whole = given("users.csv", users()), samples / "twarc_csv" / "tweets.csv"
    reason = "a page of users does not say whose they are (no __twarc.url)"
    assert load([path, whole]).report.files[0].rejected == {reason: 1}
    named = Options(source_account="1")
    assert triples(load(path, options=named)) == [("x:1", "x:2", "follow")]
    followers = given("followers.csv", users())
    data = load(followers, options=named)
    assert triples(data) == [("x:2", "x:1", "follow")]
    assert data.report.files[0].warnings == (
        "users on pages without an address, taken to follow x:1: 1",
    )


def test_a_table_of_a_first_version_is_refused(given):
    path = given("a.csv", "id,author_id,text,referenced_tweets\n1,2,…,[]\n")
    with pytest.raises(
        FormatError, match=r"no column referenced_tweets.retweeted.id.*: .*twarc_csv"
    ):
        load(path)
