"""Telegram Desktop exports: forwards by name, mentions, links, replies, and what is private."""

import pytest

from kznet.errors import DataError
from kznet.loaders import Options, _documents, load

CHANNEL = "telegram:channel1500000001"


def entity(kind, text, **more):
    return {"type": kind, "text": text, **more}


def test_the_channel_sample_gives_its_ties(samples, triples):
    data = load(samples / "telegram_desktop" / "result_channel.json")
    assert triples(data) == [
        (CHANNEL, "telegram:channel1500000003", "repost"),
        (CHANNEL, "telegram:name:пример акимат", "repost"),
        (CHANNEL, "telegram:@primer_akimat", "mention"),
        (CHANNEL, "telegram:@primer_blog", "mention"),
        (CHANNEL, "telegram:channel1500000009", "reply"),
    ]
    report = data.report.files[0]
    assert report.rows == 6
    assert report.rejected == {
        "forwarded from a deleted or hidden account": 1,
        "service message": 1,
        "unsupported message": 1,
    }
    assert data.posts["text"].iloc[0] == "Смотрите @primer_akimat и пост"
    assert data.posts["links"].iloc[0] == "https://t.me/primer_blog/77"


def test_names_are_looked_up_in_all_files_together(samples, triples):
    data = load(samples / "telegram_desktop")
    reposts = [tie for tie in triples(data) if tie[2] == "repost"]
    assert reposts == [
        (CHANNEL, "telegram:channel1500000002", "repost"),
        (CHANNEL, "telegram:channel1500000003", "repost"),
        ("telegram:user5032705", CHANNEL, "repost"),
    ]
    rate = "ties to an account known by name alone, matched to a channel in the data: 2 of 2 (100%)"
    assert rate in data.report.warnings


def test_a_name_of_two_channels_is_nobodys(given, chat, triples):
    one = chat(name="Жаңалық", type="public_channel", id=1500000002)
    two = chat(name="жаңалық ", type="public_channel", id=1500000003)
    group = chat({"forwarded_from": "Жаңалық"})
    data = load(given("result.json", {"chats": {"list": [one, two, group]}}))
    assert triples(data) == [("telegram:user7", "telegram:name:жаңалық", "repost")]
    assert "0 of 1 (0%)" in " ".join(data.report.warnings)


def test_the_name_of_a_user_is_never_taken_for_a_channel(given, chat, triples):
    group = chat({}, {"from": "Берік", "from_id": "user8", "forwarded_from": "Айгерим"})
    assert triples(load(given("result.json", group))) == [
        ("telegram:user8", "telegram:name:айгерим", "repost")
    ]


def test_a_channel_may_forward_itself(given, chat, triples):
    channel = chat({"forwarded_from": "Пример"}, type="private_channel")
    assert triples(load(given("result.json", channel))) == [(CHANNEL, CHANNEL, "repost")]


def test_private_chats_are_not_read_but_counted(samples):
    data = load(samples / "telegram_desktop" / "result_full_account.json")
    assert list(data.accounts["account"]) == ["telegram:channel1500000002"]
    assert data.report.files[0].warnings == ("private chats are not read (personal_chat): 1",)


def test_a_file_with_nothing_but_private_chats_is_an_error(given, chat):
    path = given("result.json", chat({}, type="personal_chat"))
    said = (
        r"no messages of a channel or group in it; private chats are not read \(personal_chat\): 1"
    )
    with pytest.raises(DataError, match=said):
        load(path)


def test_an_export_without_any_message_is_an_error(given, chat):
    with pytest.raises(DataError, match="no messages of a channel or group in it; no messages at"):
        load(given("result.json", chat()))


def test_chats_of_an_unknown_type_or_without_an_id_are_counted(given, chat):
    document = {"chats": {"list": [chat({}), chat({}, {}, type="stories"), chat({}, id=None)]}}
    data = load(given("result.json", document))
    assert len(data.posts) == 1
    assert data.report.files[0].warnings == (
        "chats of another type are not read (stories): 1",
        "chats without an id are not read: 1",
    )


def test_left_chats_and_private_groups_are_read(given, chat, triples):
    left = chat({"forwarded_from_id": "channel1500000002"}, type="private_group", id=55)
    document = {"chats": {"list": []}, "left_chats": {"list": [left]}}
    data = load(given("result.json", document))
    assert triples(data) == [("telegram:user7", "telegram:channel1500000002", "repost")]
    assert data.ties["content"].iloc[0] == "telegram:chat55/1"


def test_old_exports_have_local_times_and_shifted_ids(samples):
    data = load(samples / "telegram_desktop" / "result_legacy.json")
    tie = data.ties.iloc[0]
    assert tie["source"] == "telegram:user5032705"
    assert str(tie["time"]) == "2019-06-01 03:30:00+00:00"  # 09:30 in Almaty, then UTC+6
    assert data.report.files[0].warnings == ("time zone assumed to be Asia/Almaty: 1",)
    moscow = load(
        samples / "telegram_desktop" / "result_legacy.json", options=Options(tz="Europe/Moscow")
    )
    assert str(moscow.ties["time"].iloc[0]) == "2019-06-01 06:30:00+00:00"


def test_old_numeric_senders_may_be_the_group_itself(given, chat, triples):
    posted = {"from_id": (2 << 32) + 9999, "forwarded_from_id": "channel1500000002"}
    data = load(given("result.json", chat(posted, id=9999)))
    assert triples(data) == [("telegram:channel9999", "telegram:channel1500000002", "repost")]


def test_mentions_links_and_named_users_are_mentions(given, chat, triples):
    entities = [
        entity("mention", "@Primer_Gov"),
        entity("mention", "@primer_gov"),
        entity("plain", " "),
        entity("link", "t.me/primer_news/5"),
        entity("text_link", "тут", href="https://t.me/s/primer_blog?before=3"),
        entity("link", "https://t.me/c/1500000002/8"),
        entity("link", "https://primer_city.t.me"),
        entity("mention_name", "Берік", user_id=8),
        entity("link", "https://t.me/joinchat/AAAA"),
        entity("link", "https://t.me/+abcdef"),
        entity("link", "https://example.org/primer_news"),
    ]
    data = load(given("result.json", chat({"text_entities": entities})))
    assert [target for _, target, _ in triples(data)] == [
        "telegram:@primer_blog",
        "telegram:@primer_city",
        "telegram:@primer_gov",
        "telegram:@primer_news",
        "telegram:channel1500000002",
        "telegram:user8",
    ]


def test_old_texts_are_lists_without_entities(given, chat, triples):
    data = load(given("result.json", chat({"text": ["Қараңыз ", entity("mention", "@primer")]})))
    assert triples(data) == [("telegram:user7", "telegram:@primer", "mention")]
    assert data.posts["text"].iloc[0] == "Қараңыз @primer"


def test_mentions_inside_a_forward_are_counted_but_not_the_forwarders(given, chat, triples):
    message = {"forwarded_from": "А", "text_entities": [entity("mention", "@primer")]}
    data = load(given("result.json", chat(message)))
    assert [kind for _, _, kind in triples(data)] == ["repost"]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )
    assert data.posts.empty


def test_a_reply_goes_to_the_author_of_the_message(given, chat, triples):
    reply = {"from_id": "user8", "reply_to_message_id": 1}
    lost = {"from_id": "user8", "reply_to_message_id": 99}
    data = load(given("result.json", chat({}, reply, lost)))
    assert triples(data) == [
        ("telegram:user8", None, "reply"),
        ("telegram:user8", "telegram:user7", "reply"),
    ]
    assert list(data.ties["post"]) == [f"{CHANNEL}/99", f"{CHANNEL}/1"]


def test_topics_of_a_forum_are_no_replies(given, chat, triples):
    topic = {"type": "service", "action": "topic_created"}
    data = load(given("result.json", chat(topic, {"reply_to_message_id": 1})))
    assert triples(data) == []
    assert "replies to service messages (topics of a forum) are no ties: 1" in (
        data.report.files[0].warnings
    )


def test_a_forward_saved_from_a_channel_is_a_forward(given, chat, triples):
    assert triples(load(given("result.json", chat({"saved_from": "Пример Блог"})))) == [
        ("telegram:user7", "telegram:name:пример блог", "repost")
    ]


def test_a_message_in_reply_does_not_also_mention_whom_it_answers(given, chat, triples):
    named = [{"type": "mention_name", "text": "Айгерим", "user_id": 7}]
    reply = {"from_id": "user8", "reply_to_message_id": 1, "text_entities": named}
    assert triples(load(given("result.json", chat({}, reply)))) == [
        ("telegram:user8", "telegram:user7", "reply")
    ]


def test_a_reply_to_a_forward_goes_to_the_one_who_forwarded(given, chat, triples):
    reply = {"from_id": "user8", "reply_to_message_id": 1}
    data = load(given("result.json", chat({"forwarded_from_id": "channel1500000002"}, reply)))
    assert triples(data) == [
        ("telegram:user7", "telegram:channel1500000002", "repost"),
        ("telegram:user8", "telegram:user7", "reply"),
    ]


def test_messages_of_one_number_in_two_groups_are_told_apart(given, chat, triples):
    one = chat({}, {"from_id": "user8", "reply_to_message_id": 1})
    two = chat({"from_id": "user9"}, {"from_id": "user8", "reply_to_message_id": 1}, id=1500000002)
    data = load(given("result.json", {"chats": {"list": [one, two]}}))
    assert triples(data) == [
        ("telegram:user8", "telegram:user7", "reply"),
        ("telegram:user8", "telegram:user9", "reply"),
    ]


def test_a_reply_in_a_channel_is_to_itself(given, chat, triples):
    data = load(given("result.json", chat({}, {"reply_to_message_id": 1}, type="public_channel")))
    assert triples(data) == [(CHANNEL, CHANNEL, "reply")]


def test_a_reply_to_a_service_message_of_a_channel_is_no_tie(given, chat, triples):
    pin = {"type": "service", "action": "pin_message"}
    data = load(given("result.json", chat(pin, {"reply_to_message_id": 1}, type="public_channel")))
    assert triples(data) == []


@pytest.mark.parametrize("name", ["result_channel", "result_full_account", "result_legacy"])
def test_exports_of_any_size_say_the_same(samples, monkeypatch, name):
    path = samples / "telegram_desktop" / f"{name}.json"
    whole = load(path)
    monkeypatch.setattr(_documents, "LARGE", 100)
    streamed = load(path)
    assert streamed.ties.equals(whole.ties)
    assert streamed.posts.equals(whole.posts)
    assert streamed.accounts.equals(whole.accounts)
    assert streamed.report.rejected.equals(whole.report.rejected)
    assert streamed.report.files[0].warnings == whole.report.files[0].warnings


def test_a_cut_export_says_where_it_breaks(given, samples):
    whole = (samples / "telegram_desktop" / "result_channel.json").read_bytes()
    with pytest.raises(DataError, match=r"result.json: .*broken JSON"):
        load(given("result.json", whole[:900]))


def test_handles_meet_their_channel_once_it_is_known(given, chat, triples):
    export = given("result.json", chat({"text_entities": [entity("mention", "@Primer_News")]}))
    known = given("accounts.csv", "account,handle\ntelegram:channel1500000009,primer_news\n")
    assert triples(load([export, known])) == [
        ("telegram:user7", "telegram:channel1500000009", "mention")
    ]


@pytest.mark.parametrize(
    "message",
    [
        {"from_id": None},
        {"from_id": {"a": 1}},
        {"id": None},
        {"type": ["message"]},
        {"type": None},
    ],
)
def test_odd_messages_are_set_aside(given, chat, message):
    data = load(given("result.json", chat(message, {"text": "…"})))
    assert len(data.report.rejected) == 1
    assert len(data.posts) == 1


@pytest.mark.parametrize(
    "message",
    [
        {"text": 5},
        {"text_entities": [None, 3, {"type": ["mention"], "text": {}}]},
        {"text_entities": {"type": "mention"}},
        {"forwarded_from": ["a"], "forwarded_from_id": "channelX"},
        {"reply_to_message_id": [1]},
        {"date_unixtime": "soon", "date": None, "forwarded_from": "А"},
        {"text_entities": [{"type": "link", "text": "http://[bad"}]},
        {"text": "\ud83d half a letter"},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, chat, message):
    data = load(given("result.json", chat({"text": "…"}, message)))
    assert data.report.files[0].rows == 2


def test_a_message_that_is_no_object_is_set_aside(given, chat):
    document = chat({"text": "…"})
    document["messages"] += [None, "text", 7]
    data = load(given("result.json", document))
    assert data.report.files[0].rejected == {"not a message": 3}
    assert list(data.report.rejected["line"]) == ["message 2", "message 3", "message 4"]
