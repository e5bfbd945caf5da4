"""telegram-tracker's tables: forwards by id or link, floats for ids, times in UTC, titles."""

import pytest

from kznet.errors import DataError
from kznet.loaders import load

CHANNEL = "telegram:channel1500000001"
HEADER = [
    "channel_id", "channel_name", "msg_id", "message", "date", "msg_from_peer", "msg_from_id",
    "is_forward", "forward_msg_from_peer_type", "forward_msg_from_peer_id",
    "forward_msg_from_peer_name", "forward_msg_link", "reply_to_msg_id", "url",
]  # fmt: skip
POST = {"channel_id": "1500000001", "msg_id": "1", "date": "2022-01-05 04:01:00", "is_forward": "0"}


@pytest.fixture
def read(given):
    def loaded(*rows):
        filled = [{"msg_id": str(i), **row} for i, row in enumerate(rows, start=1)]
        cells = [[{**POST, **row}.get(name, "") for name in HEADER] for row in filled]
        quoted = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in cells]
        return load(given("msgs_dataset.csv", "\n".join([",".join(HEADER), *quoted, ""])))

    return loaded


def forward(number="", kind="PeerChannel", **more):
    return {
        "is_forward": "1",
        "forward_msg_from_peer_type": kind,
        "forward_msg_from_peer_id": number,
        **more,
    }


def test_the_sample_gives_its_forward(samples, triples):
    data = load(samples / "telegram_tracker" / "msgs_dataset.csv")
    assert triples(data) == [(CHANNEL, "telegram:channel1500000002", "repost")]
    tie = data.ties.iloc[0]
    assert tie["post"] == "telegram:channel1500000002/10"
    assert tie["content"] == f"{CHANNEL}/3"
    assert str(tie["time"]) == "2022-01-05 04:01:00+00:00"
    assert data.accounts["handle"].tolist() == ["primer_news", "primer_akimat"]
    assert data.report.files[0].warnings == ()


def test_the_post_is_the_one_that_other_tools_see(samples):
    tracker = load(samples / "telegram_tracker" / "msgs_dataset.csv").ties.iloc[0]
    telethon = load(samples / "telethon" / "messages.jsonl").ties.iloc[0]
    for column in ("source", "target", "kind", "time", "post", "content"):
        assert tracker[column] == telethon[column]


@pytest.mark.parametrize(
    ("row", "target"),
    [
        (forward("7.0"), "telegram:channel7"),
        (forward("7", "PeerUser"), "telegram:user7"),
        (forward("7", "PeerChat"), "telegram:chat7"),
        (forward("1500000007", ""), "telegram:1500000007"),
        (forward(forward_msg_from_peer_name="Primer_Blog"), "telegram:@primer_blog"),
    ],
)
def test_a_forward_goes_to_its_origin(read, triples, row, target):
    assert triples(read(row)) == [(CHANNEL, target, "repost")]


def test_a_forward_without_an_origin_is_set_aside(read):
    data = read(forward(kind=""), {})
    reason = "a repost that names neither its author nor the post"
    assert data.report.files[0].rejected == {reason: 1}


def test_ids_that_lost_digits_are_counted(read):
    data = read(forward("1.5e+18"), forward("1500000002.0"))
    assert data.ties["target"].tolist() == ["telegram:channel1500000002"]
    assert data.report.files[0].warnings == ("id precision lost: 1",)


def test_times_with_a_zone_keep_it(read):
    data = read(forward("7", date="2022-01-05 09:01:00+05:00"))
    assert str(data.ties["time"].iloc[0]) == "2022-01-05 04:01:00+00:00"


def test_names_and_links_in_the_text_are_mentions(read, triples):
    data = read({"message": '@Primer_Gov, "цитата"\nt.me/primer_blog/7 mail@primer.kz', "url": "x"})
    assert triples(data) == [
        (CHANNEL, "telegram:@primer_blog", "mention"),
        (CHANNEL, "telegram:@primer_gov", "mention"),
    ]
    assert data.posts["links"].tolist() == ["x"]


def test_mentions_inside_a_forward_are_its_authors(read, triples):
    data = read(forward("7", message="@primer_gov"))
    assert [kind for _, _, kind in triples(data)] == ["repost"]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )


def test_a_reply_in_a_channel_is_to_itself_and_in_a_group_to_the_author(read, triples):
    user = {"msg_from_peer": "PeerUser", "channel_id": "1500000005"}
    data = read(
        {},
        {"reply_to_msg_id": "1.0"},
        {**user, "msg_from_id": "7"},
        {**user, "msg_from_id": "8", "reply_to_msg_id": "3"},
        {**user, "msg_from_id": "8", "reply_to_msg_id": "99"},
    )
    assert triples(data) == [
        (CHANNEL, CHANNEL, "reply"),
        ("telegram:user8", None, "reply"),
        ("telegram:user8", "telegram:user7", "reply"),
    ]


def test_rows_without_a_channel_or_number_are_set_aside(read):
    data = read({}, {"channel_id": "primer"}, {"msg_id": "-"}, {"date": "soon"})
    assert len(data.posts) == 1
    assert data.report.files[0].rejected == {
        "no author": 1,
        "no post id": 1,
        "time not understood": 1,
    }
    assert data.report.rejected["line"].tolist() == ["3", "4", "5"]


def test_the_table_of_chats_gives_titles_and_members(samples):
    data = load(samples / "telegram_tracker")
    known = data.accounts.set_index("account")
    assert known["name"].to_dict() == {CHANNEL: "Пример Новости",
                                       "telegram:channel1500000002": "Пример Акимат"}  # fmt: skip
    assert known["followers"].tolist() == [13322, 40117]
    assert known["verified"].tolist() == [False, True]
    assert len(data.ties) == 1


def test_chats_that_are_no_channels_keep_their_type(given):
    table = (
        "_,id,username,title,megagroup,broadcast\nChatForbidden,7,,А,,\nUser,8,abcd,Б,,\n,9,,В,,\n"
    )
    data = load(given("collected_chats.csv", table))
    assert data.accounts["account"].tolist() == [
        "telegram:channel9", "telegram:chat7", "telegram:user8",
    ]  # fmt: skip


def test_a_table_without_rows_is_empty(given):
    data = load(given("msgs_dataset.csv", ",".join(HEADER) + "\n"))
    assert data.ties.empty


def test_a_table_of_nothing_but_faults_is_an_error(read):
    with pytest.raises(DataError, match="no row can be read"):
        read({"channel_id": ""})
