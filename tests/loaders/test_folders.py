"""Folders of mixed files, and the report of what was read."""

import hashlib

import pytest

from kznet.errors import DataError
from kznet.loaders import Options, load


def test_files_of_a_folder_are_each_recognised_and_named_from_it(given, tmp_path, samples):
    given("in/deep/shares.csv", (samples / "coortweet" / "shares.csv").read_bytes())
    given("in/edges.csv", "source,target\nx:b,x:a\n")
    given("in/photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    given("in/broken.json", '{"messages": [')
    given("in/empty.csv", "")
    given("in/.hidden", "source,target\nx:q,x:r\n")
    data = load(tmp_path / "in")
    assert [file.name for file in data.report.files] == ["deep/shares.csv", "edges.csv"]
    rejected = data.report.rejected.set_index("file")["reason"].to_dict()
    assert rejected["empty.csv"] == "the file is empty"
    assert rejected["broken.json"].startswith("broken JSON at line 1")
    assert data.report.warnings[0] == "pictures, films and other files that hold no ties: 1"
    assert data.report.warnings[1].startswith("files that were not read: 2: ")
    assert str(tmp_path) not in repr(data.report)


def test_a_folder_with_nothing_to_read_is_an_error(given, tmp_path):
    given("in/notes.txt", "words\n")
    with pytest.raises(DataError, match=r"nothing to read among 1 files: notes.txt"):
        load(tmp_path / "in")


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(DataError, match="nothing to read"):
        load(tmp_path)


def test_files_of_one_name_are_told_apart_by_their_folder(given):
    one = given("first/a.csv", "source,target\nx:b,x:a\n")
    two = given("second/a.csv", "source,target\nx:c,x:a\n")
    names = [file.name for file in load([one, two]).report.files]
    assert names == ["first/a.csv", "second/a.csv"]


def test_a_path_may_be_a_text_or_stand_alone(given, triples):
    path = given("a.csv", "source,target\nx:b,x:a\n")
    assert triples(load(str(path))) == triples(load(path)) == triples(load([str(path)]))


def test_the_report_says_what_a_file_gave(given):
    text = "source,target,kind,time\nx:b,x:a,repost,2022-01-05T04:01:00Z\nx:b,x:a,RT,1641355200\n"
    path = given("a.csv", text)
    report = load(path).report.files[0]
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (report.rows, report.accounts, dict(report.ties)) == (2, 2, {"repost": 2})
    assert (report.first, report.last) == ("2022-01-05T04:00:00Z", "2022-01-05T04:01:00Z")


def test_progress_is_told_in_bytes(given):
    told = []
    one = given("a.csv", "source,target\nx:b,x:a\n")
    two = given("b.csv", "source,target\nx:b,x:c\n")
    load([one, two], options=Options(progress=lambda *step: told.append(step)))
    size = one.stat().st_size
    names, done, total = zip(*told, strict=True)
    assert list(dict.fromkeys(names)) == ["a.csv", "b.csv"]
    assert set(total) == {2 * size}
    assert list(done) == sorted(done)
    assert done[-1] == 2 * size
