"""The archive of an account of Mastodon: what it said and boosted, and whose it is."""

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import load

PRIMER, GOV = "mastodon:@primer@m.test", "mastodon:@gov@other.test"
ACTOR = "https://m.test/users/primer"
BY_GOV = "https://other.test/users/gov/statuses/2"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def outbox(*activities, **more):
    return {"id": "outbox.json", "type": "OrderedCollection", "orderedItems": activities, **more}


def create(number="3", **note):
    thing = {"id": f"{ACTOR}/statuses/{number}", "type": "Note", "content": "<p>…</p>", **note}
    return activity(number, "Create", thing)


def activity(number, kind, thing, **more):
    made = {"published": "2026-01-03T05:02:29Z", "to": [PUBLIC]}
    name = f"{ACTOR}/statuses/{number}/activity"
    return {"id": name, "type": kind, "actor": ACTOR, **made, "object": thing, **more}


def test_an_outbox_gives_boosts_and_replies(samples, triples):
    data = load(samples / "mastodon_outbox" / "outbox.json")
    assert triples(data) == [(PRIMER, GOV, "repost"), (PRIMER, GOV, "reply")]
    assert data.ties["post"].tolist() == [f"mastodon:{BY_GOV}"] * 2
    assert data.ties["content"].tolist() == [
        "mastodon:https://m.test/users/primer/statuses/1/activity",
        "mastodon:https://m.test/users/primer/statuses/3",
    ]
    assert str(data.ties["time"].iloc[0]) == "2026-01-03 05:02:29+00:00"
    assert data.posts["text"].dropna().tolist() == ["жауап"]


def test_the_actor_says_who_the_owner_is(samples):
    data = load(samples / "mastodon_outbox" / "actor.json")
    known = data.accounts.set_index("account").loc[PRIMER]
    assert known[["handle", "name", "bio"]].tolist() == ["primer@m.test", "П", "мысал"]
    assert str(known["created"]) == "2022-11-01 00:00:00+00:00"
    assert list(data.accounts["account"]) == [PRIMER]


def test_posts_are_the_same_in_the_archive_and_in_the_api(samples, triples):
    folder = samples / "mastodon_outbox" / "outbox.json", samples / "mastodon" / "statuses.json"
    data = load(folder)
    assert triples(data).count((PRIMER, GOV, "repost")) == 1
    assert data.report.files[1].rejected == {"repeated share": 1}


@pytest.mark.parametrize(
    ("address", "author"),
    [
        (BY_GOV, GOV),
        ("https://other.test/@Gov/2", GOV),
        ("https://m.test/@gov@other.test/2", GOV),
        ("https://other.test/users/gov/statuses/2?x=1", GOV),
        ("https://other.test/ap/users/5/statuses/2", None),
        ("https://other.test/notes/9abc", None),
        ({"id": BY_GOV, "attributedTo": "https://other.test/users/gov"}, GOV),
    ],
)
def test_the_author_of_a_boost_is_in_its_address(given, triples, address, author):
    data = load(given("outbox.json", outbox(activity("1", "Announce", address))))
    assert triples(data) == [(PRIMER, author, "repost")]
    url = address if isinstance(address, str) else address["id"]
    assert data.ties["post"].tolist() == [f"mastodon:{url}"]


def test_a_boost_of_nothing_is_set_aside(given):
    data = load(given("outbox.json", outbox(create(), activity("1", "Announce", None))))
    row = data.report.rejected.iloc[0]
    assert (row["line"], row["reason"]) == (
        "item 2",
        "a repost that names neither its author nor the post",
    )


def test_mentions_are_named_in_the_tags(given, triples):
    tags = [
        {"type": "Mention", "name": "@Gov@other.test", "href": "https://other.test/users/9kf"},
        {"type": "Mention", "name": "@dos", "href": "https://m.test/users/dos"},
        {"type": "Mention", "href": "https://third.test/ap/users/5"},
        {"type": "Hashtag", "name": "#kz", "href": "https://m.test/tags/kz"},
        {"type": "Mention"},
        None,
    ]
    assert triples(load(given("outbox.json", outbox(create(tag=tags))))) == [
        (PRIMER, "mastodon:@dos@m.test", "mention"),
        (PRIMER, GOV, "mention"),
        (PRIMER, "mastodon:https://third.test/ap/users/5", "mention"),
    ]


@pytest.mark.parametrize("field", ["quote", "quoteUrl", "quoteUri", "_misskey_quote"])
def test_quotes_are_addresses_too(given, triples, field):
    data = load(given("outbox.json", outbox(create(**{field: BY_GOV}))))
    assert triples(data) == [(PRIMER, GOV, "quote")]


def test_direct_messages_are_not_read_but_counted(given):
    direct = create("4", to=["https://other.test/users/gov"], cc=[])
    direct["to"] = ["https://other.test/users/gov"]
    followers = create("5", to=[f"{ACTOR}/followers"])
    followers["to"] = [f"{ACTOR}/followers"]
    data = load(given("outbox.json", outbox(create(), direct, followers)))
    assert len(data.posts) == 2
    assert data.report.files[0].rejected == {"direct messages are not read": 1}


def test_text_links_and_language_of_a_post(given):
    content = '<p>Сәлем <a href="https://example.org/a">үй</a></p>'
    data = load(given("outbox.json", outbox(create(content=content, contentMap={"kk": content}))))
    post = data.posts.iloc[0]
    assert (post["text"], post["links"], post["lang"]) == (
        "Сәлем үй",
        "https://example.org/a",
        "kk",
    )


def test_bare_notes_and_addresses_instead_of_notes_are_posts(given):
    note = create("6")["object"] | {"attributedTo": ACTOR, "published": "2026-01-03T05:02:29Z"}
    bare = activity("7", "Create", f"{ACTOR}/statuses/7")
    data = load(given("outbox.json", outbox(note, bare)))
    assert data.posts["post"].tolist() == [f"mastodon:{ACTOR}/statuses/{n}" for n in (6, 7)]


def test_likes_and_bookmarks_are_no_ties(given):
    path = given("likes.json", outbox(BY_GOV, id="likes.json"))
    with pytest.raises(DataError, match="likes, bookmarks and pins are no ties"):
        load(path)


@pytest.mark.parametrize(
    ("listed", "expected"),
    [("followers", (GOV, PRIMER, "follow")), ("following", (PRIMER, GOV, "follow"))],
)
def test_collections_of_followers_are_follows(given, triples, listed, expected):
    page = {
        "id": f"{ACTOR}/{listed}?page=1",
        "type": "OrderedCollectionPage",
        "partOf": f"{ACTOR}/{listed}",
        "orderedItems": ["https://other.test/users/gov", "nobody"],
    }
    data = load(given("page.json", page))
    assert triples(data) == [expected]
    assert data.report.files[0].rejected == {"no account at this address": 1}


def test_an_owner_without_a_name_in_the_address_is_known_by_it(given, triples):
    address = "https://m.test/ap/users/5"
    boost = activity("1", "Announce", BY_GOV, actor=address)
    actor = {"id": address, "type": "Person", "preferredUsername": "Primer", "outbox": "o"}
    box = given("outbox.json", outbox(boost))
    assert triples(load(box)) == [(f"mastodon:{address}", GOV, "repost")]
    data = load([box, given("actor.json", actor)])
    assert triples(data) == [(f"mastodon:{address}", GOV, "repost")]
    handles = data.accounts.set_index("account")["handle"]
    assert handles[f"mastodon:{address}"] == "primer@m.test"


@pytest.mark.parametrize(
    "odd",
    [
        {"actor": None},
        {"actor": {"id": 5}},
        {"type": ["Create"]},
        {"type": "Move"},
        {"object": {"type": "Note"}, "id": None},
        {"published": "soon"},
    ],
)
def test_odd_activities_are_set_aside(given, odd):
    data = load(given("outbox.json", outbox(create(), create("4") | odd)))
    assert len(data.report.rejected) == 1
    assert len(data.posts) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"tag": {"type": "Mention"}, "inReplyTo": [], "content": 5, "contentMap": []},
        {"tag": [{"type": "Mention", "name": {}, "href": "https://[bad"}], "quote": {"a": 1}},
        {"to": {"a": 1}, "cc": 5, "published": None},
        {"inReplyTo": {"id": BY_GOV}, "contentMap": {"": "…"}},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    data = load(given("outbox.json", outbox(create(**odd))))
    assert (data.report.files[0].rows, data.report.files[0].used) == (1, 1)


def test_items_that_are_no_activities_are_set_aside(given):
    data = load(given("outbox.json", outbox(create(), None, 7, [1])))
    assert data.report.files[0].rejected == {"neither a post nor a boost": 3}


@pytest.mark.parametrize(
    "content", [{"orderedItems": []}, {"type": "OrderedCollection"}, {"type": "Person", "id": "x"}]
)
def test_what_only_looks_alike_is_not_taken(given, content):
    with pytest.raises(FormatError):
        load(given("a.json", content), format="mastodon_outbox")


def test_an_actor_without_an_address_is_refused_in_words(given):
    actor = {"id": "actor.json", "type": "Person", "preferredUsername": "p", "inbox": "i"}
    with pytest.raises(DataError, match="an actor without an address or a name"):
        load(given("actor.json", actor))
