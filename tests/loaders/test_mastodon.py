"""Statuses of Mastodon: accounts and posts by names that every server knows."""

import json

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import load
from kznet.loaders._html import hrefs, plain

PRIMER, GOV = "mastodon:@primer@m.test", "mastodon:@gov@other.test"


def status(number="5", **more):
    account = {"id": "9", "acct": "primer", "url": "https://m.test/@primer"}
    return {
        "id": number,
        "created_at": "2026-01-03T05:02:29.551Z",
        "uri": f"https://m.test/users/primer/statuses/{number}",
        "account": account,
        "content": "<p>…</p>",
        "visibility": "public",
        **more,
    }


def by_gov(number="7", **more):
    account = {"id": "70", "acct": "Gov@Other.test", "url": "https://other.test/@Gov"}
    uri = f"https://other.test/users/gov/statuses/{number}"
    return status(number, account=account, uri=uri, **more)


MENTION = {"id": "70", "username": "Gov", "acct": "Gov@Other.test"}


def test_a_boost_names_original_and_author(samples, triples):
    data = load(samples / "mastodon" / "statuses.json")
    assert triples(data) == [(PRIMER, GOV, "repost")]
    tie = data.ties.iloc[0]
    assert tie["post"] == "mastodon:https://other.test/users/gov/statuses/2"
    assert tie["content"] == "mastodon:https://m.test/users/primer/statuses/1/activity"
    assert str(tie["time"]) == "2026-01-03 05:02:29.551000+00:00"
    post = data.posts.iloc[0]
    assert (post["post"], post["account"], post["text"]) == (tie["post"], GOV, "Ресми")
    known = data.accounts.set_index("account").loc[PRIMER]
    assert known[["handle", "name", "followers"]].tolist() == ["primer@m.test", "П", 10]


def test_a_local_account_gets_the_host_of_its_address(given):
    lone = {"id": "9", "acct": "primer"}
    for address in ({}, {"uri": None, "url": "https://m.test/@primer/5"}):
        data = load(given("a.json", [status(account=lone, **address)]))
        assert list(data.posts["account"]) == [PRIMER]
    data = load(given("a.json", [status(account=lone, uri="5")]))
    assert list(data.posts["account"]) == ["mastodon:@primer"]
    assert list(data.posts["post"]) == ["mastodon:5"]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one, two: [one, two],
        lambda one, two: {"accounts": [], "statuses": [one, two], "hashtags": []},
        lambda one, two: {"ancestors": [one], "descendants": [two]},
        lambda one, two: [{"statuses": [one]}, {"statuses": [two]}],
        lambda one, two: "\n".join(map(json.dumps, (one, two))),
        lambda one, two: "\n".join(map(json.dumps, ([one], [two]))),
    ],
)
def test_statuses_come_in_lists_pages_and_lines(given, wrap):
    data = load(given("a.json", wrap(status(), by_gov())))
    assert sorted(data.posts["account"]) == [GOV, PRIMER]
    assert data.report.files[0].rows == 2


def test_whom_a_reply_answers_is_looked_up_in_the_file(given, triples):
    reply = status(in_reply_to_id="7", in_reply_to_account_id="70")
    data = load(given("a.json", [reply, by_gov()]))
    assert triples(data) == [(PRIMER, GOV, "reply")]
    assert data.ties["post"].iloc[0] == "mastodon:https://other.test/users/gov/statuses/7"


def test_a_reply_may_find_its_account_among_the_mentioned(given, triples):
    reply = status(in_reply_to_id="7", in_reply_to_account_id="70", mentions=[MENTION])
    data = load(given("a.json", [reply]))
    assert triples(data) == [(PRIMER, GOV, "reply")]
    assert data.ties["post"].iloc[0] == "mastodon:7"


def test_a_reply_to_an_account_that_is_not_there_keeps_its_post(given, triples):
    reply = status(in_reply_to_id="7", in_reply_to_account_id="70")
    data = load(given("a.json", [reply]))
    assert triples(data) == [(PRIMER, None, "reply")]
    assert data.ties["post"].iloc[0] == "mastodon:7"


def test_numbers_of_two_servers_in_one_file_are_nobodys(given, triples):
    other = by_gov("8")
    other["account"] = {"id": "9", "acct": "gov@other.test"}
    reply = status("6", in_reply_to_id="99", in_reply_to_account_id="9")
    assert (PRIMER, None, "reply") in triples(load(given("a.json", [status(), other, reply])))


def test_mentions_are_ties_but_for_whom_it_answers(given, triples):
    local = {"id": "3", "acct": "Dos", "url": "https://m.test/@Dos"}
    said = status(mentions=[MENTION, local, local, {"acct": None}])
    assert triples(load(given("a.json", [said]))) == [
        (PRIMER, "mastodon:@dos@m.test", "mention"),
        (PRIMER, GOV, "mention"),
    ]


def test_mentions_inside_a_boost_are_its_authors(given, triples):
    boosted = by_gov(mentions=[{"acct": "a@m.test"}, {"acct": "b@m.test"}])
    data = load(given("a.json", [status(content="", reblog=boosted)]))
    assert triples(data) == [(PRIMER, GOV, "repost")]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 2",
    )


@pytest.mark.parametrize(
    "quote", [{"state": "accepted", "quoted_status": by_gov()}, by_gov(), {"quoted_status_id": "7"}]
)
def test_quotes_are_read_in_each_of_their_forms(given, triples, quote):
    data = load(given("a.json", [status(quote=quote), by_gov()]))
    assert triples(data) == [(PRIMER, GOV, "quote")]
    assert data.ties["post"].iloc[0] == "mastodon:https://other.test/users/gov/statuses/7"


def test_a_quote_that_may_not_be_shown_is_none(given, triples):
    quote = {"state": "pending", "quoted_status": None}
    assert triples(load(given("a.json", [status(quote=quote)]))) == []


def test_direct_messages_are_not_read_but_counted(given):
    path = given("a.json", [status(), status("6", visibility="direct", mentions=[MENTION])])
    data = load(path)
    assert list(data.accounts["account"]) == [PRIMER]
    assert data.report.files[0].rejected == {"direct messages are not read": 1}


def test_html_becomes_text_and_links(given):
    content = (
        "<p>Сәлем &amp; рахмет<br />бәріне</p><p>"
        '<a href="https://m.test/@dos" class="u-url mention">@<span>dos</span></a> '
        '<a href="https://example.org/?a=1&amp;b=2"><span class="invisible">https://</span>'
        "<span>example.org/?a=1&amp;b=2</span></a></p>"
    )
    card = {"url": "https://example.org/card"}
    data = load(given("a.json", [status(content=content, card=card, language="kk")]))
    post = data.posts.iloc[0]
    assert post["text"] == "Сәлем & рахмет\nбәріне\n@dos https://example.org/?a=1&b=2"
    assert post["links"] == "https://example.org/?a=1&b=2 https://example.org/card"
    assert post["lang"] == "kk"


@pytest.mark.parametrize("piece", ["<a ", "<", "<![CDATA[", "<!--", "<a href='", "&#x", "</p"])
def test_hostile_html_takes_one_pass(piece):
    """With html.parser the first of these takes minutes."""
    assert plain(piece * 100_000)
    assert hrefs(piece * 100_000) == []


def test_signs_that_are_no_tags_stay():
    assert plain("1 < 2 > 0 <3") == "1 < 2 > 0 <3"


def test_a_hidden_number_of_followers_is_missing(given):
    account = {"acct": "gov@other.test", "followers_count": -1}
    data = load(given("a.json", [status(account=account)]))
    assert data.accounts["followers"].isna().all()


@pytest.mark.parametrize(
    "odd",
    [
        {"reblog": [1], "mentions": {"a": 1}, "quote": "x", "card": []},
        {"mentions": [None, 3, {"acct": ["a"]}, {"acct": "two words"}, {"acct": "a@b@c"}]},
        {"in_reply_to_id": {"a": 1}, "in_reply_to_account_id": 1.5},
        {"content": ["<p>"], "language": 5, "visibility": ["direct"]},
        {"uri": "https://[bad", "url": 5},
        {
            "account": {
                "acct": "gov@other.test",
                "url": "http://[",
                "note": 5,
                "followers_count": [],
            }
        },
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd):
    data = load(given("a.json", [status(**odd)]))
    assert (data.report.files[0].rows, data.report.files[0].used) == (1, 1)
    assert len(data.posts) == 1


def test_what_is_no_status_is_set_aside(given):
    path = given("a.jsonl", json.dumps(status()) + '\n{"id": "6"}\n7\n{"id\n')
    rejected = load(path).report.rejected
    assert list(rejected["reason"][:2]) == ["not a status: no account"] * 2
    assert list(rejected["line"]) == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"account": {"acct": None, "id": "9"}}, "no author"),
        ({"created_at": "soon"}, "time not understood"),
        ({"id": None, "uri": None}, "no post id"),
        ({"reblog": {"content": "…"}}, "a repost that names neither its author nor the post"),
    ],
)
def test_a_status_without_what_makes_one_is_set_aside(given, odd, reason):
    data = load(given("a.json", [by_gov(), status(**odd)]))
    assert list(data.report.rejected["reason"]) == [reason]


@pytest.mark.parametrize(
    "content", [[], [{"account": {"acct": "a@b.test"}}], {"statuses": []}, [{"account": "x"}]]
)
def test_what_only_looks_alike_is_not_taken(given, content):
    with pytest.raises(FormatError):
        load(given("a.json", content), format="mastodon")


def test_statuses_cut_short_are_an_error_in_words(given):
    with pytest.raises(DataError, match="broken JSON"):
        load(given("a.json", json.dumps([status(), by_gov()])[:-40]))
