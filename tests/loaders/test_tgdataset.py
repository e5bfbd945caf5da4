"""TGDataset: texts and media by channel, numbers without a type, and a file of any size."""

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import _documents, load

CHANNEL = "telegram:channel1500000001"


def message(words="…", **more):
    return {"message": words, "date": 1641355260.0, "author": None, "is_forwarded": False,
            "forwarded_from_id": None, "forwarded_message_date": None, **more}  # fmt: skip


def forward(number, second=1641355140.0, **more):
    said = {"is_forwarded": True, "forwarded_from_id": number, "forwarded_message_date": second}
    return message(**{**said, **more})


def channel(texts=None, media=None, **more):
    return {"username": "primer_news", "title": "Пример", "text_messages": texts or {},
            "generic_media": media or {}, **more}  # fmt: skip


@pytest.fixture
def read(given):
    return lambda document: load(given("channels.json", document))


def test_the_sample_gives_its_forward_and_its_channel(samples, triples):
    data = load(samples / "tgdataset" / "tgdataset_mini.json")
    assert triples(data) == [(CHANNEL, "telegram:1500000002", "repost")]
    tie = data.ties.iloc[0]
    assert str(tie["time"]) == "2022-01-05 04:01:00+00:00"
    assert tie["content"] == f"{CHANNEL}/3"
    known = data.accounts.set_index("account").loc[CHANNEL]
    assert [known["handle"], known["name"], known["followers"]] == ["primer_news", "Пример", 13322]
    assert str(known["created"]) == "2021-01-20 02:51:51+00:00"
    assert not known["verified"]
    assert data.report.files[0].rows == 2
    assert data.report.files[0].rejected == {
        "a repost that names neither its author nor the post": 1
    }


def test_a_number_is_a_channel_once_one_of_that_number_is_in_the_data(read, triples):
    data = read({"1500000001": channel({"3": forward(1500000002)}), "1500000002": channel()})
    assert triples(data) == [(CHANNEL, "telegram:channel1500000002", "repost")]


def test_small_numbers_are_users(read, triples):
    assert triples(read({"1500000001": channel({"3": forward(26811199)})})) == [
        (CHANNEL, "telegram:user26811199", "repost")
    ]


def test_origin_and_second_stand_for_the_post_that_is_forwarded(read):
    texts = {"3": forward(1500000002), "4": forward(1500000002, 1641355141.5)}
    data = read({"1500000001": channel(texts), "1500000003": channel({"9": forward(1500000002)})})
    assert sorted(data.ties["post"]) == [
        "telegram:1500000002/@1641355140",
        "telegram:1500000002/@1641355140",
        "telegram:1500000002/@1641355141.5",
    ]


def test_media_are_forwarded_too(read, triples):
    media = {"4": {**forward(1500000002), "title": "a.pdf", "extension": ".pdf"}}
    data = read({"1500000001": channel(media=media)})
    assert triples(data) == [(CHANNEL, "telegram:1500000002", "repost")]


def test_a_message_with_a_text_and_a_file_is_counted_once(read):
    both = forward(1500000002)
    data = read({"1500000001": channel({"3": both}, {"3": both, "4": message()})})
    assert data.report.files[0].rows == 2
    assert len(data.ties) == 1
    assert data.report.files[0].warnings == (
        "messages listed both as text and as media are counted once: 1",
    )


def test_names_and_links_in_the_text_are_mentions(read, triples):
    text = "@primer_gov [пост](https://t.me/primer_blog/77) mail@primer.kz"
    data = read({"1500000001": channel({"3": message(text)})})
    assert triples(data) == [
        (CHANNEL, "telegram:@primer_blog", "mention"),
        (CHANNEL, "telegram:@primer_gov", "mention"),
    ]
    assert data.posts["links"].tolist() == ["https://t.me/primer_blog/77"]


def test_an_author_that_is_given_is_the_author(read):
    data = read({"1500000001": channel({"3": message(author=7), "4": message()})})
    assert data.posts["account"].tolist() == ["telegram:user7", CHANNEL]


def test_fractions_of_a_second_are_kept(read):
    data = read({"1500000001": channel({"3": forward(7, date=1641355260.25)})})
    assert str(data.ties["time"].iloc[0]) == "2022-01-05 04:01:00.250000+00:00"


def test_a_file_of_any_size_says_the_same(samples, monkeypatch):
    path = samples / "tgdataset" / "tgdataset_mini.json"
    whole = load(path)
    monkeypatch.setattr(_documents, "LARGE", 100)
    streamed = load(path)
    assert streamed.ties.equals(whole.ties)
    assert streamed.accounts.equals(whole.accounts)


def test_channels_and_messages_that_are_none_are_set_aside(read):
    data = read(
        {
            "1500000001": channel(
                {"3": message(), "4": None, "5": "text", "6": message(date="soon")}
            ),
            "primer": channel(),
            "1500000002": None,
            "1500000003": {"text_messages": [message()]},
        }
    )
    assert len(data.posts) == 1
    assert data.report.files[0].rejected == {
        "not a channel under its id": 2,
        "not a message": 2,
        "text_messages is no object": 1,
        "time not understood": 1,
    }
    assert data.report.files[0].rows == 7


@pytest.mark.parametrize(
    "odd",
    [
        {"message": None},
        {"message": ["a"]},
        {"forwarded_from_id": {"a": 1}},
        {"forwarded_from_id": "x", "forwarded_message_date": "y"},
        {"forwarded_from_id": 10**30},
        {"is_forwarded": "yes"},
        {"date": None},
        {"date": 1e300},
        {"author": "-"},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(read, odd):
    data = read({"1500000001": channel({"3": message(), "4": {**message(), **odd}})})
    assert data.report.files[0].rows == 2


def test_what_is_said_of_a_channel_may_be_of_any_kind(read):
    odd = channel({"3": message()}, username=["a"], title=5, n_subscribers="-", creation_date={})
    known = read({"1500000001": odd}).accounts.iloc[0]
    assert known[["handle", "followers", "created"]].isna().all()


def test_a_cut_file_says_where_it_breaks(given, samples):
    whole = (samples / "tgdataset" / "tgdataset_mini.json").read_bytes()
    with pytest.raises(DataError, match=r"channels.json: .*broken JSON"):
        load(given("channels.json", whole[:200]))


def test_an_object_of_other_objects_is_not_tgdatasets(given):
    path = given("other.json", {"1500000001": {"messages": {}}})
    with pytest.raises(FormatError, match="no text_messages and no generic_media by channel id"):
        load(path, format="tgdataset")
