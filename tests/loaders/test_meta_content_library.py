"""The Meta Content Library's tables: posts under ids of its own."""

import pytest

from kznet.loaders import Options, load

HEADER = (
    "id,creation_time,text,lang,post_owner.id,post_owner.name,post_owner.username,surface.id,"
    "shared_post_id,link_attachment.link\n"
)
TIME = "2024-01-05T04:01:00+00:00"


def post(number, *, owner="11", name="primer.akimat", surface="11", shared="", time=TIME):
    return f"{number},{time},мәтін,kk,{owner},Акимат,{name},{surface},{shared},https://a.kz\n"


def test_a_shared_post_is_reposted_by_its_own_id(samples, triples):
    data = load(samples / "meta_content_library" / "facebook_posts.csv")
    assert triples(data) == [("facebook:@primer.akimat", None, "repost")]
    tie = data.ties.iloc[0]
    assert (tie["post"], tie["content"]) == ("facebook:963780000000000", "facebook:963780000000001")
    assert data.accounts["name"].tolist() == ["Пример Акимат"]


def test_the_owner_of_a_shared_post_is_found_in_the_data(given, triples):
    rows = post("1") + post("2", owner="12", name="", surface="12", shared="1")
    data = load(given("a.csv", HEADER + rows))
    assert triples(data) == [("facebook:12", "facebook:@primer.akimat", "repost")]
    own = data.posts.set_index("post").loc["facebook:1"]
    assert (own["text"], own["lang"], own["links"]) == ("мәтін", "kk", "https://a.kz")


def test_a_post_on_the_page_of_another_is_counted_and_no_tie(given):
    data = load(given("a.csv", HEADER + post("1", surface="99") + post("2", surface="")))
    assert data.ties.empty
    assert data.report.files[0].warnings == ("posts on a page or in a group of another, no tie: 1",)


@pytest.mark.parametrize("time", ["2024-01-05 04:01:00", "2024-01-05T04:01:00", TIME])
def test_times_without_a_zone_are_in_utc(given, time):
    data = load(given("a.csv", HEADER + post("1", time=time)))
    assert str(data.posts["time"][0]) == "2024-01-05 04:01:00+00:00"
    assert data.report.files[0].warnings == ()


def test_ids_with_a_fraction_are_mended_and_lost_ones_are_none(given, triples):
    rows = post("1.0") + post("2", owner="12.0", name="", surface="12", shared="1.0")
    lost = post("3", owner="9.06E+17", shared="9.06E+17")
    data = load(given("a.csv", HEADER + rows + lost))
    assert triples(data) == [("facebook:12", "facebook:@primer.akimat", "repost")]
    assert list(data.report.rejected["reason"]) == [
        "a repost that names neither its author nor the post"
    ]
    assert "id precision lost: 2" in data.report.files[0].warnings


def test_without_columns_of_facebook_it_is_instagram(given):
    header = "id,creation_time,text,post_owner.id,post_owner.username,statistics.like_count\n"
    path = given("a.csv", header + f"1,{TIME},@someone,11,Primer_News,-1\n")
    assert load(path).posts["account"].tolist() == ["instagram:@primer_news"]
    named = load(path, options=Options(platform="threads"))
    assert named.posts["account"].tolist() == ["threads:@primer_news"]
    assert named.ties.empty


def test_rows_without_owner_id_or_time_are_set_aside(given):
    rows = post("1") + post("2", owner="", name="") + post("", owner="13") + post("4", time="soon")
    data = load(given("a.csv", HEADER + rows))
    assert list(data.report.rejected["reason"]) == [
        "no author",
        "no post id",
        "time not understood",
    ]
