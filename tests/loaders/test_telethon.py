"""Telethon's messages: forwards with their origin, UTF-16 offsets, replies, and what is private."""

import json

import pytest

from kznet.errors import FormatError
from kznet.loaders import _documents, load

CHANNEL = "telegram:channel1500000001"
GROUP = "telegram:channel1500000005"


def peer(kind, number):
    return {"_": f"Peer{kind}", f"{kind.lower()}_id": number}


def message(number, text="…", *, by=None, group=False, **more):
    """A post of the channel, or a message that a user writes in the group."""
    return {
        "_": "Message",
        "id": number,
        "peer_id": peer("Channel", 1500000005 if group else 1500000001),
        "date": "2022-01-05T04:00:00+00:00",
        "message": text,
        "post": not group,
        "from_id": peer("User", by) if by else None,
        **more,
    }


def entity(kind, offset=0, length=0, **more):
    return {"_": f"MessageEntity{kind}", "offset": offset, "length": length, **more}


def header(**more):
    return {"_": "MessageFwdHeader", "from_id": None, "date": "2022-01-05T03:00:00+00:00", **more}


def lines(*objects):
    return "\n".join(json.dumps(each) for each in objects)


@pytest.fixture
def read(given):
    return lambda *objects: load(given("messages.jsonl", lines(*objects)))


def test_the_sample_gives_its_ties(samples, triples):
    data = load(samples / "telethon" / "messages.jsonl")
    assert triples(data) == [
        (CHANNEL, "telegram:channel1500000002", "repost"),
        (CHANNEL, "telegram:user:скрытый пользователь", "repost"),
        (CHANNEL, "telegram:@primer_akimat", "mention"),
        (CHANNEL, "telegram:@primer_blog", "mention"),
        (CHANNEL, CHANNEL, "reply"),
    ]
    first = data.ties.iloc[0]
    assert first["post"] == "telegram:channel1500000002/10"
    assert first["content"] == f"{CHANNEL}/3"
    report = data.report.files[0]
    assert (report.rows, report.rejected) == (4, {"service message": 1})
    assert data.report.rejected["line"].tolist() == ["4"]


def test_times_without_a_zone_are_in_utc(read):
    data = read(
        message(1, fwd_from=header(from_name="А"), date="2024-01-25 16:15:58.000000"),
        message(2, fwd_from=header(from_name="А"), date="2024-01-25T21:15:58+05:00"),
    )
    assert data.ties["time"].astype("str").tolist() == ["2024-01-25 16:15:58+00:00"] * 2
    assert data.report.files[0].warnings == ()


@pytest.mark.parametrize(
    ("origin", "target", "post"),
    [
        ({"from_id": peer("Channel", 7), "channel_post": 9}, "telegram:channel7", "channel7/9"),
        ({"from_id": peer("User", 7)}, "telegram:user7", None),
        ({"from_id": peer("Chat", 7)}, "telegram:chat7", None),
        ({"from_id": 7}, "telegram:user7", None),
        ({"from_id": 8, "channel_id": 7, "channel_post": 9}, "telegram:channel7", "channel7/9"),
        ({"from_id": -1001500000007}, "telegram:channel1500000007", None),
        ({"from_name": " Берік  "}, "telegram:user:берік", None),
    ],
)
def test_a_forward_goes_to_its_origin(read, origin, target, post):
    tie = read(message(1, fwd_from=header(**origin))).ties.iloc[0]
    assert tie["target"] == target
    assert tie["post"] == f"telegram:{post}" if post else tie.isna()["post"]


def test_a_forward_of_an_unknown_origin_is_set_aside(read):
    data = read(message(1, fwd_from=header()), message(2))
    reason = "a repost that names neither its author nor the post"
    assert data.report.files[0].rejected == {reason: 1}


def test_users_who_hide_are_never_taken_for_a_channel_of_their_name(read, triples):
    channel = {"_": "Channel", "id": 1500000009, "title": "Берік"}
    data = read(channel, message(1, fwd_from=header(from_name="Берік")))
    assert triples(data) == [(CHANNEL, "telegram:user:берік", "repost")]


def test_messages_imported_from_another_messenger_are_no_forwards(read):
    data = read(message(1), message(2, fwd_from=header(from_name="А", imported=True)))
    assert data.report.files[0].rejected == {"imported from another messenger": 1}


def test_offsets_count_the_two_halves_of_an_emoji(read, triples):
    text = "🇰🇿😀 @Primer_Gov пост сайт"
    #       a flag is four units, a face two, then a space: the name begins at 7
    entities = [
        entity("Mention", 7, 11),
        entity("TextUrl", 19, 4, url="https://t.me/primer_blog/77"),
        entity("TextUrl", 24, 4, url="https://example.org/"),
        entity("MentionName", 0, 4, user_id=8),
        entity("Bold", 7, 11),
    ]
    data = read(message(1, text, entities=entities))
    assert triples(data) == [
        (CHANNEL, "telegram:@primer_blog", "mention"),
        (CHANNEL, "telegram:@primer_gov", "mention"),
        (CHANNEL, "telegram:user8", "mention"),
    ]
    assert data.posts["links"].iloc[0] == "https://t.me/primer_blog/77 https://example.org/"


def test_an_address_in_the_text_is_sliced_too(read, triples):
    data = read(message(1, "😀 t.me/primer_news/5", entities=[entity("Url", 3, 18)]))
    assert triples(data) == [(CHANNEL, "telegram:@primer_news", "mention")]


def test_without_entities_names_and_links_are_found_in_the_text(read, triples):
    text = "@primer_gov, (https://t.me/s/primer_blog?x) t.me/c/1500000002/8 mail@primer.kz t.me/+ab"
    data = read(message(1, text, entities=None))
    assert sorted(target for _, target, _ in triples(data)) == [
        "telegram:@primer_blog",
        "telegram:@primer_gov",
        "telegram:channel1500000002",
    ]


def test_mentions_inside_a_forward_are_its_authors(read, triples):
    data = read(message(1, "@primer_gov", fwd_from=header(from_id=peer("Channel", 7))))
    assert [kind for _, _, kind in triples(data)] == ["repost"]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )


def test_in_a_group_a_message_is_its_users_and_a_reply_finds_the_author(read, triples):
    reply = {"_": "MessageReplyHeader", "reply_to_msg_id": 1}
    data = read(
        message(3, by=9, group=True, reply_to={**reply, "reply_to_msg_id": 99}),
        message(2, by=8, group=True, reply_to=reply),
        message(1, by=7, group=True),
    )
    assert triples(data) == [
        ("telegram:user8", "telegram:user7", "reply"),
        ("telegram:user9", None, "reply"),
    ]
    assert data.ties["post"].tolist() == [f"{GROUP}/1", f"{GROUP}/99"]


def test_a_reply_to_another_chat_goes_to_that_chat(read, triples):
    other = {"reply_to_msg_id": 4, "reply_to_peer_id": peer("Channel", 1500000002)}
    data = read(message(1, reply_to=other))
    assert triples(data) == [(CHANNEL, "telegram:channel1500000002", "reply")]
    assert data.ties["post"].tolist() == ["telegram:channel1500000002/4"]


def test_a_reply_to_a_story_names_no_post(read, triples):
    story = {"_": "MessageReplyStoryHeader", "peer": peer("Channel", 7), "story_id": 3}
    data = read(message(1, reply_to=story))
    assert triples(data) == [(CHANNEL, "telegram:channel7", "reply")]
    assert data.ties["post"].isna().all()


def test_a_topic_of_a_forum_is_not_answered(read, triples):
    topic = {"forum_topic": True, "reply_to_msg_id": 1, "reply_to_top_id": None}
    answer = {"forum_topic": True, "reply_to_msg_id": 2, "reply_to_top_id": 1}
    data = read(
        message(2, by=7, group=True, reply_to=topic), message(3, by=8, group=True, reply_to=answer)
    )
    assert triples(data) == [("telegram:user8", "telegram:user7", "reply")]
    assert data.report.files[0].warnings == (
        "messages in topics of a forum are no replies to the topic: 1",
    )


def test_a_signed_post_is_the_channels_own(read):
    data = read(message(1, by=7))
    assert data.posts["account"].tolist() == [CHANNEL]


def test_private_chats_are_not_read_but_counted(read):
    private = {**message(1), "peer_id": peer("User", 5)}
    data = read(private, message(2))
    assert data.posts["post"].tolist() == [f"{CHANNEL}/2"]
    assert data.report.files[0].warnings == ("messages of private chats are not read: 1",)


def test_chats_and_users_give_what_is_known_of_accounts(read):
    data = read(
        {"_": "Channel", "id": 1500000001, "title": "Пример", "username": "Primer_News",
         "participants_count": 13322, "verified": True, "date": "2021-01-20T02:51:51+00:00"},
        {"_": "Chat", "id": 55, "title": "Аула", "participants_count": None},
        {"_": "User", "id": 7, "first_name": "Айгерим", "last_name": None,
         "usernames": [{"_": "Username", "username": "aigerim_primer"}]},
        {"_": "ChannelForbidden", "title": "…"},
    )  # fmt: skip
    known = data.accounts.set_index("account")
    assert known["name"].to_dict() == {
        CHANNEL: "Пример",
        "telegram:chat55": "Аула",
        "telegram:user7": "Айгерим",
    }
    assert known["handle"].dropna().tolist() == ["Primer_News", "aigerim_primer"]
    assert known.loc[CHANNEL, "followers"] == 13322
    assert known["created"].isna().all()  # the date of a channel is that of joining it
    assert data.report.files[0].rejected == {"an account without an id": 1}


ANSWER = {
    "_": "ChannelMessages",
    "messages": [message(1, "@primer_news"), {"_": "MessageEmpty", "id": 2}],
    "chats": [{"_": "Channel", "id": 1500000002, "username": "primer_news", "title": "Пример"}],
    "users": [],
}


@pytest.mark.parametrize("shape", [[*ANSWER["messages"], *ANSWER["chats"]], ANSWER])
@pytest.mark.parametrize("size", [1 << 26, 300])
def test_lists_and_whole_answers_are_read_at_any_size(given, triples, monkeypatch, shape, size):
    monkeypatch.setattr(_documents, "LARGE", size)
    data = load(given("answer.json", json.dumps(shape, indent=1)))
    assert triples(data) == [(CHANNEL, "telegram:channel1500000002", "mention")]
    assert data.report.files[0].rejected == {"not a message": 1}
    assert data.report.rejected["line"].tolist() == ["object 2"]


def test_the_chat_that_telegram_describes_in_full_gives_its_followers(read):
    full = {"_": "ChannelFull", "id": 1500000001, "about": "Жаңалық", "participants_count": 9}
    data = read(message(1), {"_": "ChatFull", "full_chat": full, "chats": [], "users": []})
    assert data.accounts[["followers", "bio"]].to_numpy().tolist() == [[9, "Жаңалық"]]


def test_messages_of_another_library_are_not_telethons(given):
    other = {"_": "Message", "id": 1, "chat": {"_": "Chat", "id": -1001500000001}}
    with pytest.raises(FormatError, match=r"no \"_\": \"Message\" with peer_id"):
        load(given("messages.jsonl", lines(other)), format="telethon")


@pytest.mark.parametrize(
    "odd",
    [
        {"id": None},
        {"id": [1]},
        {"peer_id": None, "from_id": None},
        {"peer_id": {"channel_id": "x"}},
        {"date": "soon"},
    ],
)
def test_odd_messages_are_set_aside(read, odd):
    data = read(message(1), {**message(2), **odd})
    assert data.report.files[0].rows == 2
    assert len(data.report.rejected) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"message": 5},
        {"message": "\ud83d half a letter", "entities": [entity("Mention", 0, 1)]},
        {"entities": {"_": "MessageEntityMention"}},
        {"entities": [None, 3, entity(["x"]), entity("Mention", -4, 10**30)]},
        {"fwd_from": ["a"]},
        {"fwd_from": {"from_id": {"channel_id": 10**30}, "from_name": {"a": 1}}},
        {"reply_to": 3},
        {"reply_to": {"reply_to_msg_id": {"a": 1}, "reply_to_peer_id": "x"}},
        {"from_id": [7]},
        {"date": 1641355200},
        {"_": ["Message"]},
        {"_": None},
    ],
)  # fmt: skip
def test_fields_of_the_wrong_kind_break_nothing(read, odd):
    data = read(message(1), {**message(2), **odd})
    assert data.report.files[0].rows == 2


def test_broken_lines_and_other_values_are_set_aside(given):
    path = given("messages.jsonl", lines(message(1)) + '\n{"_": "Mess\nnull\n[7]\n')
    data = load(path)
    assert len(data.posts) == 1
    assert data.report.rejected["line"].tolist() == ["2", "3", "4"]
