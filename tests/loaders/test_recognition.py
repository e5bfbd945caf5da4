"""Every format is known by its content, whatever the file is called."""

from pathlib import Path

import pytest

from kznet.errors import DataError, FormatError, UnknownNameError
from kznet.loaders import FORMATS, load
from kznet.registry import meaning

SAMPLES = [
    ("edges/gephi_edges.csv", "edges"),
    ("edges/gephi_edges_semicolon.csv", "edges"),
    ("edges/gephi_nodes.csv", "edges"),
    ("coortweet/shares.csv", "coortweet"),
    ("graphml/sample.graphml", "graphml"),
    ("gexf/sample.gexf", "gexf"),
    ("tables/accounts.csv", "tables"),
    ("tables/ties.csv", "tables"),
    ("tables/posts.csv", "tables"),
    ("telegram_desktop/result_channel.json", "telegram_desktop"),
    ("telegram_desktop/result_full_account.json", "telegram_desktop"),
    ("telegram_desktop/result_legacy.json", "telegram_desktop"),
    ("x_v2/search_page.json", "x_v2"),
    ("x_v2/following_page.json", "x_v2"),
    ("x_v2/flattened.jsonl", "x_v2"),
]


@pytest.mark.parametrize(("sample", "format_name"), SAMPLES)
def test_a_format_is_known_by_content_alone(samples, given, sample, format_name):
    path = given("export.bin", (samples / sample).read_bytes())
    assert [file.format for file in load(path).report.files] == [format_name]


@pytest.mark.parametrize(("sample", "format_name"), SAMPLES)
def test_every_format_is_read_packed(samples, given, sample, format_name):
    plain = load(samples / sample)
    packed = load(given("export.gz", (samples / sample).read_bytes()))
    assert packed.ties.equals(plain.ties)
    assert [file.format for file in packed.report.files] == [format_name]


def test_every_format_has_a_sample_and_says_what_it_is():
    assert set(FORMATS) == {name for _, name in SAMPLES}
    assert all(len(meaning(loader)) > 20 for loader in FORMATS.values())


def test_the_report_says_by_what_a_file_was_recognised(samples):
    why = load(samples / "coortweet" / "shares.csv").report.files[0].recognised_by
    assert why == "columns object_id, account_id, content_id, timestamp_share"


def test_an_unknown_file_lists_what_was_tried_and_why_not(given):
    path = given("notes.txt", "just some words\nand more\n")
    with pytest.raises(FormatError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith("notes.txt: no known format. Tried:\n")
    for line in (
        "coortweet: no column object_id",
        "graphml: not XML",
        "telegram_desktop: not JSON",
        "edges: no source and target columns; found just some words",
    ):
        assert f"  {line}" in message
    assert len(message.splitlines()) == 1 + len(FORMATS)


def test_a_format_that_is_asked_for_must_fit(samples):
    with pytest.raises(FormatError, match=r"shares.csv: not of format 'gexf': not XML"):
        load(samples / "coortweet" / "shares.csv", format="gexf")


def test_a_format_that_is_asked_for_is_used(given):
    path = given("ties.csv", "source,target,kind,time,post\nx:a,x:b,follow,,\n")
    assert load(path).report.files[0].format == "tables"
    assert load(path, format="edges").report.files[0].format == "edges"


def test_a_misspelt_format_gets_a_suggestion(samples):
    with pytest.raises(UnknownNameError, match="Did you mean 'edges'"):
        load(samples / "edges" / "gephi_edges.csv", format="edgs")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_named(given, content):
    with pytest.raises(DataError, match=r"^a.csv: the file is empty$"):
        load(given("a.csv", content))


def test_a_missing_path_is_named(tmp_path: Path):
    with pytest.raises(DataError, match=r"nowhere.csv: no such file or folder"):
        load(tmp_path / "nowhere.csv")


def test_no_path_at_all_is_an_error():
    with pytest.raises(DataError, match="nothing to read"):
        load([])


def test_broken_json_says_where(given):
    with pytest.raises(DataError, match=r"result.json: broken JSON at line 3 column 1"):
        load(given("result.json", '{\n "messages": [\n'))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[" * 200_000, "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "broken JSON"),
        ('{"a": "b}', "broken JSON at line 1"),
    ],
)
def test_hostile_json_is_an_error_in_words(given, content, words):
    with pytest.raises(DataError, match=words):
        load(given("a.json", content))


def test_a_packed_file_cut_short_is_an_error_in_words(samples, given, tmp_path):
    whole = given("a.csv.gz", (samples / "edges" / "gephi_edges.csv").read_bytes()).read_bytes()
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"cut.csv.gz: cannot be read"):
        load(tmp_path / "cut.csv.gz")


def test_broken_parquet_is_an_error_in_words(given):
    with pytest.raises(DataError, match=r"ties.parquet: broken Parquet"):
        load(given("ties.parquet", b"PAR1 and nothing else PAR1"))


def test_a_binary_file_is_of_no_format(given):
    with pytest.raises(FormatError, match="edges: not a table"):
        load(given("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x02"))
