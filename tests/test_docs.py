import ast
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kznet.cli import kznet
from kznet.loaders import FORMATS, described
from kznet.loaders._describe import SECTIONS, chapter
from kznet.measures import MEASURES
from kznet.registry import meaning
from kznet.resources import data

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
CALLS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("kznet ")]


def first_cells(heading: str) -> set[str]:
    """Words in code in the first column of the table under this heading."""
    table = README.split(heading)[1].split("\n\n")[0]
    return set(re.findall(r"`([^`]+)`", " ".join(re.findall(r"^\|([^|]*)\|", table, re.MULTILINE))))


def test_every_command_is_listed_and_every_listed_one_exists():
    listed = first_cells("| command | does |\n|---|---|\n")
    assert listed == {f"kznet {name}" for name in kznet.commands}


def test_every_format_is_listed_and_every_listed_one_exists():
    assert first_cells("| format | files |\n|---|---|\n") == set(FORMATS)


def test_every_format_has_its_chapter_as_its_loader_tells_it():
    written = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert written == described(FORMATS), "kznet list formats --long > docs/formats.md"
    for name, loader in FORMATS.items():
        assert tuple(chapter(loader)[1]) == SECTIONS, name


def test_every_measure_is_listed_with_its_meaning():
    text = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{name}` | {meaning(function)} |" for name, function in MEASURES.items()]


@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS)
def test_every_shell_line_of_the_readme_runs(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "channels").mkdir()
    for path in (ROOT / "tests" / "data" / "telegram_desktop").glob("*.json"):
        shutil.copy(path, tmp_path / "channels")
    shutil.copy(data("demo") / "accounts.csv", tmp_path / "roles.csv")
    monkeypatch.chdir(tmp_path)
    if "--accounts same.xlsx" in call:
        first = "accounts channels -o accounts.xlsx --same same.xlsx"
        CliRunner().invoke(kznet, shlex.split(first))
    result = CliRunner().invoke(kznet, shlex.split(call)[1:])
    assert result.exit_code == 0, result.output


@pytest.mark.slow
def test_every_shell_line_about_pages_runs(
    demo_run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    text = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
    calls = re.findall(r"^kznet (.*)$", text, flags=re.MULTILINE)
    assert calls
    shutil.copytree(demo_run.case, tmp_path / "outputs" / "demo")
    monkeypatch.chdir(tmp_path)
    for call in calls:
        result = CliRunner().invoke(kznet, shlex.split(call))
        assert result.exit_code == 0, result.output
    assert (tmp_path / "outputs" / "demo" / "report.html").is_file()


def test_the_python_of_the_readme_is_python():
    for block in re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL):
        ast.parse(block)


def test_the_readme_names_the_case_files_and_the_licence_of_igraph():
    for word in ("index.html", "network.html", "manifest.json", "dataset/", "GPL"):
        assert word in README
