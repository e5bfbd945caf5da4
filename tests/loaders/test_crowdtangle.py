"""CrowdTangle's tables: links as reposts, zones by name, followers with commas."""

import pytest

from kznet.errors import FormatError
from kznet.loaders import load

HEADER = (
    "Page Name,User Name,Facebook Id,Followers at Posting,Post Created,URL,Message,Link,"
    "Final Link\n"
)
OWN = "https://www.facebook.com/100001/posts/5"


def post(
    *, link="", final="", time="2022-01-05 04:01:00 UTC", url=OWN, name="primer.akimat", number="1"
):
    return f'Акимат,{name},{number},"1,234",{time},{url},мәтін,{link},{final}\n'


def rejected(data):
    return data.report.rejected[["line", "reason", "value"]].to_numpy().tolist()


def test_a_link_to_a_post_of_another_page_is_a_repost_of_it(samples, triples):
    data = load(samples / "crowdtangle" / "facebook_pages.csv")
    assert triples(data) == [("facebook:100044500000001", "facebook:@primer.news", "repost")]
    tie = data.ties.iloc[0]
    assert (tie["post"], tie["content"]) == ("facebook:99", "facebook:123")
    assert str(tie["time"]) == "2022-01-05 04:01:00+00:00"


def test_followers_are_read_with_their_commas_and_the_most_counts(given):
    rows = post(url="https://www.facebook.com/x/posts/6").replace('"1,234"', "N/A") + post()
    accounts = load(given("a.csv", HEADER + rows)).accounts
    assert accounts[["account", "handle", "name", "followers"]].to_numpy().tolist() == [
        ["facebook:1", "primer.akimat", "Акимат", 1234]
    ]


@pytest.mark.parametrize(
    ("link", "account", "shared"),
    [
        ("https://www.facebook.com/Primer.News/posts/99", "@primer.news", "99"),
        ("https://m.facebook.com/70002/videos/98/?t=5", "70002", "98"),
        ("https://www.facebook.com/primer.news/photos/a.1/97/?type=3", "@primer.news", "97"),
        ("https://facebook.com/primer/posts/pfbid0Ab", "@primer", "pfbid0Ab"),
        ("https://www.facebook.com/permalink.php?story_fbid=96&id=70002", "70002", "96"),
        ("https://www.facebook.com/story.php?id=70002&story_fbid=96", "70002", "96"),
        ("https://www.facebook.com/groups/70003/permalink/95/", "70003", "95"),
        ("https://www.facebook.com/groups/primer.kz", "@primer.kz", None),
        ("https://www.facebook.com/pages/Primer/70004", "70004", None),
        ("https://www.facebook.com/profile.php?id=70005", "70005", None),
        ("https://www.facebook.com/primer.news", "@primer.news", None),
    ],
)
def test_links_to_facebook_say_whose_post_is_shared(given, triples, link, account, shared):
    data = load(given("a.csv", HEADER + post(link=link)))
    assert triples(data) == [("facebook:1", f"facebook:{account}", "repost")]
    wanted = [] if shared is None else [f"facebook:{shared}"]
    assert data.ties["post"].dropna().tolist() == wanted


@pytest.mark.parametrize(
    "link",
    [
        "https://www.facebook.com/Primer.Akimat/videos/7",
        "https://www.facebook.com/1/posts/7",
        "https://www.facebook.com/older.name/posts/5",
        "https://example.org/facebook.com/primer",
        "",
    ],
)
def test_a_link_to_oneself_or_elsewhere_is_no_repost(given, link):
    data = load(given("a.csv", HEADER + post(link=link)))
    assert data.ties.empty
    assert data.posts["post"].tolist() == ["facebook:5"]
    assert data.report.files[0].warnings == ()


@pytest.mark.parametrize("path", ["watch/?v=7", "photo.php?fbid=7", "reel/7", "%D0%90/posts/7"])
def test_links_that_name_no_account_are_counted(given, path):
    data = load(given("a.csv", HEADER + post(link=f"https://www.facebook.com/{path}")))
    assert data.ties.empty
    assert data.report.files[0].warnings == (
        "links to Facebook that do not say whose post they lead to: 1",
    )


def test_a_short_link_counts_as_where_it_leads_to(given, triples):
    row = post(link="https://fb.me/e", final="https://www.facebook.com/primer.news/posts/9")
    assert triples(load(given("a.csv", HEADER + row))) == [
        ("facebook:1", "facebook:@primer.news", "repost")
    ]


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2022-01-05 10:01:00 ALMT", 4),
        ("2022-01-05 10:01:00 EST", 15),
        ("2022-07-05 10:01:00 EDT", 14),
        ("2022-01-05 10:01:00 CET", 9),
        ("2022-01-05 10:01:00 utc", 10),
        ("2022-01-05 10:01:00 GMT", 10),
        ("2022-01-05 10:01:00 +0300", 7),
    ],
)
def test_names_of_zones_are_turned_into_utc(given, written, hour):
    data = load(given("a.csv", HEADER + post(time=written)))
    assert data.posts["time"].dt.hour.tolist() == [hour]
    assert data.report.files[0].warnings == ()


def test_a_zone_whose_name_is_not_known_sets_the_row_aside(given):
    rows = post() + post(time="2022-01-05 10:01:00 IST") + post(time="yesterday")
    data = load(given("a.csv", HEADER + rows))
    assert rejected(data) == [
        ["3", "time zone not known", "2022-01-05 10:01:00 IST"],
        ["4", "time not understood", "facebook:5"],
    ]
    assert data.report.files[0].rows == 3


def test_a_time_without_zone_is_local_and_said_to_be(given):
    data = load(given("a.csv", HEADER + post(time="2022-01-05 10:01:00")))
    assert data.posts["time"].dt.hour.tolist() == [4]
    assert data.report.files[0].warnings == ("time zone assumed to be Asia/Almaty: 1",)


def test_a_page_id_that_lost_digits_gives_way_to_the_user_name(given):
    data = load(given("a.csv", HEADER + post(number="1.00044E+16")))
    assert data.posts["account"].tolist() == ["facebook:@primer.akimat"]
    assert data.report.files[0].warnings == ("id precision lost: 1",)


def test_posts_go_by_their_address_where_it_has_no_number(given):
    rows = post(url="https://www.facebook.com/primer.akimat/live/") + post(url="")
    data = load(given("a.csv", HEADER + rows))
    assert data.posts["post"].tolist() == ["facebook:https://www.facebook.com/primer.akimat/live"]
    assert [reason for _, reason, _ in rejected(data)] == ["no post id"]


def test_a_group_is_the_author_of_what_is_posted_in_it(given, triples):
    header = HEADER.replace("Page Name", "Group Name").replace("Followers", "Likes")
    row = post(
        name="",
        number="70003",
        url="https://www.facebook.com/groups/70003/permalink/5",
        link="https://www.facebook.com/primer.news/posts/9",
    )
    data = load(given("a.csv", header + row))
    assert triples(data) == [("facebook:70003", "facebook:@primer.news", "repost")]
    assert data.ties["content"].tolist() == ["facebook:5"]


def test_captions_on_instagram_mention(samples, triples):
    data = load(samples / "crowdtangle" / "instagram.csv")
    assert triples(data) == [("instagram:@primer_blogger", "instagram:@primer_akimat", "mention")]
    assert data.posts["post"].tolist() == ["instagram:CZ_primer1"]
    assert data.accounts.set_index("account")["followers"]["instagram:@primer_blogger"] == 1000


def test_a_mail_address_in_a_caption_is_no_mention(samples, given):
    text = (samples / "crowdtangle" / "instagram.csv").read_text(encoding="utf-8")
    data = load(given("a.csv", text.replace("Рахмет @primer_akimat", "mail@primer.kz")))
    assert data.ties.empty


def test_part_of_the_columns_is_not_crowdtangle(given):
    with pytest.raises(FormatError, match=r"not the columns of CrowdTangle's posts"):
        load(given("a.csv", "Page Name,URL\nx,https://a\n"))
