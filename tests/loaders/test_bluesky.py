"""Bluesky: events of a Jetstream, lists of records and pages of the API."""

import json

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import load

AAAA, BBBB, CCCC = "bluesky:did:plc:aaaa", "bluesky:did:plc:bbbb", "bluesky:did:plc:cccc"
ORIGINAL = "at://did:plc:bbbb/app.bsky.feed.post/3p1"
SEEN = 1767416549048052  # 2026-01-03 05:02:29.048052
MADE = "2026-01-03T05:02:29.000Z"


def event(record, *, kind="feed.post", rkey="k1", operation="create", **more):
    collection = f"app.bsky.{kind}"
    commit = {"operation": operation, "collection": collection, "rkey": rkey}
    if record is not None:
        commit["record"] = {"createdAt": MADE, **record}
    return {"did": "did:plc:aaaa", "time_us": SEEN, "kind": "commit", "commit": commit, **more}


def lines(*events):
    return "\n".join(map(json.dumps, events))


def test_a_jetstream_gives_its_ties_and_handles(samples, triples):
    data = load(samples / "bluesky" / "jetstream.jsonl")
    assert triples(data) == [
        (AAAA, BBBB, "repost"),
        ("bluesky:did:plc:dddd", "bluesky:did:plc:eeee", "mention"),
        ("bluesky:did:plc:dddd", BBBB, "reply"),
        ("bluesky:did:plc:ffff", BBBB, "quote"),
    ]
    tie = data.ties.iloc[0]
    assert tie["post"] == "bluesky:did:plc:bbbb/app.bsky.feed.post/3p1"
    assert tie["content"] == "bluesky:did:plc:aaaa/app.bsky.feed.repost/r1"
    assert str(tie["time"]) == "2026-01-03 05:02:29.551000+00:00"
    handles = data.accounts.set_index("account")["handle"]
    assert handles[AAAA] == "primer.bsky.social"
    post = data.posts.set_index("post").loc["bluesky:did:plc:dddd/app.bsky.feed.post/p2"]
    assert (post["text"], post["lang"]) == ("жауап @x", "kk")


def test_what_a_later_event_deletes_is_set_aside(samples):
    report = load(samples / "bluesky" / "jetstream.jsonl").report
    rejected = report.rejected[["line", "reason", "value"]].to_numpy().tolist()
    assert ["2", "deleted later", "bluesky:did:plc:aaaa/app.bsky.graph.follow/f1"] in rejected
    assert ["5", "deletes of earlier records", ""] in rejected
    assert (report.files[0].rows, report.files[0].used) == (6, 4)


def test_only_a_later_delete_undoes_and_only_the_same_record(given, triples):
    made = event({"subject": "did:plc:bbbb"}, kind="graph.follow")
    gone = event(None, kind="graph.follow", operation="delete")
    other = event(None, kind="graph.follow", rkey="k2", operation="delete")
    for kept in ((gone, made), (made, other), [gone, made, other]):
        assert triples(load(given("a.jsonl", lines(*kept)))) == [(AAAA, BBBB, "follow")]
    listed = given("b.json", [made, gone, event({"text": "…"})])
    assert triples(load(listed)) == []


def test_a_repost_seen_through_another_is_of_the_original_alone(samples, triples):
    data = load(samples / "bluesky" / "jetstream.jsonl")
    assert not any("did:plc:cccc" in (target or "") for _, target, _ in triples(data))
    assert (
        "reposts of what somebody else's repost showed (via): no tie to that one: 1"
        in data.report.files[0].warnings
    )


@pytest.mark.parametrize(
    ("created", "taken", "doubted"),
    [
        (MADE, "2026-01-03 05:02:29+00:00", 0),
        ("2026-01-03T10:02:29+05:00", "2026-01-03 05:02:29+00:00", 0),
        ("2026-01-02T05:02:30", "2026-01-02 05:02:30+00:00", 0),  # 23 hours and 59 minutes
        ("2026-01-02T05:02:28Z", "2026-01-03 05:02:29.048052+00:00", 1),
        ("2026-01-03T05:03:00Z", "2026-01-03 05:03:00+00:00", 0),  # clocks differ by 31 s
        ("2026-01-03T05:04:00Z", "2026-01-03 05:02:29.048052+00:00", 1),
        ("2100-01-01T00:00:00Z", "2026-01-03 05:02:29.048052+00:00", 1),
        ("yesterday", "2026-01-03 05:02:29.048052+00:00", 1),
        (None, "2026-01-03 05:02:29.048052+00:00", 0),
        ("0001-01-01T00:00:00Z", "2026-01-03 05:02:29.048052+00:00", 1),
    ],
)
def test_a_time_that_the_network_contradicts_gives_way_to_it(given, created, taken, doubted):
    data = load(given("a.jsonl", event({"createdAt": created, "text": "…"})))
    assert str(data.posts["time"].iloc[0]) == taken
    said = f"createdAt over a day off or in the future: time of arrival taken: {doubted}"
    assert (said in data.report.files[0].warnings) == bool(doubted)


@pytest.mark.parametrize("seen", [None, "soon", -5, 1e300, 10**30, "9" * 5000, {"a": 1}])
def test_without_a_time_of_arrival_its_own_is_taken(given, seen):
    data = load(given("a.jsonl", event({"text": "…"}, time_us=seen)))
    assert str(data.posts["time"].iloc[0]) == "2026-01-03 05:02:29+00:00"


def test_records_of_a_list_have_their_author_in_the_address(samples, triples):
    data = load(samples / "bluesky" / "records.json")
    assert triples(data) == [(AAAA, BBBB, "follow"), (AAAA, BBBB, "repost")]
    account = data.accounts.set_index("account").loc[AAAA]
    assert (account["name"], account["bio"]) == ("П", "мысал")
    assert data.report.files[0].rejected == {"likes are no ties": 1}


def test_records_may_come_alone_or_in_pieces(given, triples):
    record = {"subject": {"uri": ORIGINAL}, "createdAt": MADE}
    place = {"collection": "app.bsky.feed.repost", "rkey": "r1"}
    uri = "at://did:plc:aaaa/app.bsky.feed.repost/r1"
    for entry in (
        {"uri": uri, "cid": "b", "value": record},
        {"did": "did:plc:aaaa", **place, "record": record},
        {"$type": "app.bsky.feed.repost", "repo": "did:plc:aaaa", **place, "value": record},
    ):
        data = load(given("a.jsonl", lines(entry)))
        assert triples(data) == [(AAAA, BBBB, "repost")]
        assert data.ties["content"].iloc[0] == "bluesky:did:plc:aaaa/app.bsky.feed.repost/r1"


def test_a_record_without_its_address_is_refused_in_words(given):
    bare = {"$type": "app.bsky.graph.follow", "subject": "did:plc:bbbb", "createdAt": MADE}
    with pytest.raises(DataError, match=r"a record alone, without its at:// address"):
        load(given("a.json", bare))


def test_a_feed_page_tells_who_reposted_and_who_is_who(samples, triples):
    data = load(samples / "bluesky" / "author_feed.json")
    assert triples(data) == [(AAAA, BBBB, "repost"), (AAAA, CCCC, "reply")]
    assert str(data.ties["time"].iloc[0]) == "2026-01-03 05:02:29.551000+00:00"
    accounts = data.accounts.set_index("account")
    assert accounts.loc[BBBB, ["handle", "name"]].tolist() == ["gov.test", "Ресми"]
    assert accounts["handle"].isna()[CCCC]  # handle.invalid stands for none
    assert set(data.posts["account"]) == {AAAA, BBBB, CCCC}
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )


def test_a_repost_of_a_page_without_an_id_is_a_repost_still(given, triples):
    view = {"uri": ORIGINAL, "author": {"did": "did:plc:bbbb"}, "record": {"createdAt": MADE}}
    reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": {"handle": "Old.test"}}
    data = load(given("a.json", {"feed": [{"post": view, "reason": reason}]}))
    assert triples(data) == [("bluesky:@old.test", BBBB, "repost")]
    assert data.ties["content"].isna().all()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ({"subject": {"did": "did:plc:bbbb"}, "followers": 1}, [(AAAA, BBBB, "follow")]),
        ({"subject": {"did": "did:plc:bbbb"}, "follows": 1}, [(BBBB, AAAA, "follow")]),
        ({"uri": ORIGINAL, "repostedBy": 1}, [(AAAA, BBBB, "repost")]),
        ({"profiles": 1}, []),
    ],
)
def test_lists_of_accounts_say_what_they_did(given, triples, page, expected):
    person = {"did": "did:plc:aaaa", "handle": "primer.test", "followersCount": 7}
    filled = {key: [person] if value == 1 else value for key, value in page.items()}
    data = load(given("a.json", filled))
    assert triples(data) == expected
    known = data.accounts.set_index("account").loc[AAAA]
    assert (known["handle"], known["followers"]) == ("primer.test", 7)


def test_a_list_of_followers_without_a_subject_is_refused(given):
    with pytest.raises(DataError, match="followers of a page that does not say of whom"):
        load(given("a.json", {"followers": [{"did": "did:plc:aaaa", "handle": "p.test"}]}))


def test_a_thread_is_read_whole_and_hidden_posts_are_set_aside(given, triples):
    def node(repo, key, text, **around):
        uri = f"at://did:plc:{repo}/app.bsky.feed.post/{key}"
        record = {"createdAt": MADE, "text": text, **around.pop("record", {})}
        return {
            "post": {"uri": uri, "author": {"did": f"did:plc:{repo}"}, "record": record}
        } | around

    answer = node("aaaa", "2", "b", record={"reply": {"parent": {"uri": ORIGINAL}}})
    hidden = {"uri": "at://did:plc:cccc/app.bsky.feed.post/9", "notFound": True}
    thread = node("bbbb", "3p1", "a", replies=[answer, hidden])
    data = load(given("a.json", {"thread": thread}))
    assert triples(data) == [(AAAA, BBBB, "reply")]
    assert data.report.files[0].rejected == {"no record": 1}


def test_quotes_beside_pictures_lie_one_level_deeper(given, triples):
    embed = {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": ORIGINAL}}}
    assert triples(load(given("a.jsonl", event({"embed": embed})))) == [(AAAA, BBBB, "quote")]


def test_an_embedded_list_is_no_quote(given, triples):
    embed = {"record": {"uri": "at://did:plc:bbbb/app.bsky.graph.list/3l"}}
    data = load(given("a.jsonl", event({"embed": embed})))
    assert triples(data) == []
    assert data.report.files[0].warnings == ("embedded lists, feeds and the like are no quotes: 1",)


def test_a_post_does_not_mention_whom_it_answers(given, triples):
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:bbbb"}
    record = {"reply": {"parent": {"uri": ORIGINAL}}, "facets": [{"features": [feature]}]}
    assert triples(load(given("a.jsonl", event(record)))) == [(AAAA, BBBB, "reply")]


def test_links_come_from_the_text_and_from_cards(given):
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/a"}
    card = {"media": {"external": {"uri": "https://example.org/b"}}}
    record = {"facets": [{"features": [feature, feature]}], "embed": card}
    data = load(given("a.jsonl", event(record)))
    assert data.posts["links"].tolist() == ["https://example.org/a https://example.org/b"]


def test_both_other_versions_of_jetstream_are_read(given, triples):
    record = {"subject": "did:plc:bbbb", "createdAt": MADE}
    place = {"collection": "app.bsky.graph.follow", "rkey": "f1"}
    first = {"did": "did:plc:aaaa", "time_us": SEEN, "type": "com"}
    first["commit"] = {"type": "c", **place, "record": record}
    kind = "network.bsky.jetstream.subscribeEvents#commit"
    body = {"$type": kind, "did": "did:plc:aaaa", "time": MADE, "operation": "create"}
    second = {"$type": "message", "payload": {**body, **place, "record": record}}
    for each in (first, second):
        assert triples(load(given("a.jsonl", lines(each)))) == [(AAAA, BBBB, "follow")]


def test_events_without_records_are_counted(given):
    account = {"did": "did:plc:aaaa", "time_us": SEEN, "kind": "account", "account": {}}
    lost = event({"text": "…"}, did="primer")
    path = given("a.jsonl", lines(event({"text": "…"}), account, lost, event(None)))
    assert load(path).report.files[0].rejected == {
        "events without a record or a handle": 1,
        "no did, collection or rkey": 1,
        "no record": 1,
    }


def test_a_broken_line_is_set_aside_and_the_others_are_read(given):
    path = given("a.jsonl", lines(event({"text": "…"})) + '\n{"did": "did:pl\n[5]\n')
    report = load(path).report
    assert list(report.rejected["line"]) == ["2", "3"]
    assert (report.files[0].rows, report.files[0].used) == (3, 1)


@pytest.mark.parametrize(
    "odd",
    [
        {"reply": "at://x", "embed": ["a"], "facets": {"a": 1}},
        {"facets": [None, {"features": [3, {"$type": ["#mention"], "did": {}}]}]},
        {"embed": {"record": {"uri": ["a"]}, "external": 5, "media": 7}},
        {"langs": "kk", "text": ["a"]},
        {"langs": [None, 5], "createdAt": {"a": 1}},
        {"reply": {"parent": {"uri": "at://did:plc:bbbb"}, "root": None}},
        {"text": "\ud83d half a letter"},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    data = load(given("a.jsonl", event(odd)))
    assert (data.report.files[0].rows, data.report.files[0].used) == (1, 1)
    assert list(data.posts["account"]) == [AAAA]


@pytest.mark.parametrize("kind", ["feed.repost", "graph.follow"])
def test_a_tie_to_nobody_is_set_aside(given, kind):
    path = given("a.jsonl", lines(event({"text": "…"}), event({"subject": {"uri": 5}}, kind=kind)))
    assert len(load(path).report.rejected) == 1


@pytest.mark.parametrize(
    "content", [{"records": []}, {"posts": [{"id": 1}]}, {"did": 5}, [], {"feed": None}]
)
def test_what_only_looks_alike_is_not_taken(given, content):
    with pytest.raises(FormatError):
        load(given("a.json", content), format="bluesky")
