"""Tweets of X's first API: retweets and what they carry, long texts, streams, pages."""

import json

import pytest

from kznet.errors import FormatError
from kznet.loaders import load

AUTHOR = {"id_str": "1", "screen_name": "primer_user"}
GOV = {"id_str": "2", "screen_name": "primer_gov", "name": "G", "followers_count": 100}
THIRD = {"id_str": "3", "screen_name": "primer_third"}
STAMP = "Wed Jan 05 04:01:00 +0000 2022"
ORIGINAL = {"id_str": "9", "full_text": "Ресми хабар", "user": GOV, "created_at": STAMP}
BY_TEXT = "retweets known by their text alone: which post was shared is not said: 1"


def tweet(**more):
    return {"id_str": "10", "created_at": STAMP, "full_text": "…", "user": AUTHOR, **more}


def named(*users):
    return {"user_mentions": list(users)}


def test_the_sample_gives_its_ties(samples, triples):
    data = load(samples / "x_v1" / "tweets.jsonl")
    assert triples(data) == [
        ("x:70001", "x:70002", "repost"),
        ("x:70003", "x:70001", "reply"),
        ("x:70003", "x:70002", "quote"),
    ]
    shares = data.ties.set_index("kind")["post"]
    assert shares["repost"] == shares["quote"] == "x:1478499000000000001"
    assert str(data.ties["time"].iloc[0]) == "2022-01-05 04:01:00+00:00"
    accounts = data.accounts.set_index("account")
    assert accounts.loc["x:70002", ["handle", "followers"]].tolist() == ["primer_gov", 100_000]
    assert str(accounts.loc["x:70001", "created"]) == "2019-01-01 00:00:00+00:00"


def test_the_original_of_a_retweet_is_a_post_of_its_author(given):
    share = tweet(full_text="RT @primer_gov: Рес…", retweeted_status=ORIGINAL)
    data = load(given("a.jsonl", share))
    post = data.posts.iloc[0]
    assert (post["post"], post["account"], post["text"]) == ("x:9", "x:2", "Ресми хабар")
    assert data.posts["post"].tolist() == ["x:9"]


def test_a_retweet_of_a_quote_is_one_repost(given, triples):
    quoted = {"id_str": "8", "user": THIRD}
    original = {**ORIGINAL, "quoted_status": quoted, "quoted_status_id_str": "8"}
    share = tweet(retweeted_status=original, quoted_status=quoted, quoted_status_id_str="8")
    data = load(given("a.jsonl", share))
    assert triples(data) == [("x:1", "x:2", "repost")]
    assert data.ties["post"].tolist() == ["x:9"]


def test_mentions_inside_a_retweet_are_not_the_retweeters(given, triples):
    share = tweet(retweeted_status=ORIGINAL, entities=named(GOV, THIRD))
    data = load(given("a.jsonl", share))
    assert triples(data) == [("x:1", "x:2", "repost")]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )


def test_a_retweet_may_be_known_by_its_text_alone(given, triples):
    share = tweet(full_text="RT @Primer_Gov: Рес…", entities=named(GOV))
    data = load(given("a.jsonl", share))
    assert triples(data) == [("x:1", "x:2", "repost")]
    assert data.ties["post"].isna().all()
    assert data.report.files[0].warnings == (BY_TEXT,)
    unnamed = load(given("b.jsonl", tweet(full_text="RT @Primer_Gov: Рес…")))
    assert triples(unnamed) == [("x:1", "x:@primer_gov", "repost")]


def test_whom_a_tweet_answers_it_does_not_also_mention(given, triples):
    answer = tweet(
        in_reply_to_user_id_str="2", in_reply_to_status_id_str="9", entities=named(GOV, THIRD)
    )
    data = load(given("a.jsonl", answer))
    assert triples(data) == [("x:1", "x:3", "mention"), ("x:1", "x:2", "reply")]


def test_a_reply_to_a_handle_meets_the_account_known_elsewhere(given, triples):
    lines = [tweet(in_reply_to_screen_name="Primer_Gov"), tweet(id_str="11", user=GOV)]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, lines))))
    assert triples(data) == [("x:1", "x:2", "reply")]


def test_a_quote_of_a_tweet_that_is_gone_keeps_its_id(given, triples):
    data = load(given("a.jsonl", tweet(is_quote_status=True, quoted_status_id_str="8")))
    assert triples(data) == [("x:1", None, "quote")]
    assert data.ties["post"].tolist() == ["x:8"]


def test_streams_keep_long_texts_apart(given, triples):
    long = {"full_text": "толық мәтін @primer_third", "entities": named(THIRD)}
    short = {"text": "толық мә…", "truncated": True, "extended_tweet": long}
    entry = {"id_str": "10", "created_at": STAMP, "user": AUTHOR, "entities": {}, **short}
    data = load(given("a.jsonl", entry))
    assert triples(data) == [("x:1", "x:3", "mention")]
    assert data.posts["text"].tolist() == ["толық мәтін @primer_third"]


def test_notices_in_a_stream_are_counted(given):
    notice = {"delete": {"status": {"id_str": "5", "user_id_str": "2"}}}
    data = load(given("a.jsonl", "\n".join(map(json.dumps, [notice, tweet()]))))
    report = data.report.files[0]
    assert report.format == "x_v1"
    assert report.warnings == ("notices in a stream, not read: delete: 1",)
    assert list(data.posts["post"]) == ["x:10"]


def test_a_search_page_and_a_list_are_read_too(given):
    for content in ({"statuses": [tweet()], "search_metadata": {}}, [tweet()], tweet()):
        report = load(given("a.json", content)).report.files[0]
        assert (report.format, report.rows) == ("x_v1", 1)


def test_a_page_without_tweets_is_counted(given):
    pages = [{"statuses": [], "search_metadata": {}}, {"statuses": [tweet()]}]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, pages))))
    assert data.report.files[0].rejected == {"pages without tweets": 1}


def test_numbers_do_where_there_is_no_text_of_them(given, triples):
    entry = {"id": 10, "created_at": STAMP, "text": "@b", "user": {"id": 1}}
    data = load(given("a.jsonl", {**entry, "entities": named({"id": 2, "screen_name": "b"})}))
    assert triples(data) == [("x:1", "x:2", "mention")]


def test_a_rounded_number_is_no_id(given):
    lines = [tweet(), {**tweet(), "id_str": None, "id": 1.4785000000000001e18}]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, lines))))
    assert data.report.files[0].rejected == {"no post id": 1}


def test_a_time_that_is_none_sets_its_tweet_aside(given):
    lines = [tweet(), tweet(id_str="11", created_at="Wed Foo 05 04:01:00 +0000 2022")]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, lines))))
    assert data.report.files[0].rejected == {"time not understood": 1}


def test_the_language_that_x_could_not_tell_is_none(given):
    assert load(given("a.jsonl", tweet(lang="und"))).posts["lang"].isna().all()


def test_lines_that_are_no_tweets_are_set_aside(given):
    path = given("a.jsonl", json.dumps(tweet()) + '\n{"id_str": "1\n[7]\n{"a": 1}\n')
    report = load(path).report.files[0]
    assert report.rows == 4
    assert sum(report.rejected.values()) == 3
    assert report.rejected["not a tweet"] == 2


@pytest.mark.parametrize(
    "odd",
    [
        {"user": "me"},
        {"retweeted_status": [ORIGINAL]},
        {"retweeted_status": {"user": {"id_str": {}}}},
        {"quoted_status": {"id_str": ["8"]}, "quoted_status_id_str": {}},
        {"entities": {"user_mentions": [None, 4, {"id_str": []}], "urls": {"url": 5}}},
        {"extended_tweet": "long"},
        {"full_text": {"a": 1}, "lang": []},
        {"in_reply_to_user_id_str": 10**50, "in_reply_to_status_id_str": [1]},
        {"created_at": 17},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    lines = [tweet(id_str="11"), tweet(**odd)]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, lines))))
    assert data.report.files[0].rows == 2


def test_statuses_of_other_platforms_are_not_taken_for_tweets(given):
    page = {"statuses": [{"id": "1", "account": {"id": "2"}, "content": "…"}]}
    with pytest.raises(FormatError, match=r"no tweets with id, text and user: .*x_v1"):
        load(given("a.json", page))
