"""Ids, platforms and encodings as they come in edge lists."""

from kznet.loaders import Options, load


def test_ids_without_platform_are_kept_under_node(given, triples):
    path = given("a.csv", "source,target\nPrimer,42\n")
    assert triples(load(path)) == [("node:Primer", "node:42", "follow")]


def test_the_user_may_say_the_platform(given):
    path = given("a.csv", "source,target,post\nPrimer,-1001500000002,77\ntg:1,@Handle,x:5\n")
    data = load(path, options=Options(platform="Telegram"))
    assert list(data.accounts["account"]) == [
        "telegram:1",
        "telegram:@handle",
        "telegram:Primer",
        "telegram:channel1500000002",
    ]
    assert list(data.posts["post"]) == ["telegram:77", "x:5"]


def test_links_and_dids_are_no_platforms(given):
    data = load(given("a.csv", "source,target\ndid:plc:abc,https://example.org/a\n"))
    assert list(data.accounts["account"]) == ["node:did:plc:abc", "node:https://example.org/a"]


def test_ids_that_went_through_a_spreadsheet_are_mended_or_said_to_be_lost(given):
    data = load(given("a.csv", "source,target\n1500000002.0,9.06e17\n12e45,007\n"))
    assert list(data.accounts["account"]) == [
        "node:007",
        "node:12e45",
        "node:1500000002",
        "node:9.06e17",
    ]
    assert "id precision lost: 1" in data.report.files[0].warnings


def test_a_file_in_windows_1251_is_read_and_said_to_be(given):
    data = load(given("a.csv", "source,target\nx:Акимат,x:a\n".encode("cp1251")))
    assert "x:Акимат" in set(data.accounts["account"])
    assert "not UTF-8: read as Windows-1251" in data.report.files[0].warnings


def test_a_file_in_utf_16_is_read(given):
    data = load(given("a.csv", "source\ttarget\nx:Әкімдік\tx:a\n".encode("utf-16")))
    assert "x:Әкімдік" in set(data.accounts["account"])
