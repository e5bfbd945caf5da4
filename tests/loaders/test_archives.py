"""Archives are read like folders, and refused where they are not what they seem."""

import bz2
import io
import lzma
import tarfile
import zipfile

import pytest

from kznet.errors import DataError
from kznet.loaders import _archives, _opening, load

EDGES = b"source,target\nx:b,x:a\n"


def zipped(files, **how):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files, mode="w:gz", links=()):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return buffer.getvalue()


MIXED = {
    "posts/edges.csv": EDGES,
    "shares.csv": b"object_id,account_id,content_id,timestamp_share\no1,a1,c1,1641355260\n",
    "photo.jpg": b"\xff\xd8\xff\xe0",
    "notes.txt": b"words\n",
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("export.zip", zipped(MIXED)),
        ("export.tar", tarred(MIXED, "w:")),
        ("export.tar.gz", tarred(MIXED)),
        ("export.tar.xz", tarred(MIXED, "w:xz")),
        ("no_ending", zipped(MIXED)),
    ],
)
def test_each_file_of_an_archive_is_recognised_on_its_own(given, name, content):
    path = given("x", b"").with_name(name)
    path.write_bytes(content)
    report = load(path).report
    assert {file.name: file.format for file in report.files} == {
        f"{name}/posts/edges.csv": "edges",
        f"{name}/shares.csv": "coortweet",
    }
    assert "pictures, films and other files that hold no ties: 1" in report.warnings
    assert report.rejected["file"].tolist() == [f"{name}/notes.txt"]


@pytest.mark.parametrize("pack", [lzma.compress, bz2.compress])
def test_a_single_packed_file_is_unpacked_as_it_is_read(given, triples, pack):
    assert triples(load(given("edges.csv.x", pack(EDGES)))) == [("x:b", "x:a", "follow")]


def test_an_archive_may_hold_archives(given, triples):
    inner = zipped({"edges.csv": EDGES})
    assert triples(load(given("outer.zip", zipped({"inner.zip": inner})))) == [
        ("x:b", "x:a", "follow")
    ]


def test_archives_may_not_be_nested_for_ever(given):
    content = EDGES
    for _ in range(5):
        content = zipped({"inner": content})
    with pytest.raises(DataError, match="archives in archives"):
        load(given("outer.zip", content))


@pytest.mark.parametrize("path", ["../edges.csv", "/etc/edges.csv", "a/../../b.csv", "C:\\b.csv"])
def test_an_archive_whose_paths_lead_out_of_it_is_refused(given, path):
    with pytest.raises(DataError, match="leads out of the archive"):
        load(given("export.zip", zipped({path: EDGES})))
    with pytest.raises(DataError, match="leads out of the archive"):
        load(given("export.tar.g", tarred({path: EDGES})))


def test_links_in_an_archive_are_not_followed(given):
    content = tarred({"edges.csv": EDGES}, links=[("secrets.csv", "/etc/passwd")])
    report = load(given("export.tgz_", content)).report
    assert "links in export.tgz_ are not followed: 1" in report.warnings
    assert [file.name for file in report.files] == ["export.tgz_/edges.csv"]


@pytest.mark.parametrize("pack", [lzma.compress, bz2.compress])
def test_a_file_that_unpacks_to_absurdly_much_is_refused(given, monkeypatch, pack):
    monkeypatch.setattr(_opening, "ALWAYS_ALLOWED", 1 << 20)
    with pytest.raises(DataError, match="refused: it unpacks to more than 200 times its size"):
        load(given("edges.csv.x", pack(b"source,target\n" + b"\n" * (4 << 20))))


def test_a_zip_bomb_is_refused(given, monkeypatch):
    monkeypatch.setattr(_opening, "ALWAYS_ALLOWED", 1 << 20)
    bomb = zipped(
        {f"{i}.csv": b"0" * (1 << 20) for i in range(3)}, compression=zipfile.ZIP_DEFLATED
    )
    with pytest.raises(DataError, match=r"bomb.zip: refused: it unpacks to more than 200 times"):
        load(given("bomb.zip", bomb))


def test_an_archive_of_too_many_files_is_refused(given, monkeypatch):
    monkeypatch.setattr(_archives, "MOST_FILES", 3)
    with pytest.raises(DataError, match="refused: more than 3 files"):
        load(given("many.zip", zipped({f"{i}.csv": EDGES for i in range(4)})))


def test_a_damaged_or_empty_archive_is_an_error(given):
    whole = zipped(MIXED)
    with pytest.raises(DataError, match="the archive cannot be read"):
        load(given("cut.zip", whole[: len(whole) // 2]))
    with pytest.raises(DataError, match="the archive is empty"):
        load(given("empty.zip", zipped({})))


def test_a_bad_archive_in_a_folder_does_not_keep_the_rest_from_being_read(given, tmp_path):
    given("in/edges.csv", EDGES)
    given("in/out.zip", zipped({"../x.csv": EDGES}))
    report = load(tmp_path / "in").report
    assert [file.name for file in report.files] == ["edges.csv"]
    assert report.rejected["reason"].tolist() == [
        "refused: the path '../x.csv' leads out of the archive; nothing in it is read"
    ]


def test_two_members_of_one_name_are_both_read(given):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("e.csv", EDGES)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("e.csv", EDGES.replace(b"x:b", b"x:c"))
    assert len(load(given("export.zip", buffer.getvalue())).ties) == 2
