"""minet's tables: what it adds to the file it was given."""

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import Options, load


def test_friends_are_followed_by_the_account_asked_for(samples, triples):
    data = load(samples / "minet" / "twitter_friends.csv")
    assert triples(data) == [("x:70001", "x:70002", "follow")]
    assert data.accounts.set_index("account")["handle"]["x:70001"] == "primer_user"


def test_followers_follow_the_account_asked_for(samples, triples):
    data = load(samples / "minet" / "twitter_followers.csv")
    assert triples(data) == [("x:70001", "x:@primer_gov", "follow")]


@pytest.mark.parametrize(
    ("header", "cell", "account"),
    [
        ("user,friend_id", "Primer_Gov", "x:@primer_gov"),
        ("User,friend_id", "70009", "x:70009"),
        ("user_id,follower_id", "70009.0", "x:70009"),
        ("handle,friend_id", "@primer_gov", "x:@primer_gov"),
        ("twitter,friends_id", "https://twitter.com/Primer_Gov?s=20", "x:@primer_gov"),
        ("аккаунт,friend_id", "primer_gov", "x:@primer_gov"),
        ("user,friend_id", "vk:-1", "vk:-1"),
    ],
)
def test_the_column_of_the_input_is_found(given, triples, header, cell, account):
    ends = triples(load(given("a.csv", f"{header}\n{cell},70001\n")))[0][:2]
    assert set(ends) == {account, "x:70001"}


def test_the_last_column_of_a_name_is_minets_own(given, triples):
    path = given("a.csv", "friend_id,user,friend_id\n1,primer_gov,70001\n")
    assert triples(load(path)) == [("x:@primer_gov", "x:70001", "follow")]


def test_without_a_column_of_accounts_the_columns_are_listed(given):
    path = given("a.csv", "region,note,friend_id\nAlmaty,,70001\n")
    with pytest.raises(FormatError, match=r"no column of the accounts asked for; found region, no"):
        load(path, format="minet")


def test_ids_of_users_and_friends_alone_are_an_edge_list(given):
    data = load(given("a.csv", "user_id,friend_id\n1,2\n"))
    assert data.report.files[0].format == "edges"


def test_a_platform_given_goes_before_x(given, triples):
    path = given("a.csv", "user,friend_id\nprimer,7\n")
    assert triples(load(path, options=Options(platform="vk", direction="influence"))) == [
        ("vk:@primer", "vk:7", "follow")
    ]


def test_accounts_without_friends_and_lost_digits_are_set_aside(given):
    path = given("a.csv", "user,friend_id\nprimer,\nprimer,9.06E+17\nprimer,7\n")
    data = load(path)
    assert list(data.report.rejected["reason"]) == ["no target", "no target"]
    assert data.report.files[0].warnings == ("id precision lost: 1",)
    assert data.report.files[0].rows == 3


def test_retweeters_repost_a_tweet_of_nobody_known(samples, triples):
    data = load(samples / "minet" / "twitter_retweeters.csv")
    assert triples(data) == [("x:70001", None, "repost")]
    assert data.ties["post"].tolist() == ["x:1478499000000000001"]


@pytest.mark.parametrize(
    ("header", "tweet"),
    [
        ("tweet,retweeter_id,retweeter_screen_name,retweeter_name", "https://x.com/a/status/9"),
        ("tweet_id,id,screen_name,name,protected", "9"),
    ],
)
def test_other_forms_of_retweeters(given, triples, header, tweet):
    row = f"{tweet},70001,primer_user,Пример" + (",false" if "protected" in header else "")
    data = load(given("a.csv", f"{header}\n{row}\n"))
    assert triples(data) == [("x:70001", None, "repost")]
    assert data.ties["post"].tolist() == ["x:9"]
    assert data.accounts[["handle", "name"]].to_numpy().tolist() == [["primer_user", "Пример"]]


def test_the_author_of_a_tweet_may_be_known_from_another_file(samples, triples):
    names = ("twitter_retweeters.csv", "twitter_tweets.csv")
    data = load([samples / "minet" / name for name in names])
    reposts = [tie for tie in triples(data) if tie[2] == "repost"]
    assert reposts == [("x:70001", "x:70002", "repost")] * 2


def test_tweets_carry_all_their_references_by_number(samples, triples):
    data = load(samples / "minet" / "twitter_tweets.csv")
    assert triples(data) == [
        ("x:70001", "x:70002", "repost"),
        ("x:70001", "x:70003", "mention"),
        ("x:70001", "x:70002", "reply"),
        ("x:70001", "x:70004", "quote"),
    ]
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 1",
    )
    own = data.posts.set_index("post").loc["x:1478500000000000002"]
    assert own["links"] == "https://example.org/a https://example.org/b"
    assert data.posts["lang"].isna().all()
    author = data.accounts.set_index("account").loc["x:70001"]
    assert (author["handle"], author["followers"]) == ("primer_user", 1210)


def test_a_retweet_whose_original_lost_digits_keeps_its_author(samples, given, triples):
    text = (samples / "minet" / "twitter_tweets.csv").read_text(encoding="utf-8")
    lost = text.replace("1478499000000000001,primer_gov", "1.478499E+18,primer_gov")
    data = load(given("a.csv", lost))
    assert triples(data)[0] == ("x:70001", "x:70002", "repost")
    assert data.ties["post"].isna()[0]
    assert "id precision lost: 1" in data.report.files[0].warnings


def test_mentions_without_numbers_go_by_name(given, triples):
    header = (
        "id,timestamp_utc,user_screen_name,text,user_id,retweeted_id,to_tweetid,mentioned_names"
    )
    path = given("a.csv", f"{header}\n9,1641355260,a,м,70001,,,Primer_Gov|b\n")
    assert [end for _, end, _ in triples(load(path))] == ["x:@b", "x:@primer_gov"]


def test_comments_answer_the_video_or_the_comment_above(samples, given, triples):
    text = (samples / "minet" / "youtube_comments.csv").read_text(encoding="utf-8")
    text += "abc123def45,Ugx2,Оқырман,UCcc,Иә,0,2022-01-05T04:02:00Z,,,Ugx1\n"
    data = load(given("a.csv", text))
    assert triples(data) == [
        ("youtube:UCaaaaaaaaaaaaaaaaaaaaaa", None, "reply"),
        ("youtube:UCcc", "youtube:UCaaaaaaaaaaaaaaaaaaaaaa", "reply"),
    ]
    assert data.ties["post"].tolist() == ["youtube:abc123def45", "youtube:Ugx1"]
    accounts = data.accounts.set_index("account")
    assert accounts["handle"].tolist()[0] == "primer"
    assert accounts["name"]["youtube:UCcc"] == "Оқырман"


def test_the_channel_of_a_video_is_known_from_another_file(samples, triples):
    names = ("youtube_comments.csv", "youtube_videos.csv")
    data = load([samples / "minet" / name for name in names])
    assert triples(data) == [
        ("youtube:UCaaaaaaaaaaaaaaaaaaaaaa", "youtube:UCbbbbbbbbbbbbbbbbbbbbbb", "reply")
    ]


def test_a_comment_of_a_deleted_account_is_set_aside(given):
    header = "video_id,comment_id,author_name,author_channel_id,text,published_at"
    rows = "v,c1,А,UCa,м,2022-01-05T04:01:00Z\nv,c2,,,м,2022-01-05T04:01:00Z\n"
    data = load(given("a.csv", f"{header}\n{rows}"))
    assert list(data.report.rejected["reason"]) == ["no author"]


def test_messages_of_a_channel_mention_by_links(samples, triples):
    data = load(samples / "minet" / "telegram_channel_messages.csv")
    assert triples(data) == [("telegram:@primer_news", "telegram:@primer_blog", "mention")]
    assert data.posts["post"].tolist() == ["telegram:@primer_news/3"]
    assert data.report.files[0].warnings == ("minet does not say which messages are forwarded",)
    assert data.accounts.set_index("account")["name"]["telegram:@primer_news"] == "Пример Новости"


def test_messages_answer_by_name_and_may_be_of_the_web_view(given, triples):
    header = "link_to_message,could_be_displayed,user,text,is_reply_user,links,datetime"
    stamp = "2022-01-05T04:01:00+00:00"
    rows = [
        f"https://t.me/s/primer_news/4,true,Новости,м,Новости,,{stamp}",
        f"https://t.me/primer_news/5,true,Новости,м,Айгерим,https://t.me/+abc|https://a.kz,{stamp}",
    ]
    data = load(given("a.csv", "\n".join([header, *rows]) + "\n"))
    assert triples(data) == [
        ("telegram:@primer_news", "telegram:@primer_news", "reply"),
        ("telegram:@primer_news", "telegram:name:айгерим", "reply"),
    ]
    assert data.posts["links"].tolist()[1] == "https://t.me/+abc https://a.kz"


def test_instagram_followers_follow_the_account_asked_for(samples, triples):
    data = load(samples / "minet" / "instagram_user_followers.csv")
    assert triples(data) == [("instagram:5550001", "instagram:@primer_akimat", "follow")]
    known = data.accounts.set_index("account").loc["instagram:5550001"]
    assert (known["handle"], known["name"], known["verified"]) == ("primer_blogger", "П", False)


def test_instagram_followings_are_told_by_the_name_of_the_file(samples, given, triples):
    content = (samples / "minet" / "instagram_user_followers.csv").read_bytes()
    followings = load(given("akimat_following.csv", content))
    assert triples(followings) == [("instagram:@primer_akimat", "instagram:5550001", "follow")]
    with pytest.raises(DataError, match=r"x.csv: minet writes followers and followings alike"):
        load(given("x.csv", content))


def test_an_input_column_of_the_same_name_is_told_apart(given, triples):
    header = "username,id,username,full_name,is_private,is_verified"
    path = given("followers.csv", f"{header}\nprimer_akimat,1,aigerim,А,false,false\n")
    assert triples(load(path)) == [("instagram:1", "instagram:@primer_akimat", "follow")]


def test_users_without_an_input_column_are_not_minets_lists(given):
    path = given("followers.csv", "id,username,full_name,is_private,is_verified\n1,a,,,\n")
    with pytest.raises(FormatError):
        load(path)
