"""Items as a browser was shown them: X in its two shapes, Instagram, TikTok, and the rest."""

import json

import pytest

from kznet.errors import FormatError
from kznet.loaders import load

STAMP = "Wed Jan 05 04:01:00 +0000 2022"
COLLECTED = 1700000000123


def line(platform, item, **more):
    about = {"timestamp_collected": COLLECTED, "source_platform": platform}
    return {**about, "data": item, **more}


def user(number, handle, *, old=False):
    inside = {"screen_name": handle, "name": handle.upper()}
    parts = {"legacy": inside} if old else {"core": inside, "legacy": {"followers_count": 7}}
    return {"user_results": {"result": {"rest_id": number, **parts}}}


def tweet(number="10", author=None, *, legacy=None, **more):
    words = {"id_str": number, "created_at": STAMP, "full_text": "…", **(legacy or {})}
    return {"rest_id": number, "core": author or user("1", "primer"), "legacy": words, **more}


ORIGINAL = tweet("9", user("2", "primer_gov"), legacy={"full_text": "Ресми"})


def test_the_x_sample_gives_its_repost(samples, triples):
    data = load(samples / "zeeschuimer" / "twitter.ndjson")
    assert triples(data) == [("x:70001", "x:70002", "repost")]
    tie = data.ties.iloc[0]
    assert (tie["post"], tie["content"]) == ("x:1478499000000000001", "x:1478500000000000001")
    assert data.accounts["handle"].tolist() == ["primer_user", "primer_gov"]


def test_the_instagram_sample_gives_its_mentions(samples, triples):
    data = load(samples / "zeeschuimer" / "instagram.ndjson")
    assert {target for _, target, _ in triples(data)} == {
        "instagram:@primer_akimat",
        "instagram:5550002",
        "instagram:5550003",
    }
    post = data.posts.iloc[0]
    assert (post["post"], post["account"]) == ("instagram:CZ_primer1", "instagram:5550001")
    assert str(post["time"]) == "2022-01-05 04:01:00+00:00"


def test_the_tiktok_sample_gives_a_mention_and_the_video_beside(samples, triples):
    data = load(samples / "zeeschuimer" / "tiktok.ndjson")
    author = "tiktok:@primer_tiktoker"
    assert set(triples(data)) == {
        (author, "tiktok:@primer_tt", "mention"),
        (author, None, "repost"),
    }
    posts = data.ties.set_index("kind")
    assert posts.loc["repost", "post"] == "tiktok:7049000000000000001"
    assert set(posts["content"]) == {"tiktok:7050000000000000001"}
    assert str(posts["time"].max()) == "2022-01-05 04:01:00+00:00"


@pytest.mark.parametrize("old", [True, False])
def test_names_may_stand_in_the_core_or_in_the_legacy_part(given, triples, old):
    original = tweet("9", user("2", "primer_gov", old=old))
    item = tweet(
        author=user("1", "primer", old=old),
        legacy={"retweeted_status_result": {"result": original}},
    )
    data = load(given("a.ndjson", line("x.com", item)))
    assert triples(data) == [("x:1", "x:2", "repost")]
    assert data.accounts["handle"].tolist() == ["primer", "primer_gov"]


def test_a_tweet_of_limited_visibility_is_nested_once_more(given, triples):
    nested = {"__typename": "TweetWithVisibilityResults", "tweet": ORIGINAL}
    item = tweet(legacy={"retweeted_status_result": {"result": nested}})
    outer = {"__typename": "TweetWithVisibilityResults", "tweet": item, "id": 11}
    data = load(given("a.ndjson", line("x.com", outer)))
    assert triples(data) == [("x:1", "x:2", "repost")]
    assert (data.ties["post"].iloc[0], data.ties["content"].iloc[0]) == ("x:9", "x:10")


def test_quotes_replies_and_mentions_of_x_are_read(given, triples):
    legacy = {
        "in_reply_to_user_id_str": "3",
        "in_reply_to_status_id_str": "8",
        "entities": {"user_mentions": [{"id_str": "3"}, {"id_str": "4", "screen_name": "d"}]},
    }
    item = tweet(legacy=legacy, quoted_status_result={"result": ORIGINAL})
    data = load(given("a.ndjson", line("twitter.com", item)))
    assert set(triples(data)) == {
        ("x:1", "x:4", "mention"),
        ("x:1", "x:3", "reply"),
        ("x:1", "x:2", "quote"),
    }


def test_a_quoted_tweet_that_is_withheld_keeps_its_id(given, triples):
    tombstone = {"result": {"__typename": "TweetTombstone", "tombstone": {}}}
    item = tweet(legacy={"quoted_status_id_str": "9"}, quoted_status_result=tombstone)
    data = load(given("a.ndjson", line("x.com", item)))
    assert triples(data) == [("x:1", None, "quote")]
    assert data.ties["post"].tolist() == ["x:9"]


def test_a_retweet_of_a_quote_is_one_repost(given, triples):
    original = {**ORIGINAL, "quoted_status_result": {"result": tweet("8")}}
    legacy = {"retweeted_status_result": {"result": original}, "quoted_status_id_str": "8"}
    item = tweet(legacy=legacy, quoted_status_result={"result": tweet("8")})
    assert triples(load(given("a.ndjson", line("x.com", item)))) == [("x:1", "x:2", "repost")]


def test_the_older_shape_of_search_results_is_read(given, triples):
    legacy = {"id_str": "10", "user_id_str": "1", "created_at": STAMP, "full_text": "…"}
    legacy |= {"entities": {"user_mentions": [{"id_str": "2", "screen_name": "primer_gov"}]}}
    older = {"type": "adaptive", "id": 11, "legacy": legacy, "user": {"id_str": "1"}}
    data = load(given("a.ndjson", line("twitter.com", older)))
    assert triples(data) == [("x:1", "x:2", "mention")]
    assert data.ties["content"].tolist() == ["x:10"]


def test_a_long_text_stands_apart(given):
    note = {"note_tweet_results": {"result": {"text": "толық мәтін", "entity_set": {}}}}
    data = load(given("a.ndjson", line("x.com", tweet(note_tweet=note))))
    assert data.posts["text"].tolist() == ["толық мәтін"]


def test_the_time_of_collection_is_never_that_of_a_post(given):
    item = tweet()
    del item["legacy"]["created_at"]
    data = load(given("a.ndjson", line("x.com", item)))
    assert data.posts["time"].isna().all()


def test_a_video_that_is_no_duet_reposts_nothing(given, triples):
    item = {"id": "5", "author": "Primer.TT", "createTime": "1641355260"}
    item |= {"duetInfo": {"duetFromId": "0"}, "nickname": "П"}
    data = load(given("a.ndjson", line("tiktok.com", item)))
    assert triples(data) == []
    assert data.posts[["post", "account"]].to_numpy().tolist() == [
        ["tiktok:5", "tiktok:@primer.tt"]
    ]
    assert data.accounts["name"].tolist() == ["П"]


def test_other_platforms_are_set_aside_by_name(given):
    lines = [line("x.com", tweet()), line("threads.net", {"id": 1}), line("9gag.com", {"id": 2})]
    lines += [line("tiktok-comments", {"cid": "7"}), line("threads.net", {"id": 3})]
    report = load(given("a.ndjson", "\n".join(map(json.dumps, lines)))).report.files[0]
    assert report.rejected == {
        "platform threads.net is not read": 2,
        "platform 9gag.com is not read": 1,
        "platform tiktok-comments is not read": 1,
    }


def test_several_platforms_may_share_a_file(given, samples):
    folder = samples / "zeeschuimer"
    lines = b"".join(path.read_bytes().rstrip() + b"\n" for path in sorted(folder.iterdir()))
    data = load(given("all.ndjson", lines))
    assert sorted(data.posts["post"].str.partition(":")[0].unique()) == ["instagram", "tiktok", "x"]


def test_what_4cat_hands_on_is_the_same(given, triples):
    item = tweet(legacy={"retweeted_status_result": {"result": ORIGINAL}})
    meta = {"source_platform": "twitter.com", "timestamp_collected": COLLECTED}
    data = load(given("a.ndjson", {**item, "__import_meta": meta}))
    assert triples(data) == [("x:1", "x:2", "repost")]


@pytest.mark.parametrize("platform", ["x.com", "instagram.com", "tiktok.com"])
@pytest.mark.parametrize(
    "odd",
    [
        {"legacy": 5, "core": [], "rest_id": {}},
        {"id": "1", "author": ["a"], "textExtra": {"a": 1}, "duetInfo": 7, "createTime": {}},
        {"code": [1], "user": "me", "usertags": {"in": [None, 3]}, "caption": ["a"]},
        {"tweet": {"legacy": {"retweeted_status_result": [1], "entities": 7}}},
        {"user": {"pk": 10**60}, "taken_at": "soon", "coauthor_producers": {}},
    ],
)
def test_items_of_the_wrong_kind_break_nothing(given, samples, platform, odd):
    path = given("a.ndjson", line(platform, odd))
    report = load([path, samples / "zeeschuimer" / "twitter.ndjson"]).report.files[0]
    assert (report.format, report.rows) == ("zeeschuimer", 1)


def test_lines_without_an_item_are_set_aside(given):
    lines = [line("x.com", tweet()), line("x.com", None), {"data": {"id": 1}}, 7]
    report = load(given("a.ndjson", "\n".join(map(json.dumps, lines)))).report.files[0]
    assert report.rejected == {"no data": 2, "no source_platform": 1}


def test_an_item_alone_is_not_taken_for_a_line_of_zeeschuimer(given):
    with pytest.raises(FormatError, match=r"no source_platform with data: .*zeeschuimer"):
        load(given("a.json", {"data": {"id": 1}}))
