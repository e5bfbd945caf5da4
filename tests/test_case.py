import contextlib
import json
from pathlib import Path

import pandas as pd
import pytest

from kznet import case
from kznet.analysis import TABLES, Analysis, analyze
from kznet.dataset import Dataset
from kznet.errors import DataError, OutputError
from kznet.report.folder import write_case

SECRET = "ab" * 32


@pytest.fixture
def found(small_analysis: Analysis) -> Analysis:
    return small_analysis


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != case.MANIFEST
    }


def test_the_same_analysis_and_secret_give_the_same_bytes(found: Analysis, tmp_path: Path):
    for name in ("one", "two"):
        write_case(found, tmp_path / name, secret=SECRET)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_shuffled_rows_give_the_same_tables_to_the_byte(found: Analysis, tmp_path: Path):
    data = found.dataset
    mixed = [
        table.sample(frac=1, random_state=1) for table in (data.accounts, data.ties, data.posts)
    ]
    write_case(found, tmp_path / "one", secret=SECRET)
    write_case(analyze(Dataset(*mixed)), tmp_path / "two", secret=SECRET)
    one, two = (files(tmp_path / name) for name in ("one", "two"))
    assert {name for name in one if one[name] != two[name]} <= {"kznet.toml"}


def test_a_case_holds_what_the_design_says(found: Analysis, tmp_path: Path):
    write_case(found, tmp_path / "case")
    there = set(files(tmp_path / "case"))
    assert {
        "index.html", "network.html", "kznet.toml", "graphs/network.graphml",
        "graphs/network.gexf", "dataset/README.txt", "dataset/accounts.parquet",
        "dataset/ties.parquet", "dataset/posts.parquet", "tables/centrality.csv",
        "tables/communities.csv", "tables/pairs.csv", "tables/hubs.csv", "tables/evidence.csv",
        "tables/rejected.csv",
    } <= there  # fmt: skip
    manifest = json.loads((tmp_path / "case" / case.MANIFEST).read_text(encoding="utf-8"))
    assert {"kznet", "inputs", "options", "seed", "versions", "facts", "steps"} <= set(manifest)
    assert manifest["facts"]["centrality"]["all"]["betweenness"] == "exact"


def test_a_case_is_read_again_with_native_ids(found: Analysis, tmp_path: Path):
    write_case(found, tmp_path / "case")
    again = case.read(tmp_path / "case")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(found, name))
    pd.testing.assert_frame_equal(again.network.edges(), found.network.edges())
    pd.testing.assert_frame_equal(again.dataset.ties, found.dataset.ties)


def test_the_secret_stays_when_a_case_is_written_again(found: Analysis, tmp_path: Path):
    write_case(found, tmp_path / "case")
    first = files(tmp_path / "case")
    write_case(found, tmp_path / "case")
    assert files(tmp_path / "case") == first


def test_the_secret_is_in_the_dataset_folder_alone(found: Analysis, tmp_path: Path):
    write_case(found, tmp_path / "case", secret=SECRET)
    holders = [name for name, data in files(tmp_path / "case").items() if SECRET.encode() in data]
    assert holders == ["dataset/secret.txt"]


def test_a_folder_that_is_no_case_is_never_touched(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("precious", encoding="utf-8")
    with (
        pytest.raises(OutputError, match="is not a kznet case; nothing in it was touched"),
        case.replacing(tmp_path / "mine"),
    ):
        raise AssertionError
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


def test_a_file_in_the_place_of_the_case_is_never_touched(tmp_path: Path):
    (tmp_path / "mine").write_text("precious", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"), case.replacing(tmp_path / "mine"):
        raise AssertionError


def test_an_interrupted_run_leaves_the_old_case_and_no_half_folder(found: Analysis, tmp_path: Path):
    write_case(found, tmp_path / "case")
    before = files(tmp_path / "case")
    with contextlib.suppress(KeyboardInterrupt), case.replacing(tmp_path / "case") as partial:
        (partial / "half.txt").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert files(tmp_path / "case") == before
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_what_is_no_case_is_not_read(tmp_path: Path):
    with pytest.raises(DataError, match="is not a kznet case"):
        case.read(tmp_path)


def test_a_case_without_a_table_is_not_read(found: Analysis, tmp_path: Path):
    write_case(found, tmp_path / "case")
    (tmp_path / "case" / "dataset" / "ties.parquet").unlink()
    with pytest.raises(DataError, match=r"ties\.parquet: the case lacks this file"):
        case.read(tmp_path / "case")
    (tmp_path / "case" / "dataset" / "ties.parquet").write_bytes(b"no table")
    with pytest.raises(DataError, match=r"ties\.parquet: cannot be read"):
        case.read(tmp_path / "case")
