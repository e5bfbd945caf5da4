"""Apify's Instagram scrapers: the same posts nested in JSON and flat in CSV."""

import json
from typing import Any

import pytest

from kznet.errors import FormatError
from kznet.loaders import FORMATS, Options, load
from kznet.loaders._source import Source

POST = {
    "shortCode": "CZ_primer1",
    "ownerId": "5550001",
    "ownerUsername": "primer_blogger",
    "timestamp": "2022-01-05T04:01:00.000Z",
    "caption": "",
}
PROFILE = {
    "id": "5550001",
    "username": "primer_blogger",
    "fullName": "Пример",
    "biography": "Блог",
    "externalUrl": "https://example.org",
    "followersCount": 1200,
    "followsCount": 3,
    "verified": True,
}
HEADER = "caption,error,ownerId,ownerUsername,shortCode,timestamp,url"


def test_a_post_mentions_those_it_names_tags_and_was_written_with(samples, triples):
    data = load(samples / "apify_instagram" / "instagram_posts.json")
    assert triples(data) == [
        ("instagram:5550001", "instagram:5550002", "mention"),
        ("instagram:5550001", "instagram:5550003", "mention"),
        ("instagram:5550001", "instagram:@primer_akimat", "mention"),
    ]
    post = data.posts.iloc[0]
    assert (post["post"], post["account"]) == ("instagram:CZ_primer1", "instagram:5550001")
    assert str(post["time"]) == "2022-01-05 04:01:00+00:00"


def test_what_the_scraper_did_not_find_is_set_aside_in_its_words(samples):
    report = load(samples / "apify_instagram" / "instagram_posts.json").report
    assert dict(report.files[0].rejected) == {"the scraper says: no_items": 1}
    assert report.rejected[["line", "value"]].values.tolist() == [
        ["item 2", "https://www.instagram.com/zzz"]
    ]
    assert report.files[0].warnings == (
        "comments listed with a post are its last few: not read: 1",
    )


def test_flat_tables_say_the_same_in_columns(samples, triples):
    data = load(samples / "apify_instagram" / "instagram_posts_flat.csv")
    assert triples(data) == [
        ("instagram:5550001", "instagram:@primer_akimat", "mention"),
        ("instagram:5550001", "instagram:@primer_news", "mention"),
    ]
    assert data.ties["content"].unique().tolist() == ["instagram:CZ_primer1"]
    handles = data.accounts.set_index("account")["handle"]
    assert handles["instagram:5550001"] == "primer_blogger"


def test_both_shapes_of_the_same_posts_meet(samples, triples):
    folder = samples / "apify_instagram"
    alone = load(folder / "instagram_posts.json")
    both = load([folder / "instagram_posts.json", folder / "instagram_posts_flat.csv"])
    assert sorted(triples(both)) == sorted(triples(alone))
    assert len(both.posts) == 1


def test_items_may_come_one_a_line(given):
    lines = [POST, {**POST, "shortCode": "B"}]
    data = load(given("a.jsonl", "\n".join(map(json.dumps, lines)) + '\n{"shortCode": '))
    assert sorted(data.posts["post"]) == ["instagram:B", "instagram:CZ_primer1"]
    assert list(data.report.rejected["line"]) == ["item 3"]


def test_those_tagged_in_any_picture_of_a_post_are_mentioned(given, triples):
    child = {"taggedUsers": [{"id": "5550002", "username": "primer_news"}]}
    data = load(given("a.json", [{**POST, "childPosts": [child, None]}]))
    assert triples(data) == [("instagram:5550001", "instagram:5550002", "mention")]


def test_profiles_are_accounts_and_bring_their_latest_posts(given, triples):
    latest = {**POST, "caption": "@primer_news"}
    data = load(given("a.json", [{**PROFILE, "latestPosts": [latest]}]))
    row = data.accounts.set_index("account").loc["instagram:5550001"]
    assert (row["handle"], row["name"], row["followers"]) == ("primer_blogger", "Пример", 1200)
    assert (row["bio"], row["url"], row["verified"]) == ("Блог", "https://example.org", True)
    assert triples(data) == [("instagram:5550001", "instagram:@primer_news", "mention")]


def test_profiles_may_be_flat_too(given):
    header = "biography,error,followersCount,followsCount,fullName,id,url,username,verified"
    rows = [
        'Блог,,"1,200",3,Пример,5550001.0,,Primer_Blogger,true',
        ",,-1,0,,,,primer_news,",
        ",not_found,,,,,https://www.instagram.com/zzz,,",
        ",,5,6,,,https://www.instagram.com/yyy,,",
    ]
    data = load(given("a.csv", "\n".join([header, *rows])))
    accounts = data.accounts.set_index("account")
    assert list(accounts.index) == ["instagram:5550001", "instagram:@primer_news"]
    assert accounts["followers"].tolist()[0] == 1200
    assert accounts["followers"].isna().tolist() == [False, True]
    assert data.report.rejected[["line", "reason"]].values.tolist() == [
        ["4", "the scraper says: not_found"],
        ["5", "a profile without number and name"],
    ]
    assert data.report.files[0].rows == 4


def test_a_number_that_lost_its_digits_gives_way_to_the_name(given, triples):
    row = '"@primer_news",,1.7841400000000001e+23,primer_blogger,A,2022-01-05T04:01:00.000Z,'
    data = load(given("a.csv", f"{HEADER}\n{row}\n"))
    assert triples(data) == [("instagram:@primer_blogger", "instagram:@primer_news", "mention")]
    assert data.report.files[0].warnings == ("id precision lost: 1",)


def test_columns_of_lists_and_captions_are_read_together(given, triples):
    header = (
        "caption,childPosts/0/taggedUsers/1/username,coauthorProducers/0/id,"
        "coauthorProducers/0/username,latestComments/0/id,mentions/0,mentions/1,"
        "ownerUsername,shortCode,timestamp"
    )
    stamp = "2022-01-05T04:01:00.000Z"
    rows = [
        f'"@b, @c. a@d.kz",e,7,f,1,b,G,me,A,{stamp}',
        f",,,,,,,me,B,{stamp}",
        f"@b,,,,,b,,me,C,{stamp}",
    ]
    data = load(given("a.csv", "\n".join([header, *rows])))
    found = [(row["content"][-1], row["target"]) for _, row in data.ties.iterrows()]
    names = ["7", "@b", "@c", "@e", "@g"]
    assert sorted(found) == [("A", f"instagram:{name}") for name in names] + [("C", "instagram:@b")]
    assert data.report.files[0].warnings == (
        "comments listed with a post are its last few: not read: 1",
    )


def test_rows_that_are_no_posts_are_set_aside(given):
    rows = [
        ",,5550001,me,A,2022-01-05T04:01:00.000Z,",
        ",no_items,,,,,https://www.instagram.com/zzz",
        ",,5550001,me,,2022-01-05T04:01:00.000Z,",
        ",,,-,B,2022-01-05T04:01:00.000Z,",
        ",,5550001,me,C,soon,",
        "too,short",
    ]
    report = load(given("a.csv", "\n".join([HEADER, *rows]))).report
    assert sorted(report.rejected[["line", "reason"]].values.tolist()) == [
        ["3", "the scraper says: no_items"],
        ["4", "no post id"],
        ["5", "no author"],
        ["6", "time not understood"],
        ["7", "7 columns expected, 2 found"],
    ]
    assert report.files[0].rows == 6


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"url": "https://www.instagram.com/a"}, "neither a post nor a profile"),
        (None, "neither a post nor a profile"),
        ({**POST, "shortCode": None}, "no post id"),
        ({**POST, "ownerId": None, "ownerUsername": "-"}, "no author"),
        ({**PROFILE, "id": 0, "username": None}, "a profile without number and name"),
    ],
)
def test_items_that_are_no_posts_are_set_aside(given, item, reason):
    report = load(given("a.json", [POST, item])).report
    assert (report.files[0].rows, dict(report.files[0].rejected)) == (2, {reason: 1})


def test_the_shortcode_may_stand_in_the_address_alone(given):
    url = "https://www.instagram.com/primer_blogger/reel/CZ_primer9/"
    data = load(given("a.json", [{**POST, "shortCode": "", "url": url}]))
    assert data.posts["post"].tolist() == ["instagram:CZ_primer9"]


@pytest.mark.parametrize(
    "odd",
    [
        {"mentions": [None, 5, {"a": 1}, "two words"]},
        {"taggedUsers": {"0": 1}, "coauthorProducers": ["a", {"username": 5.5}]},
        {"caption": ["@a"], "ownerUsername": {"a": 1}},
        {"childPosts": 5, "latestComments": "many"},
    ],
)
def test_fields_of_the_wrong_kind_break_nothing(given, odd: dict[str, Any]):
    source = Source(given("a.json", [POST, {**POST, **odd}]), "a.json")
    part = FORMATS["apify_instagram"](source, Options())
    assert (part.rows, part.used) == (2, 2)


@pytest.mark.parametrize(
    "other",
    [
        [{"id": "1", "url": "https://www.tiktok.com/@a", "error": "not_found"}],
        [{"handle": "a", "followersCount": 5, "followsCount": 6}],
        [{"username": "a", "followersCount": 5}],
        "shortCode,likes\nA,5\n",
    ],
)
def test_what_other_scrapers_give_is_not_recognised(given, other):
    with pytest.raises(FormatError, match="'apify_instagram': neither posts with shortCode"):
        load(given("a.json", other), format="apify_instagram")
