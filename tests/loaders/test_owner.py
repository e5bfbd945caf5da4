"""Lists of an export are put under the account whose export it is."""

import pytest

from kznet.errors import DataError
from kznet.loaders import Options, load
from kznet.loaders._owner import AS_GIVEN

FOLLOWING = 'window.YTD.following.part0 = [{"following": {"accountId": "%s"}}]'
ACCOUNT = 'window.YTD.account.part0 = [{"account": {"accountId": "%s", "username": "%s"}}]'


def export(given, folder, owner, followed):
    given(f"in/{folder}/data/account.js", ACCOUNT % (owner, f"primer_{owner}"))
    return given(f"in/{folder}/data/following.js", FOLLOWING % followed).parents[2]


def test_the_owner_is_named_by_another_file_of_the_export(given, triples):
    assert triples(load(export(given, "mine", "17", "42"))) == [("x:17", "x:42", "follow")]


def test_of_several_exports_each_list_goes_to_its_own_owner(given, triples):
    export(given, "one", "17", "42")
    folder = export(given, "two", "18", "43")
    assert triples(load(folder)) == [("x:17", "x:42", "follow"), ("x:18", "x:43", "follow")]


def test_a_list_whose_owner_nobody_names_is_set_aside_with_the_way_out(given, triples):
    path = given("following.js", FOLLOWING % "42")
    with pytest.raises(DataError, match=r"the list does not say whose it is.*--source-account"):
        load(path)
    given_by_hand = load(path, options=Options(source_account="17"))
    assert triples(given_by_hand) == [("x:17", "x:42", "follow")]


def test_a_list_between_two_owners_is_nobodys(given):
    given("in/a.js", ACCOUNT % ("17", "primer_one"))
    given("in/b.js", ACCOUNT % ("18", "primer_two"))
    report = load(given("in/c.js", FOLLOWING % "42").parent).report
    assert [(file.rows, file.used) for file in report.files] == [(1, 1), (1, 1), (1, 0)]
    assert report.rejected["value"].tolist() == ["x:42"]


def test_posts_of_an_owner_nobody_names_have_no_author(given):
    tweet = '{"tweet": {"id_str": "1", "full_text": "a", "created_at": "%s"}}'
    path = given(
        "tweets.js",
        f"window.YTD.tweets.part0 = [{tweet % 'Wed Jan 05 04:01:00 +0000 2022'}]",
    )
    data = load(path)
    assert data.posts["account"].isna().all()
    assert data.accounts.empty


def test_what_a_file_says_goes_before_what_a_person_says(given, triples):
    folder = export(given, "mine", "17", "42")
    data = load(folder, options=Options(source_account="99"))
    assert triples(data) == [("x:17", "x:42", "follow")]
    alone = load(given("following.js", FOLLOWING % "42"), options=Options(source_account="99"))
    assert alone.report.files[0].warnings == (AS_GIVEN,)


def test_an_account_of_another_platform_is_nobody_here(given):
    path = given("following.js", FOLLOWING % "42")
    with pytest.raises(DataError, match=r"the list does not say whose it is"):
        load(path, options=Options(source_account="vk:club1"))
