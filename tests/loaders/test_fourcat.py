"""4CAT's tables: one shape, and what each platform's columns add to it."""

import pytest

from kznet.loaders import Options, load

TELEGRAM = (
    "id,thread_id,chat,author,author_username,author_name,body,is_reply,reply_to,timestamp,"
    "unix_timestamp,author_forwarded_from_name,author_forwarded_from_username,"
    "author_forwarded_from_id,entities_linked,entities_mentioned,timestamp_forwarded_from\n"
)
X = (
    "id,thread_id,timestamp,unix_timestamp,link,body,author,author_fullname,author_id,is_retweet,"
    "retweeted_user,is_quote_tweet,quote_tweet_id,quote_author,is_reply,replied_author,urls,mentions\n"
)
BASE = "id,thread_id,author,body,timestamp,unix_timestamp\n"
STAMP = "2022-01-05 10:01:00,1641355260"


def message(number, *, chat="primer_news", author="1500000001,primer_news,Пример", forward=",,"):
    return f"{chat}-{number},{chat},{chat},{author},мәтін,False,,{STAMP},{forward},,,\n"


def tweet(number, **cells):
    row = {
        "link": f"https://x.com/a/status/{number}",
        "body": "мәтін",
        "author": "Primer_User",
        "name": "Пример",
        "author_id": "70001",
        "is_retweet": "no",
        "retweeted_user": "",
        "is_quote_tweet": "no",
        "quote_tweet_id": "",
        "quote_author": "",
        "is_reply": "no",
        "replied_author": "",
        "urls": "",
        "mentions": "",
    } | cells
    return f"{row.pop('id', number)},1,{STAMP},{','.join(row.values())}\n"


def test_a_telegram_forward_names_its_source_by_number_and_handle(samples, triples):
    data = load(samples / "fourcat" / "telegram.csv")
    assert triples(data) == [("telegram:channel1500000001", "telegram:1500000002", "repost")]
    tie = data.ties.iloc[0]
    assert tie["content"] == "telegram:channel1500000001/3"
    assert str(tie["time"]) == "2022-01-05 04:01:00+00:00"
    source = data.accounts.set_index("account").loc["telegram:1500000002"]
    assert (source["handle"], source["name"]) == ("primer_akimat", "Пример Акимат")
    assert data.report.files[0].warnings == (
        "mentions inside reposts are their authors', not counted: 2",
        "reposts of which the file does not say what post they share: 1",
    )


@pytest.mark.parametrize(
    ("forward", "target"),
    [
        ("Акимат,primer_akimat,1500000002", "telegram:1500000002"),
        ("Айгерим,,7", "telegram:user7"),
        ("Акимат,Primer_Akimat,", "telegram:@primer_akimat"),
        ("Пример  Акимат,,", "telegram:name:пример акимат"),
        (",,1500000002.0", "telegram:1500000002"),
    ],
)
def test_the_best_that_is_known_of_a_source_is_taken(given, triples, forward, target):
    path = given("a.csv", TELEGRAM + message(3, forward=forward))
    assert triples(load(path))[0][1] == target


def test_a_forward_from_nobody_known_is_set_aside(given):
    hidden = message(3).replace(",,,\n", ",,,2022-01-05 03:59:00\n").replace(",,,,,,,", ",,,,,,")
    data = load(given("a.csv", TELEGRAM + message(2) + hidden))
    assert list(data.report.rejected["reason"]) == [
        "a repost that names neither its author nor the post"
    ]
    assert list(data.report.rejected["value"]) == ["telegram:channel1500000001/3"]


def test_telegram_mentions_come_from_signs_and_links_and_must_be_handles(given, triples):
    named = '"s,joinchat,Primer_Blog","primer_akimat,ab"'
    row = f"c-1,c,primer_chat,7,aigerim,А,м,False,,{STAMP},,,,{named},\n"
    assert triples(load(given("a.csv", TELEGRAM + row))) == [
        ("telegram:user7", "telegram:@primer_akimat", "mention"),
        ("telegram:user7", "telegram:@primer_blog", "mention"),
    ]


def test_an_answer_finds_its_author_in_the_same_chat(given, triples):
    first = f"g-1,g,primer_chat,7,aigerim,А,м,False,,{STAMP},,,,,,\n"
    second = f"g-2,g,primer_chat,8,,Б,м,True,1,{STAMP},,,,,,\n"
    data = load(given("a.csv", TELEGRAM + first + second))
    assert triples(data) == [("telegram:user8", "telegram:user7", "reply")]
    assert data.ties["post"].tolist() == ["telegram:@primer_chat/1"]


@pytest.mark.parametrize(
    ("chat", "place"),
    [
        ("1500000009", "telegram:channel1500000009"),
        ("700001", "telegram:chat700001"),
        ("Primer_Chat", "telegram:@primer_chat"),
    ],
)
def test_a_chat_goes_by_number_or_handle(given, chat, place):
    row = message(3, chat=chat, author="7,,Айгерим")
    assert load(given("a.csv", TELEGRAM + row)).posts["post"].tolist() == [f"{place}/3"]


def test_one_message_of_the_chat_itself_gives_its_number_to_all(given):
    rows = message(1, author="7,,Айгерим") + message(2)
    posts = load(given("a.csv", TELEGRAM + rows)).posts["post"]
    assert posts.tolist() == ["telegram:channel1500000001/1", "telegram:channel1500000001/2"]


def test_a_message_without_author_is_the_chats_own_and_counted(given):
    data = load(given("a.csv", TELEGRAM + message(1, author=",,")))
    assert data.posts["account"].tolist() == ["telegram:@primer_news"]
    assert data.report.files[0].warnings == (
        "messages without author, taken to be the chat's own: 1",
    )


def test_a_retweet_names_whose_it_is_but_not_which(samples, triples):
    data = load(samples / "fourcat" / "twitter.csv")
    assert triples(data) == [("x:70001", "x:@primer_gov", "repost")]
    assert data.ties["post"].isna().all()
    assert data.ties["content"].tolist() == ["x:1478500000000000001"]


def test_a_retweet_may_be_named_by_its_text_alone(given, triples):
    named = tweet(1, is_retweet="yes", body="RT @Primer_Gov: Ресми")
    nobody = tweet(2, is_retweet="yes")
    data = load(given("a.csv", X + named + nobody))
    assert triples(data) == [("x:70001", "x:@primer_gov", "repost")]
    assert list(data.report.rejected["reason"]) == [
        "a repost that names neither its author nor the post"
    ]


def test_quotes_answers_and_mentions_on_x(given, triples):
    row = tweet(
        1,
        quote_tweet_id="9",
        quote_author="Quoted",
        is_reply="yes",
        replied_author="Answered",
        mentions='"Answered,Other"',
        urls='"https://a.kz/1,2,https://b.kz"',
    )
    data = load(given("a.csv", X + row))
    assert triples(data) == [
        ("x:70001", "x:@other", "mention"),
        ("x:70001", "x:@answered", "reply"),
        ("x:70001", "x:@quoted", "quote"),
    ]
    assert data.ties["post"].tolist()[2] == "x:9"
    own = data.posts.set_index("post").loc["x:1"]
    assert own["links"] == "https://a.kz/1,2 https://b.kz"


def test_older_names_of_columns_are_known(given, triples):
    header = "id,thread_id,timestamp,body,author,author_id,is_retweet,quoted_user,replied_user\n"
    row = "1,1,1641355260,м,a,70001,no,Quoted,Answered\n"
    assert [end for _, end, _ in triples(load(given("a.csv", header + row)))] == [
        "x:@answered",
        "x:@quoted",
    ]


def test_an_answer_that_names_nobody_is_counted(given):
    data = load(given("a.csv", X + tweet(1, is_reply="yes")))
    assert data.report.files[0].warnings == ("replies that do not say to whom: 1",)


def test_ids_that_lost_digits_give_way_to_the_handle_and_the_link(given):
    lost = {"id": "1.4785E+18", "author_id": "9.06E+17"}
    data = load(given("a.csv", X + tweet(5, **lost)))
    assert data.posts[["post", "account"]].to_numpy().tolist() == [["x:5", "x:@primer_user"]]
    assert data.report.files[0].warnings == ("id precision lost: 2",)


def test_without_a_link_a_lost_id_is_no_id(given):
    rows = tweet(5) + tweet(6, id="1.4785E+18", link="")
    data = load(given("a.csv", X + rows))
    assert list(data.report.rejected["reason"]) == ["no post id"]


def test_vk_comments_answer_comments_or_their_post(samples, triples):
    data = load(samples / "fourcat" / "vk.csv")
    assert triples(data) == [
        ("vk:-100001", "vk:4100001", "mention"),
        ("vk:-100001", "vk:@primer_blog", "mention"),
        ("vk:4100001", "vk:-100001", "reply"),
        ("vk:4100002", "vk:4100001", "reply"),
    ]
    assert data.ties["post"].dropna().tolist() == ["vk:-100001_5", "vk:-100001_6"]
    assert data.report.files[0].warnings == ("4CAT leaves out the reposts on VK",)


def test_what_vk_hides_is_missing(samples):
    accounts = load(samples / "fourcat" / "vk.csv").accounts.set_index("account")
    assert accounts.loc["vk:-100001", "followers"] == 1200
    assert accounts.loc[["vk:4100001", "vk:4100002"], "followers"].isna().all()
    assert accounts.loc["vk:4100001", "name"] == "Айгерим Пример"
    assert accounts["name"].isna()["vk:4100002"]


def test_instagram_names_tagged_accounts_authors_and_those_in_the_text(samples, triples):
    data = load(samples / "fourcat" / "instagram.csv")
    assert triples(data) == [
        ("instagram:5550001", "instagram:5550002", "mention"),
        ("instagram:5550001", "instagram:@primer.gov", "mention"),
        ("instagram:5550001", "instagram:@primer_akimat", "mention"),
        ("instagram:5550001", "instagram:@primer_media", "mention"),
    ]
    assert data.posts["post"].tolist() == ["instagram:CZ_primer1", "instagram:CZ_primer2"]


def test_comments_on_instagram_answer_what_they_stand_under(given, triples):
    header = "id,thread_id,parent_id,body,author,timestamp,mentioned,num_likes,num_comments\n"
    rows = "C1,C1,C1,пост,primer_news,1641355260,,1,2\n9,C1,C1,жауап @x,reader,1641355270,,1,2\n"
    assert triples(load(given("a.csv", header + rows))) == [
        ("instagram:@reader", "instagram:@primer_news", "reply")
    ]


def test_other_platforms_give_posts_authors_and_answers(given, triples):
    rows = "".join(
        f"{number},{thread},{author},м,{STAMP}\n"
        for number, thread, author in (
            (1, 1, "Автор"),
            (2, 1, "Оқырман"),
            (3, 77, "Оқырман"),
            (4, 1, "Anonymous"),
        )
    )
    data = load(given("a.csv", BASE + rows), options=Options(platform="threads"))
    assert triples(data) == [("threads:Оқырман", "threads:Автор", "reply")]
    assert data.posts["post"].tolist() == ["threads:1", "threads:2", "threads:3"]
    assert list(data.report.rejected["reason"]) == ["no author"]
    assert data.report.files[0].warnings == ("posts in threads whose first post is not there: 1",)


def test_without_a_platform_ids_are_kept_as_they_are(given):
    data = load(given("a.csv", f"{BASE}1,1,a,б,{STAMP}\n"))
    assert data.posts[["post", "account"]].to_numpy().tolist() == [["node:1", "node:a"]]


def test_a_platform_is_known_by_columns_of_its_own(given):
    header = BASE.replace("body", "body,tiktok_url")
    data = load(given("a.csv", f"{header}1,1,Primer,м,https://t/1,{STAMP}\n"))
    assert data.posts["account"].tolist() == ["tiktok:@primer"]


def test_the_clock_of_the_server_is_used_only_where_there_is_no_other(given):
    with_both = load(given("a.csv", f"{BASE}1,1,a,б,2022-01-05 23:59:00,1641355260\n"))
    assert str(with_both.posts["time"][0]) == "2022-01-05 04:01:00+00:00"
    path = given("b.csv", "id,thread_id,author,body,timestamp\n1,1,a,б,2022-01-05 10:01:00\n")
    local = load(path)
    assert str(local.posts["time"][0]) == "2022-01-05 04:01:00+00:00"
    assert local.report.files[0].warnings == ("time zone assumed to be Asia/Almaty: 1",)


def test_a_sheet_of_excel_with_line_breaks_is_read(given):
    text = "\ufeff" + BASE.replace(",", ";") + f'1;1;a;"екі\nжол";{STAMP.replace(",", ";")}\n'
    posts = load(given("a.csv", text), options=Options(platform="x")).posts
    assert posts["text"].tolist() == ["екі\nжол"]


def test_rows_of_another_width_are_set_aside(given):
    data = load(given("a.csv", f"{BASE}1,1,a,б,{STAMP}\n2,1,a\n"))
    assert list(data.report.rejected["reason"]) == ["6 columns expected, 3 found"]
    assert data.report.files[0].rows == 2
