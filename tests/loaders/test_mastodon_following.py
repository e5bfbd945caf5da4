"""Mastodon's list of followed accounts, which does not say whose it is."""

import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import Options, load
from kznet.loaders._formats import FORMATS
from kznet.loaders._options import DEFAULTS
from kznet.loaders._owner import AS_GIVEN
from kznet.loaders._source import Source
from kznet.loaders.mastodon_following import OWNER

GOV = "mastodon:@gov@other.test"
HEADER = "Account address,Show boosts,Notify on new posts,Languages\n"
ME = Options(source_account="@Me@m.test")


def test_the_owner_follows_each_address(samples, triples):
    path = samples / "mastodon_following" / "following_accounts.csv"
    data = load(path, options=ME)
    assert triples(data) == [("mastodon:@me@m.test", GOV, "follow")]
    assert data.report.files[0].warnings == (AS_GIVEN,)


@pytest.mark.parametrize("given_as", ["me@m.test", "mastodon:@me@m.test", "https://m.test/@Me"])
def test_the_owner_may_be_named_in_several_ways(samples, triples, given_as):
    path = samples / "mastodon_following" / "following_accounts.csv"
    data = load(path, options=Options(source_account=given_as))
    assert triples(data) == [("mastodon:@me@m.test", GOV, "follow")]


def test_the_owner_may_stand_in_another_file_of_the_archive(samples, triples):
    path = samples / "mastodon_following" / "following_accounts.csv"
    for name in ("actor.json", "outbox.json"):
        data = load([path, samples / "mastodon_outbox" / name])
        assert ("mastodon:@primer@m.test", GOV, "follow") in triples(data)
        assert not data.accounts["account"].str.startswith(OWNER).any()


def test_without_an_owner_the_list_is_refused_in_words(samples):
    with pytest.raises(DataError, match=r"--source-account"):
        load(samples / "mastodon_following" / "following_accounts.csv")


def test_until_the_other_files_are_there_a_stand_in_follows(samples):
    path = samples / "mastodon_following" / "following_accounts.csv"
    part = FORMATS["mastodon_following"](Source(path, path.name), DEFAULTS)
    assert list(part.ties["source"]) == [OWNER]


def test_addresses_are_lowered_and_profiles_are_addresses(given, triples):
    rows = "@Gov@Other.test,true,false,\nhttps://other.test/users/Dos,true,false,\n"
    data = load(given("f.csv", HEADER + rows), options=ME)
    assert [target for _, target, _ in triples(data)] == ["mastodon:@dos@other.test", GOV]


def test_rows_without_an_address_are_set_aside(given):
    rows = 'gov@other.test,true,false,"kk,ru"\n,true,false,\nlocal,true,false,\n-,,,\n'
    data = load(given("f.csv", "\ufeff" + HEADER + rows), options=ME)
    assert len(data.ties) == 1
    rejected = data.report.rejected
    assert list(rejected["reason"]) == ["not an account address"] * 3
    assert list(rejected["line"]) == ["3", "4", "5"]
    assert list(rejected["value"]) == ["", "local", ""]


def test_a_repeated_follow_counts_once_and_an_own_direction_of_lists_is_kept(given, triples):
    path = given("f.csv", HEADER + "gov@other.test,true,,\ngov@other.test,true,,\n")
    turned = Options(source_account="me@m.test", direction="influence", platform="x")
    data = load(path, options=turned)
    assert triples(data) == [("mastodon:@me@m.test", GOV, "follow")]
    assert data.report.files[0].rejected == {"repeated follow": 1}


def test_a_list_of_the_muted_is_no_list_of_the_followed(given):
    path = given("muted.csv", "Account address,Hide notifications\ngov@other.test,true\n")
    with pytest.raises(FormatError):
        load(path, format="mastodon_following")


def test_an_empty_list_has_no_rows(given):
    data = load([given("f.csv", HEADER), given("e.csv", "source,target\nx:a,x:b\n")], options=ME)
    assert data.report.files[0].rows == 0
