"""Every format is known by its content, whatever the file is called."""

import re
from pathlib import Path

import pytest

from kznet.errors import DataError, FormatError, UnknownNameError
from kznet.loaders import FORMATS, Options, load
from kznet.loaders._formats import GENERAL, claims, recognised
from kznet.loaders._source import Source
from kznet.registry import meaning

DATA = Path(__file__).resolve().parent.parent / "data"
SAMPLES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file())
OWNERS = {
    "instagram_export": "primer_blogger",
    "mastodon_following": "primer@primer.test",
    "tgstat/channels_mentions.json": "telegram:channel1500000001",
    "tiktok_research": "primer",
    "vk": "id7",
    "vk/groups_getMembers.json": "club7",
    "x_archive": "17",
}
LEFT_OUT = {"youtube/subscription_zero.json", "instaloader/post.json.xz"}


def format_of(sample):
    """The format of a sample is the name of its folder."""
    return sample.partition("/")[0]


def options_for(sample):
    return Options(source_account=OWNERS.get(sample, OWNERS.get(format_of(sample))))


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_format_is_known_by_content_alone(given, sample):
    source = Source(given("export.bin", (DATA / sample).read_bytes()), "export.bin")
    assert recognised(source)[0] == format_of(sample)


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_two_particular_formats_claim_one_file(sample):
    source = Source(DATA / sample, sample)
    fits = [name for name in FORMATS if claims(source, name)]
    assert len(fits) == (format_of(sample) not in GENERAL)


@pytest.mark.parametrize("sample", sorted({*SAMPLES} - LEFT_OUT))
def test_every_format_is_read_packed(given, sample):
    options = options_for(sample)
    plain = load(DATA / sample, options=options)
    name = f"{Path(sample).name}.gz"
    packed = load(given(name, (DATA / sample).read_bytes()), options=options)
    assert packed.ties.equals(plain.ties)
    assert len(plain.ties) + len(plain.posts) + len(plain.accounts)
    file = plain.report.files[0]
    assert 0 < file.used <= file.rows


def test_every_format_has_a_sample_and_says_what_it_is():
    assert set(FORMATS) == {format_of(sample) for sample in SAMPLES}
    assert all(len(meaning(loader)) > 20 for loader in FORMATS.values())


def test_the_report_says_by_what_a_file_was_recognised(samples):
    why = load(samples / "coortweet" / "shares.csv").report.files[0].recognised_by
    assert why == "columns object_id, account_id, content_id, timestamp_share"


def test_an_unknown_file_lists_what_was_tried_and_why_not(given):
    path = given("notes.txt", "just some words\nand more\n")
    with pytest.raises(FormatError) as caught:
        load(path)
    message = str(caught.value)
    plain = "no source and target columns; found just some words"
    assert message.startswith(f"notes.txt: no known format ({plain}). Tried:\n")
    for line in (
        "no column object_id, account_id, content_id, timestamp_share: coortweet",
        "no source and target columns; found just some words: edges",
    ):
        assert f"  {line}" in message
    assert re.search(r"  not JSON: .*telegram_desktop.*x_v2", message)
    listed = {
        name for line in message.splitlines()[1:] for name in line.rpartition(": ")[2].split(", ")
    }
    assert listed == set(FORMATS)


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
    with pytest.raises(FormatError, match=r"not a table: .*edges"):
        load(given("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x02"))
