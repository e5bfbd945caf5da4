"""X API v2: pages and flattened tweets, and what a page does not say."""

import json

import pytest

from kznet.errors import DataError
from kznet.loaders import Options, load

USER = {"id": "2", "username": "primer_gov", "name": "G"}
TWEET = {"id": "10", "author_id": "1", "text": "…", "created_at": "2022-01-05T04:01:00.000Z"}


def test_a_retweet_names_original_and_author(samples, triples):
    data = load(samples / "x_v2" / "search_page.json")
    assert triples(data) == [("x:70001", "x:70002", "repost")]
    tie = data.ties.iloc[0]
    assert (tie["post"], tie["content"]) == ("x:1478499000000000001", "x:1478500000000000001")
    assert str(tie["time"]) == "2022-01-05 04:01:00+00:00"
    assert data.accounts["handle"].tolist() == ["primer_user", "primer_gov"]
    post = data.posts.iloc[0]
    assert (post["post"], post["account"], post["text"]) == (tie["post"], "x:70002", "Ресми")


def test_flattened_tweets_carry_their_references(samples, triples):
    data = load(samples / "x_v2" / "flattened.jsonl")
    assert triples(data) == [
        ("x:1", "x:2", "repost"),
        ("x:1", "x:@primer_other", "mention"),
        ("x:1", "x:2", "reply"),
        ("x:1", "x:3", "quote"),
    ]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )
    own = data.posts.set_index("post").loc["x:12"]
    assert (own["account"], own["lang"], own["links"]) == ("x:1", "kk", "https://example.org/a")


def test_a_following_page_takes_the_follower_from_its_address(samples, triples):
    data = load(samples / "x_v2" / "following_page.json")
    assert triples(data) == [("x:70001", "x:70002", "follow")]
    assert data.accounts["followers"].max() == 100_000


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://api.twitter.com/2/users/1/followers?max=5", [("x:2", "x:1", "follow")]),
        ("https://api.x.com/2/users/1/following", [("x:1", "x:2", "follow")]),
        ("https://api.x.com/2/tweets/9/retweeted_by", [("x:2", None, "repost")]),
        ("https://api.x.com/2/users/by?usernames=primer_gov", []),
    ],
)
def test_what_users_on_a_page_did_is_in_its_address(given, triples, address, expected):
    data = load(given("a.jsonl", {"data": [USER], "__twarc": {"url": address}}))
    assert triples(data) == expected
    assert "x:2" in set(data.accounts["account"])


def test_a_page_of_users_without_an_address_is_refused(given):
    path = given("a.json", {"data": [USER], "meta": {"result_count": 1}})
    with pytest.raises(DataError, match=r"a page of users does not say whose they are"):
        load(path)


@pytest.mark.parametrize("given_as", ["1", "x:1", "@Primer_User", "primer_user"])
def test_a_page_without_an_address_is_of_the_account_that_is_named(given, triples, given_as):
    path = given("a.json", {"data": [USER], "meta": {"result_count": 1}})
    me = given("me.json", {"data": [{"id": "1", "username": "Primer_User", "name": "П"}]})
    address = {"__twarc": {"url": "https://api.x.com/2/users/by?ids=1"}}
    me.write_text(json.dumps(json.loads(me.read_text()) | address))
    data = load([path, me], options=Options(source_account=given_as))
    assert triples(data) == [("x:1", "x:2", "follow")]


def test_a_file_that_is_called_followers_holds_followers(given, triples):
    page = {"data": [USER], "meta": {"result_count": 1}}
    data = load(given("Followers_of_1.json", page), options=Options(source_account="1"))
    assert triples(data) == [("x:2", "x:1", "follow")]
    assert data.report.files[0].warnings == (
        "users on pages without an address, taken to follow x:1: 1",
    )


def test_an_address_goes_before_the_account_that_is_named(samples, triples):
    path = samples / "x_v2" / "following_page.json"
    data = load(path, options=Options(source_account="5"))
    assert triples(data) == [("x:70001", "x:70002", "follow")]


def test_the_pages_of_one_file_may_come_from_several_addresses(given, triples):
    begin = "https://api.x.com/2/users/1/"
    pages = [
        {"data": [USER], "__twarc": {"url": begin + act}} for act in ("following", "followers")
    ]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, pages))))
    assert triples(data) == [("x:1", "x:2", "follow"), ("x:2", "x:1", "follow")]


def test_follows_in_one_file_and_tweets_in_another_meet(given, triples):
    page = {"data": [USER], "__twarc": {"url": "https://api.x.com/2/users/1/following"}}
    mention = {**TWEET, "entities": {"mentions": [{"username": "Primer_Gov"}]}}
    data = load([given("a.json", page), given("b.json", {"data": [mention]})])
    assert triples(data) == [("x:1", "x:2", "follow"), ("x:1", "x:2", "mention")]


def test_what_x_held_back_is_counted(given):
    errors = [
        {"resource_type": "tweet", "title": "Not Found Error", "value": "9"},
        {"resource_type": "tweet", "title": "Authorization Error", "value": "8"},
        {"resource_type": "user", "title": "Forbidden"},
        {"title": "Invalid Request"},
        7,
    ]
    data = load(given("a.jsonl", {"data": [TWEET], "errors": errors}))
    held_back = "not given by X (deleted, protected, suspended or withheld)"
    assert data.report.files[0].warnings == (
        f"others {held_back}: 2",
        f"tweets {held_back}: 2",
        f"users {held_back}: 1",
    )


def test_a_page_of_nothing_but_errors_is_counted(given):
    lines = [TWEET, {"errors": [{"resource_type": "user"}]}]
    report = load(given("a.jsonl", "\n".join(map(json.dumps, lines)))).report.files[0]
    assert report.rejected == {"pages without data": 1}
    assert len(report.warnings) == 2


def test_a_retweet_may_be_known_by_its_text_alone(given, triples):
    data = load(given("a.jsonl", {**TWEET, "text": "RT @Primer_Gov: Ресми"}))
    assert triples(data) == [("x:1", "x:@primer_gov", "repost")]
    assert data.report.files[0].warnings == (
        "retweets known by their text alone: which post was shared is not said: 1",
    )


def test_the_author_of_an_original_may_stand_in_the_text_alone(given, triples):
    tweet = {
        **TWEET,
        "text": "RT @Primer_Gov: Ресми",
        "referenced_tweets": [{"type": "retweeted", "id": "9"}],
    }
    assert triples(load(given("a.jsonl", {"data": [tweet]}))) == [
        ("x:1", "x:@primer_gov", "repost")
    ]
    known = {"data": [tweet], "includes": {"users": [USER]}}
    assert triples(load(given("b.jsonl", known))) == [("x:1", "x:2", "repost")]


def test_a_retweet_without_any_author_keeps_its_original(given, triples):
    tweet = {**TWEET, "referenced_tweets": [{"type": "retweeted", "id": "9"}]}
    data = load(given("a.jsonl", {"data": [tweet]}))
    assert triples(data) == [("x:1", None, "repost")]
    assert data.ties["post"].iloc[0] == "x:9"


def test_a_retweet_of_a_quote_is_one_repost(given, triples):
    references = [{"type": "quoted", "id": "8"}, {"type": "retweeted", "id": "9"}]
    data = load(given("a.jsonl", {"data": [{**TWEET, "referenced_tweets": references}]}))
    assert triples(data) == [("x:1", None, "repost")]


def test_a_share_met_on_two_pages_counts_once_with_its_author(given, triples):
    tweet = {**TWEET, "referenced_tweets": [{"type": "retweeted", "id": "9"}]}
    original = {"id": "9", "author_id": "2", "text": "…"}
    lines = [{"data": [tweet]}, {"data": [tweet], "includes": {"tweets": [original]}}]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, lines))))
    assert triples(data) == [("x:1", "x:2", "repost")]
    assert data.report.files[0].rejected == {"repeated share": 1}


def test_an_author_met_elsewhere_completes_a_share(given, triples):
    tweet = {**TWEET, "referenced_tweets": [{"type": "retweeted", "id": "9"}]}
    original = {**TWEET, "id": "9", "author_id": "2"}
    data = load([given("a.jsonl", {"data": [tweet]}), given("b.jsonl", {"data": [original]})])
    assert triples(data) == [("x:1", "x:2", "repost")]


def test_a_broken_line_is_set_aside_and_the_others_are_read(given):
    path = given("a.jsonl", json.dumps(TWEET) + '\n{"id": "11", "auth\n\n[1, 2]\n')
    data = load(path)
    assert list(data.posts["post"]) == ["x:10"]
    rejected = data.report.rejected
    assert list(rejected["line"]) == ["2", "4", "4"]
    assert rejected["reason"].iloc[0].startswith("broken JSON at line 1 column")
    assert data.report.files[0].rows == 4


def test_the_first_line_may_be_the_broken_one(given):
    data = load(given("a.jsonl", '{"id": "11", "auth\n' + json.dumps(TWEET) + "\n"))
    assert list(data.posts["post"]) == ["x:10"]
    assert list(data.report.rejected["line"]) == ["1"]


def test_a_tweet_without_an_author_is_set_aside(given):
    lone = {"id": "11", "text": "…", "edit_history_tweet_ids": ["11"]}
    data = load(given("a.jsonl", {"data": [TWEET, lone]}))
    row = data.report.rejected.iloc[0]
    assert (row["line"], row["reason"], row["value"]) == ("1", "no author", "x:11")


def test_a_page_without_tweets_is_counted(given):
    path = given("a.jsonl", json.dumps({"meta": {"result_count": 0}}) + "\n" + json.dumps(TWEET))
    assert load(path).report.files[0].warnings == ("pages without data: 1",)


@pytest.mark.parametrize(
    "odd",
    [
        {"referenced_tweets": [None, {"type": 5, "id": {}}]},
        {"referenced_tweets": {"type": "retweeted"}},
        {"entities": {"mentions": [{"username": ["a"]}, 4], "urls": [{"url": 5}]}},
        {"entities": "none"},
        {"author": "me", "in_reply_to_user_id": ["2"]},
        {"created_at": 17},
        {"lang": {"a": 1}, "text": ["a"]},
        {"author_id": 1.0},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    data = load(given("a.jsonl", {**TWEET, **odd}))
    assert data.report.files[0].rows == 1
    assert "x:1" in set(data.accounts["account"])


def test_the_real_samples_give_their_ties(shared_data):
    folder = shared_data / "formats" / "twitter_v2_twarc"
    counts = {path.name: load(path).report.files[0].ties for path in sorted(folder.iterdir())}
    assert counts == {
        "cotweet.jsonl": {},
        "flat_12.jsonl": {"mention": 3, "reply": 5, "repost": 4},
        "following_page.json": {"follow": 1},
        "mentions_tweet.jsonl": {"repost": 1},
        "quoted_edit.jsonl": {"quote": 1, "reply": 1},
        "search_page.json": {"repost": 1},
        "two_tweets.jsonl": {"repost": 1},
    }
