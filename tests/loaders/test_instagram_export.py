"""Instagram's own export: lists whose owner stands in another file."""

from typing import Any

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import FORMATS, Options, load
from kznet.loaders._owner import AS_GIVEN, stand_in
from kznet.loaders._source import Source

ME = Options(source_account="@Me.Primer")
OWNER = stand_in("instagram")


def entry(**said: Any) -> dict[str, Any]:
    """One account of a list."""
    return {"title": "", "media_list_data": [], "string_list_data": [said]}


def ends(path: Any) -> list[tuple[str, str]]:
    """Source and target of the ties of one file, before others are there."""
    part = FORMATS["instagram_export"](Source(path, path.name), Options())
    return list(zip(part.ties["source"], part.ties["target"], strict=True))


def test_the_owner_of_a_folder_stands_in_one_of_its_files(samples, triples):
    data = load(samples / "instagram_export", options=Options())
    follows = sorted(set(triples(data)))
    assert follows == [
        ("instagram:@me.primer", "instagram:@primer_akimat", "follow"),
        ("instagram:@me.primer", "instagram:@primer_news", "follow"),
        ("instagram:@primer_akimat", "instagram:@me.primer", "follow"),
        ("instagram:@primer_blogger", "instagram:@me.primer", "follow"),
    ]
    owner = data.accounts.set_index("account").loc["instagram:@me.primer"]
    assert (owner["handle"], owner["name"]) == ("me.primer", "Айгерим")
    assert not data.accounts["account"].str.startswith(OWNER).any()


def test_followers_follow_the_account_that_is_given_since(samples, triples):
    data = load(samples / "instagram_export" / "followers_1.json", options=ME)
    assert triples(data) == [
        ("instagram:@primer_akimat", "instagram:@me.primer", "follow"),
        ("instagram:@primer_blogger", "instagram:@me.primer", "follow"),
    ]
    assert str(data.ties["time"].min()) == "2025-01-01 12:00:00+00:00"


def test_a_list_without_its_owner_is_refused_with_a_way_out(samples):
    with pytest.raises(DataError, match=r"does not say whose it is: .*--source-account"):
        load(samples / "instagram_export" / "followers_1.json")


def test_lists_of_two_owners_are_not_mixed(given, samples, triples):
    other = {"profile_user": [{"string_map_data": {"Username": {"value": "other"}}}]}
    folder = samples / "instagram_export"
    names = ["followers_1.json", "personal_information.json"]
    data = load([given("other.json", other), *(folder / name for name in names)])
    assert triples(data) == []
    assert sorted(data.accounts["account"]) == ["instagram:@me.primer", "instagram:@other"]
    assert list(data.report.rejected["value"]) == [
        "instagram:@primer_blogger",
        "instagram:@primer_akimat",
    ]
    assert list(data.report.rejected["line"]) == ["entry 1", "entry 2"]


def test_the_owner_may_be_known_by_number_from_another_file(given, samples, triples):
    profile = {"pk": "5550009", "username": "me.primer"}
    post = {"node": {"shortcode": "A", "owner": profile}, "instaloader": {"node_type": "Post"}}
    data = load([samples / "instagram_export", given("post.json", post)])
    assert {source for source, *_ in triples(data)} >= {"instagram:5550009"}


def test_followings_run_from_the_owner(samples):
    folder = samples / "instagram_export"
    assert ends(folder / "following.json") == [
        (OWNER, "instagram:@primer_news"),
        (OWNER, "instagram:@primer_akimat"),
    ]


def test_a_list_of_followers_may_stand_under_a_key(given):
    path = given("followers.json", {"relationships_followers": [entry(value="primer_news")]})
    assert ends(path) == [("instagram:@primer_news", OWNER)]


def test_exports_before_2021_are_read(samples):
    path = samples / "instagram_export" / "connections.json"
    assert ends(path) == [
        (OWNER, "instagram:@primer_news"),
        ("instagram:@primer_blogger", OWNER),
    ]


def test_times_without_a_zone_in_old_exports_are_utc(given):
    old = {"following": {"primer_news": "2018-01-01T10:00:00"}, "followers": {}}
    data = load(given("connections.json", old), options=ME)
    assert str(data.ties["time"].iloc[0]) == "2018-01-01 10:00:00+00:00"
    assert data.report.files[0].warnings == (AS_GIVEN,)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Primer_News", {"href": "https://www.instagram.com/_u/primer_news"}),
        ("", {"value": "primer_news", "href": "https://www.instagram.com/primer_news"}),
        ("", {"href": "https://www.instagram.com/_u/primer_news"}),
        ("Пример жаңалықтары", {"href": "https://www.instagram.com/primer_news/?hl=kk"}),
    ],
)
def test_an_account_stands_in_the_title_the_value_or_the_link(given, title, said):
    listed = {"relationships_following": [{**entry(**said), "title": title}]}
    assert ends(given("following.json", listed)) == [(OWNER, "instagram:@primer_news")]


@pytest.mark.parametrize("stamp", [0, None, -1, "x" * 0])
def test_a_follow_without_a_time_is_a_follow(given, stamp):
    path = given("followers_2.json", [entry(value="primer_news", timestamp=stamp)])
    data = load(path, options=ME)
    assert data.ties["time"].isna().tolist() == [True]


@pytest.mark.parametrize(
    ("listed", "reason"),
    [
        (entry(value="__deleted__6a1"), "a deleted account"),
        (entry(value="two words"), "no user name"),
        (entry(value=["a"], timestamp={}), "no user name"),
        ({"string_list_data": []}, "no user name"),
        (None, "no user name"),
        (entry(value="a", timestamp="soon"), "time not understood"),
    ],
)
def test_an_entry_that_names_nobody_is_set_aside(given, listed, reason):
    path = given("followers_1.json", [entry(value="primer_news"), listed])
    report = load(path, options=ME).report
    assert (report.files[0].rows, dict(report.files[0].rejected)) == (2, {reason: 1})
    assert list(report.rejected["line"]) == ["entry 2"]


def test_private_lists_are_set_aside_and_their_names_not_repeated(given):
    listed = {"relationships_blocked_users": [entry(value="primer_private")]}
    old = {
        "following": {"primer_news": "2019-01-01T10:00:00+00:00"},
        "followers": {},
        "close_friends": {"primer_private": "2019-01-01T10:00:00+00:00"},
    }
    paths = [given("blocked_profiles.json", listed), given("connections.json", old)]
    data = load(paths, options=ME)
    assert "primer_private" not in repr(data.report)
    assert "instagram:@primer_private" not in set(data.accounts["account"])
    assert set(data.report.rejected["reason"]) == {
        "neither followers nor followings: relationships_blocked_users",
        "neither followers nor followings: close_friends",
    }


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Username", "Name"), ("Имя пользователя", "Имя"), ("Пайдаланушы аты", "Аты")],
)
def test_the_owner_is_found_in_the_languages_here(given, heading, name):
    broken = {
        each.encode().decode("latin-1"): {"value": value.encode().decode("latin-1")}
        for each, value in ((heading, "Me.Primer"), (name, "Әсел"))
    }
    data = load(given("p.json", {"profile_user": [{"string_map_data": broken}]}))
    row = data.accounts.iloc[0]
    assert (row["account"], row["name"]) == ("instagram:@me.primer", "Әсел")


def test_a_name_that_is_well_written_stays_as_it_is(given):
    said = {"Username": {"value": "me"}, "Name": {"value": "Zoé Әсел"}, "Email": {"value": "m@e"}}
    data = load(given("p.json", {"profile_user": [{"string_map_data": said}]}))
    assert data.accounts["name"].tolist() == ["Zoé Әсел"]
    assert "m@e" not in repr(data)


def test_the_profile_of_an_old_export_names_its_owner(given):
    old = {"username": "me", "name": "Я", "profile_pic_url": "…", "date_joined": "2013-01-01"}
    assert load(given("profile.json", old)).accounts["account"].tolist() == ["instagram:@me"]


def test_an_owner_under_an_unknown_heading_is_said(given):
    path = given("p.json", {"profile_user": [{"string_map_data": {"Nutzername": {"value": "me"}}}]})
    with pytest.raises(DataError, match="no user name of the owner under a heading"):
        load(path)


@pytest.mark.parametrize(
    "other",
    [
        {"text_post_app_text_post_app_followers": [entry(value="primer_news")]},
        [entry(href="https://www.threads.net/@primer_news", value="primer_news")],
        {"likes_media_likes": [entry(href="https://www.instagram.com/p/A/", value="…")]},
        [entry(href="https://www.instagram.com/p/A/", value="…")],
        [{"media_list_data": [], "string_map_data": {"Comment": {"value": "…"}}}],
        {"participants": [{"name": "Я"}], "messages": [], "title": "…"},
        {"followers": {"count": 5}, "following": {"count": 7}},
    ],
)
def test_other_files_of_an_export_are_not_recognised(given, other):
    with pytest.raises(FormatError, match="'instagram_export': no list of accounts"):
        load(given("other.json", other), format="instagram_export")
