from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.errors import DataError, FormatError
from kznet.loaders import DEFAULTS, load

if TYPE_CHECKING:
    from kznet.engines.spark.session import Session

Read = Callable[[str], Dataset]

# A repeated follow, one share told twice under its id, a share whose author the post tells, a row
# of no known kind, a time with a zone and one without.
TIES = """\
source,target,kind,time,post,content,weight
x:b,x:a,follow,,,,1
x:b,x:a,follow,,,,2
x:c,x:a,repost,2024-01-01T10:00:00Z,x:p1,x:s1,1
x:c,x:a,repost,2024-01-01T10:00:05Z,x:p1,x:s1,1
x:d,,repost,2024-01-01 16:00:00,x:p1,,1
x:d,x:a,waves,,,,1
x:a,x:a,repost,2024-01-01T11:00:00Z,x:p2,,1
"""
POSTS = "post,account,time,text\nx:p1,x:a,2024-01-01T09:00:00Z,first\n"


@pytest.fixture(scope="module")
def read(on: "Session") -> Read:
    from kznet.engines.spark import Cluster
    from kznet.engines.spark.inputs import inputs
    from kznet.engines.spark.world import world

    return lambda path: Cluster(world(inputs([path], DEFAULTS, on=on), on=on)).dataset()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("csv")
    (path / "ties.csv").write_text(TIES, "utf-8")
    (path / "posts.csv").write_text(POSTS, "utf-8")
    return path


def assert_same(found: Dataset, expected: Dataset) -> None:
    for name in ("accounts", "ties", "posts"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


def test_csv_gives_what_it_gives_on_one_machine(read: Read, folder: Path) -> None:
    found = read(str(folder))
    assert_same(found, load([folder]))
    rejected = {file.name: file.rejected for file in found.report.files}
    assert rejected["ties.csv"] == {"unknown kind": 1, "repeated follow or share": 2}


def test_lines_of_json_are_read_as_the_same_rows_of_csv(
    read: Read, folder: Path, tmp_path: Path
) -> None:
    for name in ("ties", "posts"):
        rows = pd.read_csv(folder / f"{name}.csv", dtype="str")
        rows.to_json(tmp_path / f"{name}.ndjson", orient="records", lines=True)
    assert_same(read(str(tmp_path)), load([folder]))


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("odd.csv", "colour,size\nred,1\n", FormatError, "no table of accounts, ties, posts"),
        ("odd.txt", "a b", DataError, "no table that Spark reads"),
        (None, "", DataError, "nothing there that Spark can read"),
    ],
)
def test_what_is_no_table_is_refused_in_words(
    on: "Session", tmp_path: Path, name: str | None, text: str, error: type[Exception], words: str
) -> None:
    from kznet.engines.spark.inputs import inputs

    path = tmp_path / (name or "absent.csv")
    if name:
        path.write_text(text, "utf-8")
    with pytest.raises(error, match=words):
        inputs([str(path)], DEFAULTS, on=on)
