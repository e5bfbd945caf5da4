"""Answers of TikTok's Research API, which name the account asked about in the request only."""

import json

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import Options, load

ME = Options(source_account="@Me.Primer")
OWN, OTHER = "tiktok:@me.primer", "tiktok:@primer_original"
OK = {"code": "ok", "message": "", "log_id": "1"}


def video(number=7050000000000000001, **more):
    told = {"username": "Primer_Original", "region_code": "KZ", "video_description": "x"}
    return {"id": number, "create_time": 1641355140, **told, **more}


def answer(name, *entries, **more):
    return {"data": {"cursor": 1, "has_more": False, name: list(entries)}, "error": OK, **more}


def test_reposts_are_of_the_account_that_was_asked_about(samples, triples):
    data = load(samples / "tiktok_research" / "reposted_videos.json", options=ME)
    assert triples(data) == [(OWN, OTHER, "repost")]
    tie = data.ties.iloc[0]
    assert tie["post"] == "tiktok:7050000000000000001"
    assert tie[["time", "content"]].isna().all()
    post = data.posts.iloc[0]
    assert (post["post"], post["account"], post["text"]) == (tie["post"], OTHER, "x")
    assert str(post["time"]) == "2022-01-05 03:59:00+00:00"


def test_followings_and_followers_run_opposite_ways(samples, given, triples):
    data = load(samples / "tiktok_research" / "user_following.json", options=ME)
    assert triples(data) == [(OWN, "tiktok:@primer_tt", "follow")]
    accounts = data.accounts.set_index("account")
    assert accounts.loc["tiktok:@primer_tt", ["handle", "name"]].tolist() == ["primer_tt", "Primer"]
    path = given("a.json", answer("user_followers", {"username": "primer_tt"}))
    assert triples(load(path, options=ME)) == [("tiktok:@primer_tt", OWN, "follow")]


@pytest.mark.parametrize("name", ["reposted_videos.json", "user_following.json"])
def test_without_the_account_the_answer_is_refused_in_words(samples, name):
    with pytest.raises(DataError, match=r"only the request says.*--source-account"):
        load(samples / "tiktok_research" / name)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda page: {"request": {"username": "Me.Primer"}, "response": page},
        lambda page: {"request": {"body": {"username": "me.primer"}}, **page},
        lambda page: {"username": "@Me.Primer", **page},
    ],
)
def test_the_request_may_be_kept_with_the_answer(given, triples, wrap):
    page = wrap(answer("user_reposted_videos", video()))
    other = Options(source_account="somebody_else")
    assert triples(load(given("a.json", page), options=other)) == [(OWN, OTHER, "repost")]


@pytest.mark.parametrize(
    "written", ["me.primer", "tiktok:@me.primer", "https://www.tiktok.com/@Me.Primer?lang=kk"]
)
def test_the_account_may_be_named_in_several_ways(samples, triples, written):
    path = samples / "tiktok_research" / "reposted_videos.json"
    assert triples(load(path, options=Options(source_account=written))) == [(OWN, OTHER, "repost")]


def test_the_documentation_has_another_name_for_reposts_and_no_author(given, triples):
    page = answer("reposted_videos", {"id": 5, "create_time": 1641355140})
    data = load(given("a.json", page), options=ME)
    assert triples(data) == [(OWN, None, "repost")]
    assert data.ties["post"].tolist() == ["tiktok:5"]


def test_videos_mention_whom_they_name(given, triples):
    named = ["@Dos", "dos", "Екі сөз", None]
    data = load(given("a.json", answer("videos", video(video_mention_list=named))))
    assert triples(data) == [(OTHER, "tiktok:@dos", "mention")]
    assert data.posts["text"].tolist() == ["x"]
    assert data.report.files[0].warnings == ("mentions by display name alone are no ties: 1",)


def test_mentions_inside_a_repost_are_its_authors(given, triples):
    page = answer("user_reposted_videos", video(video_mention_list=["a_b", "c_d"]))
    data = load(given("a.json", page), options=ME)
    assert triples(data) == [(OWN, OTHER, "repost")]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 2",
    )


def test_videos_and_answers_come_one_a_line(given):
    for lines in ([video(1), video(2)], [answer("videos", video(1)), answer("videos", video(2))]):
        data = load(given("a.jsonl", "\n".join(map(json.dumps, lines))))
        assert data.posts["post"].tolist() == ["tiktok:1", "tiktok:2"]
        assert load(given("b.json", lines)).posts.equals(data.posts)


def test_pinned_videos_are_the_accounts_own(given):
    data = load(given("a.json", answer("pinned_videos_list", {"id": 5})), options=ME)
    assert data.posts["account"].tolist() == [OWN]


def test_likes_are_no_ties_but_their_videos_are_posts(given, triples):
    data = load(given("a.json", answer("user_liked_videos", video())), options=ME)
    assert triples(data) == []
    assert data.posts["account"].tolist() == [OTHER]
    assert data.report.files[0].warnings == ("likes are no ties: 1",)


def test_a_profile_is_of_the_account_that_was_asked_about(given):
    told = {"display_name": "П", "follower_count": 7, "is_verified": True, "bio_description": "б"}
    data = load(given("a.json", {"data": told, "error": OK}), options=ME)
    known = data.accounts.set_index("account").loc[OWN]
    assert known[["name", "followers", "verified", "bio"]].tolist() == ["П", 7, True, "б"]
    with pytest.raises(DataError, match="whose profile it is"):
        load(given("a.json", {"data": told, "error": OK}))


def test_comments_have_no_author(given):
    comment = {"id": 5, "video_id": 1, "text": "…", "create_time": 1641355140}
    with pytest.raises(DataError, match="no author"):
        load(given("a.json", answer("comments", comment)))


def test_answers_without_anything_are_counted(given):
    fault = {"data": {}, "error": {"code": "access_token_invalid", "message": "", "log_id": "1"}}
    pages = (answer("videos", video()), answer("videos"), fault, {"error": OK}, 5)
    report = load(given("a.jsonl", "\n".join(map(json.dumps, pages)))).report
    assert report.files[0].rejected == {
        "an answer without data": 2,
        "answers without entries": 1,
        "no author": 1,
    }
    assert "access_token_invalid" in set(report.rejected["value"])


def test_a_broken_line_is_set_aside_and_the_others_are_read(given):
    path = given("a.jsonl", json.dumps(video()) + '\n{"id": 5, "user\n')
    assert list(load(path).report.rejected["line"]) == ["2"]


@pytest.mark.parametrize(
    "odd",
    [
        {"username": None},
        {"username": "екі сөз"},
        {"id": 7.05e18},  # a reader that took it for a float has lost the last digits
        {"id": {"a": 1}},
        {"create_time": "soon"},
    ],
)
def test_odd_videos_are_set_aside(given, odd):
    data = load(given("a.json", answer("videos", video(9), video(**odd))))
    assert len(data.report.rejected) == 1
    assert data.posts["post"].tolist() == ["tiktok:9"]


@pytest.mark.parametrize(
    "odd",
    [
        {"video_mention_list": {"a": 1}, "video_description": 5},
        {"video_mention_list": [["a"], {"b": 1}, 5.5], "hashtag_names": None},
        {"create_time": None, "video_description": "\ud83d"},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    data = load(given("a.json", answer("videos", video(**odd))))
    assert (data.report.files[0].rows, data.report.files[0].used) == (1, 1)


@pytest.mark.parametrize("name", ["user_reposted_videos", "user_followers"])
def test_entries_that_name_nothing_are_set_aside(given, name):
    path = given("a.json", [answer(name, 5, {"id": None}), answer("videos", video())])
    assert len(load(path, options=ME).report.rejected) == 2


@pytest.mark.parametrize(
    "content",
    [{"data": {"videos": []}}, {"data": []}, {"id": 1, "username": "a"}, [], {"error": "x"}],
)
def test_what_only_looks_alike_is_not_taken(given, content):
    with pytest.raises(FormatError):
        load(given("a.json", content), format="tiktok_research")
