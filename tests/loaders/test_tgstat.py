"""TGStat's answers: its numbers kept apart from Telegram's, and the channel asked about."""

import json

import pytest

from kznet.errors import FormatError
from kznet.loaders import Options, load

CHANNEL = "telegram:channel1500000001"
KNOWN = {"id": 609916, "tg_id": 1500000001, "username": "@primer_news", "title": "Пример",
         "participants_count": 13322}  # fmt: skip
POST = {"id": 9752256304, "date": 1641355260, "link": "t.me/primer_news/3", "channel_id": 609916,
        "forwarded_from": None, "is_deleted": 0, "text": "", "media": {}}  # fmt: skip
SHARE = {"postId": 9752256304, "postLink": "t.me/primer_news/3", "postDate": 1641355260,
         "channelId": 609916}  # fmt: skip


def answer(*items, **more):
    return {"status": "ok", "response": {"items": list(items), **more}}


def asked_about(account):
    return Options(source_account=account)


@pytest.fixture
def read(given):
    def loaded(*pages, account=None):
        text = "\n".join(map(json.dumps, pages))
        return load(given("answers.jsonl", text), options=asked_about(account))

    return loaded


def test_posts_of_the_sample_give_their_forward(samples, triples):
    data = load(samples / "tgstat" / "channels_posts.json")
    assert triples(data) == [(CHANNEL, "telegram:tgstat609917", "repost")]
    tie = data.ties.iloc[0]
    assert tie["content"] == f"{CHANNEL}/3"
    assert str(tie["time"]) == "2022-01-05 04:01:00+00:00"
    assert data.accounts["handle"].dropna().tolist() == ["primer_news"]


def test_forwards_of_the_sample_keep_the_post_where_the_channel_is_not_said(samples, triples):
    path = samples / "tgstat" / "channels_forwards.json"
    data = load(path)
    assert triples(data) == [(CHANNEL, None, "repost")]
    assert data.ties["post"].tolist() == ["telegram:tgstat/9752256111"]
    assert data.ties["content"].tolist() == [f"{CHANNEL}/3"]
    assert data.accounts["followers"].tolist() == [13322]
    assert data.report.files[0].warnings == (
        "forwards without the channel they come from: see --source-account: 1",
    )
    assert triples(load(path, options=asked_about("@Primer_Akimat"))) == [
        (CHANNEL, "telegram:@primer_akimat", "repost")
    ]


def test_mentions_of_the_sample_need_the_channel_that_was_asked_about(samples, triples):
    path = samples / "tgstat" / "channels_mentions.json"
    data = load(path, options=asked_about("t.me/primer_news"))
    assert triples(data) == [("telegram:channel1500000003", "telegram:@primer_news", "mention")]
    assert data.ties["content"].tolist() == ["telegram:channel1500000003/77"]
    alone = load(path)
    assert alone.ties.empty
    assert alone.report.files[0].rejected == {
        "whom it mentions is not said: see --source-account": 1
    }


@pytest.mark.parametrize(
    ("given_as", "account"),
    [
        ("@primer_blog", "telegram:@primer_blog"),
        ("primer_blog", "telegram:@primer_blog"),
        ("https://t.me/primer_blog", "telegram:@primer_blog"),
        ("telegram:channel1500000003", "telegram:channel1500000003"),
        ("-1001500000003", "telegram:channel1500000003"),
        ("1500000003", "telegram:channel1500000003"),
        ("609916", CHANNEL),
        ("no such thing", None),
    ],
)
def test_the_channel_may_be_named_in_any_way(read, triples, given_as, account):
    forward = {**SHARE, "sourcePostId": 5}
    data = read(answer(forward, channels=[KNOWN]), account=given_as)
    assert triples(data) == [(CHANNEL, account, "repost")]


@pytest.mark.parametrize(
    ("known", "link", "account"),
    [
        ([KNOWN], "t.me/primer_news/3", CHANNEL),
        ([{**KNOWN, "tg_id": None}], "https://t.me/c/1500000001/3", CHANNEL),
        ([{**KNOWN, "tg_id": -1001500000001}], "", CHANNEL),
        ([{**KNOWN, "tg_id": None}], "", "telegram:@primer_news"),
        ([], "t.me/Primer_News/3", "telegram:@primer_news"),
        ([], "t.me/joinchat/AAAA", "telegram:tgstat609916"),
        ([], None, "telegram:tgstat609916"),
    ],
)
def test_a_channel_is_known_by_id_then_handle_then_tgstats_number(read, known, link, account):
    data = read(answer({**POST, "link": link}, channels=known))
    assert data.posts["account"].tolist() == [account]


def test_what_one_answer_says_of_a_channel_holds_for_all_answers_of_the_file(read, triples):
    source = {**KNOWN, "id": 609917, "tg_id": 1500000002, "username": "@primer_akimat"}
    data = read(answer({**POST, "forwarded_from": 609917}), answer(channels=[source, KNOWN]))
    assert triples(data) == [(CHANNEL, "telegram:channel1500000002", "repost")]


def test_posts_are_numbered_by_their_links_not_by_tgstat(read):
    data = read(answer(POST, {**POST, "link": "t.me/primer_news/4"}, {**POST, "link": None}))
    assert data.posts["post"].tolist() == [
        "telegram:@primer_news/3",
        "telegram:@primer_news/4",
        "telegram:tgstat/9752256304",
    ]


def test_the_text_of_a_post_loses_its_markup_and_keeps_its_links(read, triples):
    text = '<b>Ресми</b> @primer_gov &amp; <a href="https://t.me/primer_blog/7">пост</a>'
    data = read(answer({**POST, "text": text}, channels=[KNOWN]))
    post = data.posts.iloc[0]
    assert post["text"] == "Ресми @primer_gov & пост"
    assert post["links"] == "https://t.me/primer_blog/7"
    assert triples(data) == [
        (CHANNEL, "telegram:@primer_blog", "mention"),
        (CHANNEL, "telegram:@primer_gov", "mention"),
    ]


def test_in_a_chat_a_post_is_its_users(read):
    data = read(answer({**POST, "user_id": 5}))
    assert data.posts["account"].tolist() == ["telegram:tgstatuser5"]


def test_channels_that_were_searched_for_are_accounts(read):
    data = read(answer({**KNOWN, "about": "Жаңалықтар"}))
    assert data.accounts[["account", "name", "bio"]].to_numpy().tolist() == [
        [CHANNEL, "Пример", "Жаңалықтар"]
    ]
    assert data.report.files[0].rejected == {}


def test_lists_of_answers_and_empty_answers_are_read(given, triples):
    pages = [answer(), answer({**POST, "forwarded_from": 5}, channel=KNOWN)]
    assert triples(load(given("answers.json", pages))) == [(CHANNEL, "telegram:tgstat5", "repost")]


def test_what_is_no_answer_or_no_item_is_set_aside(given):
    broken = json.dumps(answer(POST, {"views": 5}, None)) + '\n{"status": "error"}\n{"resp\n'
    data = load(given("answers.jsonl", broken))
    assert data.report.files[0].rows == 5
    assert data.report.rejected["line"].tolist() == ["item 2", "item 3", "item 4", "item 5"]
    assert data.report.rejected["reason"].tolist()[:3] == [
        "not a post, forward, mention or channel",
        "not a post, forward, mention or channel",
        "no items in a response",
    ]


@pytest.mark.parametrize(
    "odd",
    [
        {"channel_id": None},
        {"channel_id": [1]},
        {"link": {"a": 1}, "id": None},
        {"date": "soon"},
    ],
)
def test_odd_posts_are_set_aside(read, odd):
    data = read(answer(POST, {**POST, **odd}))
    assert len(data.posts) == 1
    assert len(data.report.rejected) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"link": "http://[bad"},
        {"text": 5},
        {"forwarded_from": {"id": 3}},
        {"forwarded_from": 10**50},
        {"user_id": [1]},
        {"date": None},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(read, odd):
    data = read(answer(POST, {**POST, **odd}, channels=[None, 3, {"id": None}], channel=[7]))
    assert data.report.files[0].rows == 2


def test_an_answer_of_another_service_is_not_tgstats(given):
    path = given("wall.json", {"response": {"items": [{"id": 1, "owner_id": -5}]}})
    with pytest.raises(FormatError, match="no status, or no items in a response"):
        load(path, format="tgstat")
    path = given("other.json", {"status": "ok", "response": {"items": [{"id": 1}]}})
    with pytest.raises(FormatError, match="items of the response are no posts"):
        load(path, format="tgstat")
