"""Instaloader: posts, stories and profiles, a file each."""

from typing import Any

import pytest

from kznet.errors import FormatError
from kznet.loaders import FORMATS, Options, load
from kznet.loaders._source import Source

ME = {"id": "5550001", "username": "primer_blogger"}
NEWS = {"pk": 5550002, "username": "primer_news"}


def saved(kind: str = "Post", **node: Any) -> dict[str, Any]:
    """What is written for one post, story or profile."""
    begin = {"shortcode": "CZ_primer1", "owner": ME, "taken_at_timestamp": 1641355260}
    return {"node": {**begin, **node}, "instaloader": {"version": "4.14", "node_type": kind}}


def edges(*nodes: dict[str, Any]) -> dict[str, Any]:
    """A list as GraphQL has it."""
    return {"edges": [{"node": node} for node in nodes]}


@pytest.mark.parametrize("name", ["post.json", "post.json.xz"])
def test_a_post_mentions_those_it_names_tags_and_was_written_with(samples, triples, name):
    data = load(samples / "instaloader" / name)
    assert triples(data) == [
        ("instagram:5550001", "instagram:5550002", "mention"),
        ("instagram:5550001", "instagram:5550003", "mention"),
        ("instagram:5550001", "instagram:@primer_akimat", "mention"),
    ]
    post = data.posts.iloc[0]
    assert (post["post"], post["account"]) == ("instagram:CZ_primer1", "instagram:5550001")
    assert (str(post["time"]), post["text"]) == (
        "2022-01-05 04:01:00+00:00",
        "Рахмет @primer_akimat #kz",
    )
    handles = data.accounts.set_index("account")["handle"]
    assert handles["instagram:5550003"] == "primer_coauthor"


def test_a_profile_is_an_account(samples):
    data = load(samples / "instaloader" / "profile.json")
    row = data.accounts.iloc[0]
    assert (row["account"], row["handle"], row["name"]) == (
        "instagram:5550001",
        "primer_blogger",
        "Пример",
    )
    assert (row["followers"], bool(row["verified"])) == (1000, False)
    assert (data.report.files[0].rows, data.report.files[0].rejected) == (1, {})


def test_an_account_named_in_three_ways_is_mentioned_once(given, triples):
    post = saved(
        caption="@Primer_News, @primer_news.",
        edge_media_to_tagged_user=edges({"user": NEWS}),
        iphone_struct={"usertags": {"in": [{"user": {"username": "primer_news"}}]}},
    )
    data = load(given("a.json", post))
    assert triples(data) == [("instagram:5550001", "instagram:5550002", "mention")]
    assert not data.report.files[0].rejected


def test_those_tagged_in_any_picture_of_a_post_are_mentioned(given, triples):
    tagged = {"edge_media_to_tagged_user": edges({"user": NEWS})}
    carousel = [{"usertags": {"in": [{"user": {"pk": "5550004"}}]}}]
    post = saved(edge_sidecar_to_children=edges(tagged), iphone_struct={"carousel_media": carousel})
    assert triples(load(given("a.json", post))) == [
        ("instagram:5550001", "instagram:5550002", "mention"),
        ("instagram:5550001", "instagram:5550004", "mention"),
    ]


def test_those_who_were_only_invited_to_be_authors_are_not_mentioned(given):
    data = load(given("a.json", saved(invited_coauthor_producers=[NEWS])))
    assert data.ties.empty


def test_posts_of_the_app_alone_are_read(given, triples):
    struct = {
        "pk": 64,
        "code": "CZ_primer2",
        "taken_at": 1641355260,
        "user": {"pk": 5550001, "username": "primer_blogger"},
        "coauthor_producers": [NEWS],
    }
    node = {"date": 1641355260, "caption": "@primer_akimat", "iphone_struct": struct}
    document = {"node": node, "instaloader": {"version": "4.15", "node_type": "Post"}}
    data = load(given("a.json", document))
    assert triples(data) == [
        ("instagram:5550001", "instagram:5550002", "mention"),
        ("instagram:5550001", "instagram:@primer_akimat", "mention"),
    ]
    assert data.posts["post"].tolist() == ["instagram:CZ_primer2"]


def test_a_story_mentions_and_gets_its_shortcode_from_its_number(given, triples):
    story = {
        "id": "64",
        "owner": ME,
        "taken_at_timestamp": 1641355260,
        "tappable_objects": [
            {"__typename": "GraphTappableMention", "username": "primer_news"},
            {"__typename": "GraphTappableHashtag", "name": "kz", "id": "17"},
        ],
        "iphone_struct": {"reel_mentions": [{"user": NEWS}], "story_feed_media": [{"media_id": 1}]},
    }
    document = {"node": story, "instaloader": {"version": "4.14", "node_type": "StoryItem"}}
    data = load(given("a.json", document))
    assert triples(data) == [("instagram:5550001", "instagram:5550002", "mention")]
    assert data.posts["post"].tolist() == ["instagram:BA"]
    assert data.report.files[0].warnings == ("posts shared into a story are not read: 1",)


def test_an_author_known_by_name_alone_meets_his_number(given, triples):
    known = {"node": ME, "instaloader": {"node_type": "Profile"}}
    post = saved(owner={"username": "Primer_Blogger"}, caption="@primer_news")
    data = load([given("a.json", post), given("b.json", known)])
    assert triples(data) == [("instagram:5550001", "instagram:@primer_news", "mention")]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (saved("Hashtag"), "neither a post nor a story nor a profile"),
        (saved("FrozenNodeIterator"), "neither a post nor a story nor a profile"),
        (saved("Profile") | {"node": {}}, "a profile without number and name"),
        (saved(owner=None), "no author"),
        (saved(shortcode=None), "no post id"),
        (saved(taken_at_timestamp="soon"), "time not understood"),
    ],
)
def test_what_is_no_post_is_set_aside(given, document, reason):
    report = load(given("a.json", [saved(), document])).report
    assert (report.files[0].rows, dict(report.files[0].rejected)) == (2, {reason: 1})


@pytest.mark.parametrize(
    "odd",
    [
        {"edge_media_to_caption": {"edges": [None]}},
        {"edge_media_to_caption": edges({"text": 5}), "caption": {"text": []}},
        {"edge_media_to_tagged_user": edges({"user": "a"}, {})},
        {"coauthor_producers": [None, "a", {"pk": []}], "usertags": {"in": 5}},
        {"iphone_struct": [], "edge_sidecar_to_children": {"edges": 1}},
        {"edge_liked_by": {"count": -1}, "caption": "a" * 40 + "@" + "b" * 40},
        {"iphone_struct": {"carousel_media": [1, {"usertags": None}], "user": "a"}},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    source = Source(given("a.json", [saved(), saved(**odd)]), "a.json")
    part = FORMATS["instaloader"](source, Options())
    assert (part.rows, part.used, len(part.ties)) == (2, 2, 0)


@pytest.mark.parametrize(
    "other",
    [
        {"node": {"id": "1"}},
        {"instaloader": {"node_type": "Post"}},
        [{"id": 1, "created_at": 1641355260, "text": "…", "owner": ME, "answers": []}],
    ],
)
def test_other_files_beside_them_are_not_recognised(given, other):
    with pytest.raises(FormatError, match=r"'instaloader': no node with instaloader"):
        load(given("a.json", other), format="instaloader")
