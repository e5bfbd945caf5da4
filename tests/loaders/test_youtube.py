"""Answers of the YouTube Data API: subscriptions, comments, videos and channels."""

import json

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import load

NEWS, USER, BLOG = (
    "youtube:UCprimerNews0000000000000",
    "youtube:UCprimerUser0000000000000",
    "youtube:UCprimerBlog0000000000000",
)


def resource(kind, id_="x", snippet=None, **more):
    return {"kind": f"youtube#{kind}", "id": id_, "snippet": snippet or {}, **more}


def comment(id_="c1", **snippet):
    author = {"authorChannelId": {"value": "UCprimerUser0000000000000"}}
    said = {"publishedAt": "2022-01-05T04:01:00Z", "textOriginal": "…", "videoId": "v1"}
    return resource("comment", id_, {**author, **said, **snippet})


def video(id_="v1", **snippet):
    said = {"publishedAt": "2022-01-05T04:00:00Z", "title": "Т", "description": "", **snippet}
    return resource("video", id_, {"channelId": "UCprimerNews0000000000000", **said})


def test_subscriptions_are_follows_with_their_times(samples, triples):
    data = load(samples / "youtube" / "subscriptions.json")
    assert triples(data) == [(USER, BLOG, "follow"), (USER, NEWS, "follow")]
    assert str(data.ties["time"].iloc[1]) == "2021-11-11 14:00:19+00:00"
    names = data.accounts.set_index("account")["name"]
    assert (names[NEWS], names[BLOG]) == ("Пример News", "Пример Blog")


def test_a_comment_answers_the_channel_and_a_reply_the_comment_above(samples, triples):
    data = load(samples / "youtube" / "comment_threads.json")
    assert triples(data) == [(BLOG, USER, "reply"), (USER, NEWS, "reply")]
    assert data.ties["post"].tolist() == ["youtube:UgxPrimer1", "youtube:primerVid01"]
    accounts = data.accounts.set_index("account")
    assert (accounts.loc[USER, "handle"], accounts.loc[BLOG, "name"]) == (
        "primer_user",
        "Пример Blog",
    )
    post = data.posts.set_index("post").loc["youtube:UgxPrimer1"]
    assert (post["text"], post["links"]) == (
        "Рахмет!\nhttps://example.org/a",
        "https://example.org/a",
    )


def test_a_channel_has_a_handle_a_name_and_subscribers(samples):
    data = load(samples / "youtube" / "channels.json")
    known = data.accounts.set_index("account").loc[NEWS]
    assert known[["handle", "name", "followers", "bio"]].tolist() == [
        "primer_news",
        "Пример News",
        192_000,
        "мысал арна",
    ]
    assert str(known["created"]) == "2015-08-23 00:34:43+00:00"


def test_hidden_subscribers_are_missing(given):
    hidden = {"subscriberCount": "0", "hiddenSubscriberCount": True}
    data = load(given("a.json", resource("channel", "UCx", {"title": "Т"}, statistics=hidden)))
    assert data.accounts["followers"].isna().all()


def test_an_answer_without_items_is_refused_in_words(samples):
    with pytest.raises(DataError, match="answers without items"):
        load(samples / "youtube" / "subscription_zero.json")


def test_an_empty_answer_among_others_is_counted(given):
    empty = {"kind": "youtube#commentListResponse"}
    data = load(given("a.jsonl", "\n".join(map(json.dumps, (empty, video())))))
    assert data.report.files[0].rejected == {"answers without items": 1}
    assert (data.report.files[0].rows, len(data.posts)) == (2, 1)


def test_the_channel_of_a_video_is_whom_its_comments_answer(given, triples):
    page = {"kind": "youtube#videoListResponse", "items": [video()]}
    comments = {"kind": "youtube#commentListResponse", "items": [comment()]}
    one = given("comments.json", comments)
    assert triples(load(one)) == [(USER, None, "reply")]
    data = load([one, given("videos.json", page)])
    assert triples(data) == [(USER, NEWS, "reply")]


@pytest.mark.parametrize(
    "snippet", [{"parentId": "c0"}, {"parentId": "c0", "channelId": "UCprimerNews0000000000000"}]
)
def test_a_reply_finds_the_author_of_the_comment_above(given, triples, snippet):
    above = comment("c0", authorChannelId={"value": "UCprimerBlog0000000000000"})
    data = load(given("a.json", [comment("c0.r1", **snippet), above]))
    assert (USER, BLOG, "reply") in triples(data)


def test_a_reply_without_a_parent_has_it_in_its_id(given):
    data = load(given("a.json", [comment("c0.r1")]))
    assert data.ties["post"].tolist() == ["youtube:c0"]


@pytest.mark.parametrize(
    "snippet",
    [
        {"authorChannelId": "UCprimerUser0000000000000"},
        {
            "authorChannelId": None,
            "authorChannelUrl": "http://www.youtube.com/channel/UCprimerUser0000000000000",
        },
    ],
)
def test_the_author_of_a_comment_is_named_in_several_ways(given, snippet):
    assert load(given("a.json", comment(**snippet))).posts["account"].tolist().count(USER) == 1


def test_a_comment_of_a_deleted_account_is_set_aside(given):
    lost = comment("c2", authorChannelId={}, authorChannelUrl="", authorDisplayName="")
    data = load(given("a.json", [comment(), lost]))
    assert data.report.files[0].rejected == {"no author": 1}


def test_text_for_display_is_html(given):
    shown = "Рахмет &amp; <b>сәлем</b><br>https://example.org/a."
    data = load(given("a.json", comment(textOriginal=None, textDisplay=shown)))
    post = data.posts.set_index("post").loc["youtube:c1"]
    assert post["text"] == "Рахмет & сәлем\nhttps://example.org/a."
    assert post["links"] == "https://example.org/a"


def test_a_video_is_a_post_of_its_channel(given):
    told = {"description": "https://example.org/a", "defaultAudioLanguage": "kk"}
    data = load(given("a.json", video(channelTitle="Пример News", **told)))
    post = data.posts.iloc[0]
    assert (post["post"], post["account"]) == ("youtube:v1", NEWS)
    assert (post["text"], post["links"], post["lang"]) == (
        "Т\nhttps://example.org/a",
        "https://example.org/a",
        "kk",
    )
    assert data.accounts["name"].tolist() == ["Пример News"]


def test_search_results_are_videos_and_channels(given):
    found = [
        resource("searchResult", {"kind": "youtube#video", "videoId": "v1"}, video()["snippet"]),
        resource(
            "searchResult",
            {"kind": "youtube#channel", "channelId": "UCprimerBlog0000000000000"},
            {"title": "Q &amp; A"},
        ),
        resource("searchResult", {"kind": "youtube#playlist", "playlistId": "PL1"}),
    ]
    data = load(given("a.json", {"kind": "youtube#searchListResponse", "items": found}))
    assert data.posts["account"].tolist() == [NEWS]
    assert data.accounts.set_index("account")["name"][BLOG] == "Q & A"
    assert data.report.files[0].rejected == {"a search result that is no video or channel": 1}


def test_a_playlist_gives_posts_of_their_owners_and_no_ties(given, triples):
    snippet = {
        "channelId": "UCprimerBlog0000000000000",
        "title": "Т",
        "resourceId": {"kind": "youtube#video", "videoId": "v1"},
        "videoOwnerChannelId": "UCprimerNews0000000000000",
        "videoOwnerChannelTitle": "Пример News",
    }
    kept = resource(
        "playlistItem", "p1", snippet, contentDetails={"videoPublishedAt": "2022-01-05"}
    )
    gone = resource("playlistItem", "p2", {"resourceId": {"videoId": "v2"}})
    data = load(
        given("a.json", {"kind": "youtube#playlistItemListResponse", "items": [kept, gone]})
    )
    assert triples(data) == []
    assert data.posts[["post", "account"]].to_numpy().tolist() == [["youtube:v1", NEWS]]
    assert data.report.files[0].rejected == {"a video that is gone from the playlist": 1}


def test_a_subscription_may_name_the_subscriber_beside_it(given, triples):
    snippet = {"resourceId": {"channelId": "UCprimerNews0000000000000"}}
    named = {"channelId": "UCprimerUser0000000000000", "title": "Айгерим"}
    both = resource("subscription", "s1", snippet, subscriberSnippet=named)
    half = resource("subscription", "s2", subscriberSnippet=named)
    data = load(given("a.json", [both, half, resource("subscription", "s3", snippet)]))
    assert triples(data) == [(USER, NEWS, "follow")]
    assert data.accounts.set_index("account")["name"][USER] == "Айгерим"
    assert data.report.files[0].rejected == {
        "a subscription that does not say to whom": 1,
        "a subscription that does not say who subscribes": 1,
    }


def test_resources_of_other_kinds_are_set_aside_by_kind(given):
    data = load(given("a.json", [video(), resource("activity"), resource("playlist"), 5]))
    assert data.report.files[0].rejected == {
        "no kind": 1,
        "youtube#activity is not read": 1,
        "youtube#playlist is not read": 1,
    }


def test_a_broken_line_is_set_aside_and_the_others_are_read(given):
    path = given("a.jsonl", json.dumps(video()) + '\n{"kind": "youtube#vid\n')
    report = load(path).report
    assert list(report.rejected["line"]) == ["2"]
    assert report.files[0].rows == 2


@pytest.mark.parametrize(
    "odd",
    [
        {"snippet": [], "id": 5},
        {"snippet": {"publishedAt": "soon"}},
        {"id": {"a": 1}},
        {"kind": ["youtube#video"]},
        {"snippet": {"channelId": 5.5, "title": ["a"], "description": {}}},
    ],
)
def test_odd_videos_are_set_aside(given, odd):
    data = load(given("a.json", [video("v9"), video() | odd]))
    assert len(data.report.rejected) == 1
    assert data.posts["post"].tolist() == ["youtube:v9"]


@pytest.mark.parametrize(
    "odd",
    [
        {"authorDisplayName": ["a"], "textDisplay": 5, "parentId": {}},
        {"channelId": [], "videoId": None},
        {"videoId": {"a": 1}, "authorChannelUrl": 7},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    data = load(given("a.json", comment(**odd)))
    assert (data.report.files[0].rows, data.report.files[0].used) == (1, 1)


@pytest.mark.parametrize("content", [{"kind": "books#volumes"}, {"items": []}, {"kind": 5}, [1]])
def test_what_only_looks_alike_is_not_taken(given, content):
    with pytest.raises(FormatError):
        load(given("a.json", content), format="youtube")


def test_the_real_answers_give_their_ties(shared_data):
    folder = shared_data / "formats" / "youtube"
    ties = {}
    for path in sorted(folder.iterdir()):
        if path.name != "subscription_zero.json":
            ties[path.name] = load(path).report.files[0].ties
    assert ties == {
        "channel_info_single.json": {},
        "comment_thread_single.json": {"reply": 1},
        "subscriptions_by_channel_p1.json": {"follow": 5},
    }
