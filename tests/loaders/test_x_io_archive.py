"""X's archive of information operations: hashes, minutes, lists in cells, rounded ids."""

import pytest

from kznet.loaders import load

BY_TEXT = "retweets known by their text alone: which post was shared is not said: 1"
COLUMNS = (
    "tweetid",
    "userid",
    "user_screen_name",
    "follower_count",
    "account_creation_date",
    "tweet_language",
    "tweet_text",
    "tweet_time",
    "in_reply_to_userid",
    "in_reply_to_tweetid",
    "quoted_tweet_tweetid",
    "is_retweet",
    "retweet_userid",
    "retweet_tweetid",
    "urls",
    "user_mentions",
)
TWEET = {"tweetid": "10", "userid": "1", "tweet_time": "2017-08-19 15:13", "is_retweet": "False"}


def table(*rows):
    lines = [",".join(COLUMNS)]
    for row in rows:
        filled = {**TWEET, **row}
        lines.append(",".join(f'"{filled.get(name, "")}"' for name in COLUMNS))
    return "\n".join(lines) + "\n"


def test_the_sample_gives_its_repost(samples, triples):
    data = load(samples / "x_io_archive" / "tweets.csv")
    author = "x:ygQRwhQRrh1+6N7J6IMFnzWgqUGimWqg0KZptLpxDY="
    assert triples(data) == [(author, "x:70002", "repost")]
    tie = data.ties.iloc[0]
    assert (tie["post"], tie["content"]) == ("x:898925911294130000", "x:898925911294132224")
    assert str(tie["time"]) == "2017-08-19 15:13:00+00:00"
    row = data.accounts.set_index("account").loc[author]
    assert (row["followers"], row["bio"]) == (17, "news")
    assert str(row["created"]) == "2016-12-04 00:00:00+00:00"


def test_a_hash_is_an_id_but_no_name(samples):
    accounts = load(samples / "x_io_archive" / "tweets.csv").accounts
    assert accounts[["handle", "name"]].isna().to_numpy().all()


def test_times_are_utc_and_nothing_is_assumed(given):
    data = load(given("a.csv", table({}, {"tweetid": "11", "tweet_time": "2017-08-19 23:59:58"})))
    assert [str(time) for time in data.posts.sort_values("post")["time"]] == [
        "2017-08-19 15:13:00+00:00",
        "2017-08-19 23:59:58+00:00",
    ]
    assert data.report.files[0].warnings == ()


@pytest.mark.parametrize(
    "written", ["[2, 3]", "['2', '3']", "[2,3]", '[""2"", ""3""]', "['2', '3', '2']"]
)
def test_mentions_are_read_from_every_form_of_list(given, triples, written):
    data = load(given("a.csv", table({"user_mentions": written}, {"tweetid": "11"})))
    assert triples(data) == [("x:1", "x:2", "mention"), ("x:1", "x:3", "mention")]


@pytest.mark.parametrize("written", ["", "[]", "absent", "nan", "[ ]", "['']"])
def test_nobody_is_mentioned_by_an_empty_list(given, triples, written):
    assert triples(load(given("a.csv", table({"user_mentions": written})))) == []


def test_replies_and_quotes_point_at_their_posts(given, triples):
    answer = {"in_reply_to_userid": "2", "in_reply_to_tweetid": "8", "user_mentions": "[2, 3]"}
    quote = {"tweetid": "11", "quoted_tweet_tweetid": "9"}
    data = load(given("a.csv", table(answer, quote)))
    assert set(triples(data)) == {
        ("x:1", "x:3", "mention"),
        ("x:1", "x:2", "reply"),
        ("x:1", None, "quote"),
    }
    posts = data.ties.set_index("kind")["post"]
    assert (posts["reply"], posts["quote"]) == ("x:8", "x:9")


def test_a_repost_is_neither_reply_nor_quote_nor_mention(given, triples):
    share = {
        "is_retweet": "True",
        "retweet_userid": "2",
        "retweet_tweetid": "9",
        "in_reply_to_userid": "3",
        "quoted_tweet_tweetid": "7",
        "user_mentions": "[2, 3]",
    }
    data = load(given("a.csv", table(share)))
    assert triples(data) == [("x:1", "x:2", "repost")]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )


def test_a_retweet_without_ids_takes_its_author_from_the_text(given, triples):
    known = {"is_retweet": "True", "tweet_text": "RT @Primer_Gov: Ресми"}
    lost = {"tweetid": "11", "is_retweet": "True", "tweet_text": "Ресми"}
    data = load(given("a.csv", table(known, lost)))
    assert triples(data) == [("x:1", "x:@primer_gov", "repost")]
    report = data.report.files[0]
    assert report.warnings == (BY_TEXT,)
    assert report.rejected == {"a repost that names neither its author nor the post": 1}


def test_a_tweet_that_says_rt_but_is_no_retweet_is_an_own_one(given, triples):
    data = load(given("a.csv", table({"tweet_text": "RT @primer_gov: менің сөзім"})))
    assert triples(data) == []
    assert len(data.posts) == 1


def test_numbers_that_a_spreadsheet_mended_are_whole_again(given, triples):
    share = {"is_retweet": "True", "retweet_userid": "70002.0", "retweet_tweetid": "9.0"}
    data = load(given("a.csv", table(share)))
    assert triples(data) == [("x:1", "x:70002", "repost")]
    assert data.ties["post"].tolist() == ["x:9"]


def test_ids_that_lost_digits_give_way_to_handles(given, triples):
    share = {
        "userid": "9.06E+17",
        "user_screen_name": "Primer_User",
        "is_retweet": "True",
        "retweet_tweetid": "8.98925911294130e+17",
        "retweet_userid": "70002",
    }
    data = load(given("a.csv", table(share)))
    assert triples(data) == [("x:@primer_user", "x:70002", "repost")]
    assert data.ties["post"].isna().all()
    assert data.report.files[0].warnings == ("id precision lost: 2",)


def test_a_row_whose_own_id_is_rounded_is_set_aside(given):
    data = load(given("a.csv", table({}, {"tweetid": "8.98925911294130e+17"})))
    assert data.report.files[0].rejected == {"no post id": 1}


def test_links_and_language_come_along(given):
    row = {"urls": "['https://example.org/a,b', 'https://example.org/c']", "tweet_language": "und"}
    post = load(given("a.csv", table(row))).posts.iloc[0]
    assert post["links"] == "https://example.org/a,b https://example.org/c"
    assert str(post["lang"]) == "nan"


def test_the_file_of_users_gives_accounts(given):
    header = "userid,user_display_name,user_screen_name,follower_count,account_creation_date\n"
    data = load(given("users.csv", header + "1,П,primer_user,17,2016-12-04\nh=,h=,h=,3,\n,,,1,\n"))
    assert data.accounts["handle"].tolist()[0] == "primer_user"
    assert data.accounts["followers"].tolist() == [17, 3]
    report = data.report.files[0]
    assert (report.format, report.rejected) == ("x_io_archive", {"no userid": 1})


def test_later_releases_lack_some_columns(given, triples):
    text = "tweetid,userid,tweet_time,is_retweet,retweet_userid\n10,1,2017-08-19 15:13,True,2\n"
    assert triples(load(given("a.csv", text))) == [("x:1", "x:2", "repost")]
