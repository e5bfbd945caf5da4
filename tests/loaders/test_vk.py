"""VK API: walls with their reposts and mentions."""

import json
from typing import Any

import pytest

from kznet.errors import FormatError
from kznet.loaders import FORMATS, Options, load
from kznet.loaders._source import Source

POST = {"id": 9, "owner_id": -1, "from_id": -1, "date": 1641355260, "text": ""}
GROUP = {"id": 2, "name": "Акимат", "screen_name": "akimat_primer", "type": "page"}


def wall(*posts: dict[str, Any], **beside: Any) -> dict[str, Any]:
    """An answer of wall.get."""
    items = [{**POST, **post} for post in posts]
    return {"response": {"count": len(items), "items": items, **beside}}


def reposted(**more: Any) -> dict[str, Any]:
    """A post that reposts number 4 of community 2."""
    return {"copy_history": [{"id": 4, "owner_id": -2, "from_id": -2, "date": 1641355140, **more}]}


def test_a_repost_names_the_nearest_post_and_its_author(samples):
    data = load(samples / "vk" / "wall_get.json")
    shares = data.ties[data.ties["kind"] == "repost"]
    assert shares[["source", "target", "post", "content"]].values.tolist() == [
        ["vk:-100001", "vk:-100002", "vk:-100002_4742", "vk:-100001_140"]
    ]
    assert str(shares["time"].iloc[0]) == "2022-01-05 04:01:00+00:00"


def test_the_sample_wall_says_what_it_took(samples, triples):
    data = load(samples / "vk" / "wall_get.json")
    assert sorted(triples(data)) == [
        ("vk:-100001", "vk:-100002", "repost"),
        ("vk:4100002", "vk:-100001", "mention"),
        ("vk:4100002", "vk:-100002", "mention"),
        ("vk:4100002", "vk:4100001", "mention"),
    ]
    report = data.report.files[0]
    assert (report.rows, dict(report.rejected)) == (2, {})
    assert report.warnings == (
        "posts on another's wall are their authors' own, no tie to the wall's owner: 1",
        "reposts of a repost count as reposts of that, not of the post before it: 1",
    )


def test_communities_and_people_come_with_handles_and_names(samples):
    accounts = load(samples / "vk" / "wall_get.json").accounts.set_index("account")
    community = accounts.loc["vk:-100001"]
    assert (community["handle"], community["name"]) == ("primer", "Пример")
    assert community["followers"] == 5000
    assert accounts.loc["vk:4100002", "name"] == "Имя Фамилия"


def test_a_deleted_account_is_kept_without_a_name(samples):
    accounts = load(samples / "vk" / "wall_get.json").accounts.set_index("account")
    assert accounts.loc["vk:4100001", ["handle", "name"]].isna().all()


def test_the_first_post_of_a_chain_keeps_its_author_and_text(samples):
    posts = load(samples / "vk" / "wall_get.json").posts.set_index("post")
    assert posts.loc["vk:-100003_25062", ["account", "text"]].tolist() == [
        "vk:4100001",
        "ещё глубже",
    ]


def test_the_target_of_a_repost_is_the_one_who_wrote_it(given, triples):
    data = load(given("a.json", wall(reposted(from_id=7))))
    assert triples(data) == [("vk:-1", "vk:7", "repost")]
    assert data.ties["post"].iloc[0] == "vk:-2_4"


def test_a_reposted_picture_is_no_post_of_the_same_number(given):
    data = load(given("a.json", wall(reposted(post_type="photo"))))
    assert data.ties["post"].iloc[0] == "vk:photo-2_4"


def test_a_repost_is_no_mention_even_in_its_own_words(given, triples):
    data = load(given("a.json", wall({"text": "[id5|А] [club3|Б]", **reposted()})))
    assert triples(data) == [("vk:-1", "vk:-2", "repost")]
    assert data.report.files[0].warnings == ("mentions in comments to reposts are not counted: 2",)


def test_a_guest_on_a_wall_is_the_author(given):
    data = load(given("a.json", wall({"from_id": 5, "text": "…"})))
    assert data.posts[["post", "account"]].values.tolist() == [["vk:-1_9", "vk:5"]]
    assert data.ties.empty


def test_a_signed_post_stays_the_communitys(given):
    data = load(given("a.json", wall({"signer_id": 5, "text": "…"})))
    assert data.posts["account"].tolist() == ["vk:-1"]
    assert data.report.files[0].warnings == ("posts that a person signed are the community's: 1",)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[id5|Айгерим]", "vk:5"),
        ("[club2|@akimat]", "vk:-2"),
        ("[public2|Акимат]", "vk:-2"),
        ("[id5:bp-1_9|Айгерим], рахмет", "vk:5"),
        ("@id5 (Айгерим)", "vk:5"),
        ("@Akimat_Primer.", "vk:@akimat_primer"),
        ("см. https://vk.com/wall-2_4", "vk:-2"),
        ("https://m.vk.com/akimat_primer?w=wall-2_4%2Fall", "vk:-2"),
        ("https://vk.ru/club2", "vk:-2"),
        ("vk.com/id5", "vk:5"),
    ],
)
def test_a_text_mentions_by_markup_name_or_link(given, triples, text, target):
    data = load(given("a.json", wall({"text": text})))
    assert triples(data) == [("vk:-1", target, "mention")]


@pytest.mark.parametrize(
    "text",
    ["mail@example.org", "*Bonus", "https://vk.com/feed", "vk.com/video-2_4", "[note|text]"],
)
def test_a_text_that_names_nobody_mentions_nobody(given, text):
    assert load(given("a.json", wall({"text": text}))).ties.empty


def test_a_name_in_a_link_or_after_an_asterisk_counts_where_it_is_known(given, triples):
    for text in ("*akimat_primer", "vk.com/akimat_primer."):
        data = load(given("a.json", wall({"text": text}, groups=[GROUP])))
        assert triples(data) == [("vk:-1", "vk:-2", "mention")]


def test_an_account_named_twice_in_a_post_is_mentioned_once(given, triples):
    text = "[club2|А] @akimat_primer https://vk.com/wall-2_4"
    data = load(given("a.json", wall({"text": text}, groups=[GROUP])))
    assert triples(data) == [("vk:-1", "vk:-2", "mention")]
    assert not data.report.files[0].rejected


def test_an_attached_link_and_a_credited_source_are_links(given, triples):
    link = {"type": "link", "link": {"url": "https://vk.com/wall-2_4"}}
    source = {"id": -3, "link": "https://vk.com/wall-3_1", "type": "group"}
    post = {"text": "https://example.org/a.", "attachments": [link], "copyright": source}
    data = load(given("a.json", wall(post)))
    assert triples(data) == [("vk:-1", "vk:-2", "mention"), ("vk:-1", "vk:-3", "mention")]
    assert data.posts["links"].tolist() == [
        "https://example.org/a https://vk.com/wall-2_4 https://vk.com/wall-3_1"
    ]


@pytest.mark.parametrize(
    "content",
    [
        {"count": 1, "items": [{**POST, **reposted()}], "profiles": [], "groups": []},
        {"items": [{**POST, **reposted()}]},
        [wall(reposted())],
        [{**POST, **reposted()}],
        {**POST, **reposted()},
        {"response": [wall(reposted())["response"], wall()["response"]]},
        {"response": [{**POST, **reposted()}]},
        {"response": [1, {**POST, **reposted()}]},
        {"request": {"method": "wall.get"}, **wall(reposted())},
    ],
)
def test_a_page_may_come_bare_in_a_list_or_wrapped(given, triples, content):
    assert triples(load(given("a.json", content))) == [("vk:-1", "vk:-2", "repost")]


def test_pages_and_posts_may_come_one_a_line(given, triples):
    lines = [wall(reposted()), wall({"id": 10, **reposted()}), {**POST, "id": 11, **reposted()}]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, lines)) + '\n{"response": '))
    assert triples(data) == [("vk:-1", "vk:-2", "repost")] * 3
    assert list(data.report.rejected["line"]) == ["item 4"]
    assert data.report.rejected["value"].iloc[0].startswith("line 4: ")


def test_a_page_that_was_kept_twice_counts_once(given, triples):
    data = load(given("a.json", [wall(reposted()), wall(reposted())]))
    assert triples(data) == [("vk:-1", "vk:-2", "repost")]
    assert data.report.files[0].rejected == {"repeated share": 1}


def test_the_shape_of_old_versions_of_the_api_is_read(given):
    post = {"id": 9, "to_id": -1, "from_id": -1, "date": 1641355260, "text": ""}
    copied = {"copy_owner_id": -2, "copy_post_id": 4, "copy_post_date": 1641355140}
    data = load(given("a.json", {"response": [1, {**post, **copied}]}))
    assert data.ties[["target", "post"]].values.tolist() == [["vk:-2", "vk:-2_4"]]


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        ({"is_deleted": True}, "a deleted post"),
        ({"post_type": "suggest"}, "not published"),
        ({"post_type": "postpone"}, "not published"),
        ({"id": None}, "no post id"),
        ({"id": "x"}, "no post id"),
        ({"date": "soon"}, "time not understood"),
        ({"copy_history": [{"text": "…"}]}, "a repost that names neither its author nor the post"),
    ],
)
def test_a_post_that_cannot_be_read_is_set_aside(given, post, reason):
    data = load(given("a.json", wall({"id": 8}, post)))
    assert list(data.report.rejected["reason"]) == [reason]
    assert list(data.report.rejected["line"]) == ["item 2"]


def test_a_refusal_of_the_api_is_set_aside_in_its_words(given):
    refusal = {"error": {"error_code": 15, "error_msg": "Access denied", "request_params": []}}
    data = load(given("a.json", [refusal, wall(reposted())]))
    assert list(data.report.rejected["reason"]) == ["VK refused: Access denied"]
    assert len(data.ties) == 1


def test_a_page_without_items_is_counted(given):
    data = load(given("a.json", [wall(), wall(reposted())]))
    assert data.report.files[0].rejected == {"pages without items": 1}


@pytest.mark.parametrize(
    "other",
    [
        {"count": 0, "items": []},
        {"status": "ok", "response": {"count": 1, "items": [{"id": 1, "views": 2}]}},
        {"items": [{"kind": "youtube#subscription", "id": "a"}]},
        {"_": "User", "id": 5, "first_name": "Айгерим"},
        {"response": "ok"},
        [1, 2, 3],
    ],
)
def test_other_answers_are_not_taken_for_vks(given, other):
    with pytest.raises(FormatError, match="'vk': no posts, comments or accounts of VK"):
        load(given("a.json", other), format="vk")


@pytest.mark.parametrize(
    "odd",
    [
        {"copy_history": {"id": 4}},
        {"copy_history": [None, 5]},
        {"attachments": [None, {"link": 5}, {"link": {"url": []}}]},
        {"copyright": "vk.com/wall-2_4"},
        {"text": ["a"], "signer_id": "me"},
        {"from_id": 0},
        {"from_id": 1e300, "reply_owner_id": {}},
        {"thread": [1], "post_type": []},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    source = Source(given("a.json", wall({"id": 8}, odd)), "a.json")
    part = FORMATS["vk"](source, Options())
    assert (part.rows, part.used) == (2, 2)
