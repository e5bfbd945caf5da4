"""X's archive of one's own account: whose lists these are, and what is never opened."""

import json

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import Options, load
from kznet.loaders._owner import AS_GIVEN

ME = Options(source_account="x:70001")
BY_TEXT = "retweets known by their text alone: which post was shared is not said: 1"


def script(name, entries, part=0):
    return f"window.YTD.{name}.part{part} = {json.dumps(entries, indent=2)}"


def test_followings_and_followers_run_to_and_from_the_owner(samples, triples):
    folder = samples / "x_archive" / "data"
    assert triples(load(folder / "following.js", options=ME)) == [("x:70001", "x:70002", "follow")]
    assert triples(load(folder / "follower.js", options=ME)) == [("x:70003", "x:70001", "follow")]


def test_the_files_of_one_archive_are_of_the_owner_whom_account_js_names(samples, triples):
    data = load(samples / "x_archive")
    assert triples(data) == [
        ("x:70001", "x:70002", "follow"),
        ("x:70003", "x:70001", "follow"),
        ("x:70001", "x:70002", "repost"),
        ("x:70001", "x:70004", "mention"),
        ("x:70001", "x:70003", "reply"),
    ]


def test_one_file_alone_does_not_say_whose_it_is(samples):
    with pytest.raises(DataError, match="the list does not say whose it is"):
        load(samples / "x_archive" / "data" / "following.js")


def test_the_owner_may_be_named_by_handle(samples, triples):
    folder = samples / "x_archive" / "data"
    files = [folder / "following.js", folder / "account.js"]
    data = load(files, options=Options(source_account="@Primer_User"))
    assert triples(data) == [("x:70001", "x:70002", "follow")]


def test_account_js_says_who_the_owner_is_and_nothing_private(given):
    entry = {
        "accountId": "70001",
        "username": "primer_user",
        "accountDisplayName": "П",
        "createdAt": "2019-01-01T00:00:00.000Z",
        "email": "primer@example.org",
        "phoneNumber": "+70000000000",
    }
    data = load(given("account.js", script("account", [{"account": entry}])), options=ME)
    row = data.accounts.set_index("account").loc["x:70001"]
    assert (row["handle"], row["name"]) == ("primer_user", "П")
    assert str(row["created"]) == "2019-01-01 00:00:00+00:00"
    assert "example.org" not in data.accounts.to_csv()


def test_tweets_are_the_owners_and_name_whom_they_repeat(samples, triples):
    data = load(samples / "x_archive" / "data" / "tweets.js", options=ME)
    assert triples(data) == [
        ("x:70001", "x:70002", "repost"),
        ("x:70001", "x:70004", "mention"),
        ("x:70001", "x:70003", "reply"),
    ]
    repost = data.ties.set_index("kind").loc["repost"]
    assert (repost["content"], str(repost["post"])) == ("x:1478500000000000001", "nan")
    assert data.report.files[0].warnings == (BY_TEXT, AS_GIVEN)


def test_older_archives_name_and_nest_tweets_otherwise(given):
    entry = {"id_str": "5", "created_at": "Wed Jan 05 04:01:00 +0000 2022", "full_text": "…"}
    data = load(given("tweet.js", script("tweet", [entry], part=12)), options=ME)
    assert data.posts[["post", "account"]].to_numpy().tolist() == [["x:5", "x:70001"]]


def test_a_link_says_the_number_where_the_number_is_missing(given, triples):
    entry = {"userLink": "https://twitter.com/intent/user?user_id=70005"}
    path = given("follower.js", script("follower", [{"follower": entry}]))
    assert triples(load(path, options=ME)) == [("x:70005", "x:70001", "follow")]


def test_entries_without_an_account_are_set_aside(given):
    entries = [{"following": {"accountId": "70002"}}, {"following": {}}, 7, None]
    data = load(given("following.js", script("following", entries)), options=ME)
    assert data.report.files[0].rejected == {"no accountId": 3}
    assert list(data.report.rejected["line"]) == ["entry 2", "entry 3", "entry 4"]


def test_an_archive_written_on_one_line_with_a_mark_is_read(given, triples):
    begin = b"\xef\xbb\xbfwindow.YTD.following.part0 = "
    path = given("following.js", begin + b'[{"following": {"accountId": "70002"}}]')
    assert triples(load(path, options=ME)) == [("x:70001", "x:70002", "follow")]


@pytest.mark.parametrize("name", ["direct_messages", "ad_impressions", "like", "deleted_tweets"])
def test_what_is_private_is_not_opened(given, name):
    path = given("a.js", script(name, [{"dmConversation": {}}]))
    why = f"{name} of an X archive is private or holds.*: x_archive"
    with pytest.raises(FormatError, match=why):
        load(path)


def test_a_truncated_file_is_an_error_in_words(given):
    whole = script("following", [{"following": {"accountId": "70002"}}] * 3)
    with pytest.raises(DataError, match=r"following.js: .*broken JSON"):
        load(given("following.js", whole[:-20]), options=ME)


def test_an_empty_list_is_no_rows(samples, given):
    empty = given("following.js", script("following", []))
    data = load([empty, samples / "x_archive" / "data" / "follower.js"], options=ME)
    assert [report.rows for report in data.report.files] == [0, 1]
