"""`kznet evaluate` from end to end, on two small worlds."""

import gzip
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from kznet.cli import kznet
from kznet.errors import DataError
from kznet.evaluation.folder import read, write
from kznet.evaluation.labels import MECHANISMS


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("evaluation") / "small"
    call = ["evaluate", "--world", "small", "--seeds", "0-1", "--nulls", "0", "--workers", "1"]
    result = CliRunner().invoke(kznet, [*call, "--redraw", "2", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "innocent accounts" in result.stdout
    return out


def test_every_source_of_every_world_has_a_row_a_mechanism(folder: Path):
    calls = read(folder).calls
    assert calls.groupby(["seed", "account"])["mechanism"].apply(list).map(len).eq(3).all()
    assert set(calls["mechanism"]) == set(MECHANISMS)
    assert calls.groupby("seed")["account"].nunique().to_list() == [28, 28]


def test_planted_crews_are_called_and_hardly_anybody_else(folder: Path):
    table = pd.read_csv(folder / "tables" / "precision.csv")
    whole = table[(table["mechanism"] == "any") & (table["level"] == 0.05)].iloc[0]
    assert whole["right"] >= 4
    assert whole["innocent_calls"] <= 1


def test_every_baseline_is_in_the_same_run(folder: Path):
    table = pd.read_csv(folder / "tables" / "detectors.csv")
    assert table["detector"].nunique() >= 8
    mine = table[table["mechanism"] == "amplification"]
    assert mine.groupby("plants")["negatives"].nunique().eq(1).all()


def test_rows_give_the_same_folder_again_byte_for_byte(folder: Path, tmp_path: Path):
    told = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    again = tmp_path / "again"
    write(read(folder), again, q=told["q"], made=told["made"], options=told["options"])
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "runtime.csv":
            assert path.read_bytes() == (again / path.relative_to(folder)).read_bytes(), path.name


def test_runtime_has_a_file_of_its_own(folder: Path):
    table = pd.read_csv(folder / "runtime.csv")
    assert set(table["step"]) == {"make", "network", "test", "baselines", "reach", "ranks"}
    assert (table["seconds"] >= 0).all()


def test_the_page_asks_for_nothing_and_names_every_section_it_links(folder: Path):
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", text)
    for part in re.findall(r'href="#([a-z]+)"', text):
        assert f'<section id="{part}">' in text
    assert "innocent accounts" in text


def test_the_summary_is_markdown_with_the_targets(folder: Path):
    text = (folder / "summary.md").read_text(encoding="utf-8")
    assert "| precision of the whole list | ≥ 0.95 |" in text


def test_a_folder_of_another_kind_is_not_touched(tmp_path: Path):
    (tmp_path / "manifest.json").write_text('{"kznet": "0.1.0"}')
    result = CliRunner().invoke(kznet, ["evaluate", "--seeds", "0", "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "is not a kznet evaluation; nothing in it was touched" in result.stderr


def test_labels_and_input_go_together():
    for call in (["evaluate", "--truth", "x.csv"], ["evaluate", "x.csv"]):
        result = CliRunner().invoke(kznet, call)
        assert result.exit_code == 2
        assert "INPUT and --truth go together" in result.stderr


def test_an_evaluation_without_its_rows_is_told_so(tmp_path: Path):
    with pytest.raises(DataError, match="lacks this file"):
        read(tmp_path)


def test_rows_are_packed_without_a_clock(folder: Path):
    packed = (folder / "rows" / "calls.csv.gz").read_bytes()
    assert packed[4:8] == bytes(4)
    assert gzip.decompress(packed).startswith(b"generator,world,variant,seed,account")
