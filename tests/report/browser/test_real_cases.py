from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner

from kznet.cli import kznet

pytestmark = [pytest.mark.browser, pytest.mark.slow]
INPUTS = (
    "coortweet/russian_coord_tweets.csv.gz",
    "finnish_nato/nato_2021-12-30_2022-01-12.graphml",
    "formats/telegram_desktop",
    "formats/twitter_v2_twarc",
)


def opened(case: Path, open_page: Any) -> str:
    """Open both pages and both graph files of a case; return the text of the report."""
    page = open_page(case / "network.html")
    assert page.evaluate("kznet.seen()")["accounts"] >= 0
    assert nx.read_graphml(case / "graphs" / "network.graphml") is not None
    assert nx.read_gexf(case / "graphs" / "network.gexf") is not None
    text: str = open_page(case / "index.html").inner_text("body")
    return text


def begun(path: Path, folder: Path) -> Path:
    """The path, or the ties among the first accounts of a graph, of which all take a minute."""
    if path.suffix != ".graphml":
        return path
    whole = nx.read_graphml(path)
    nx.write_graphml(whole.subgraph(list(whole)[:700]), folder / path.name)
    return folder / path.name


@pytest.mark.parametrize("name", INPUTS)
def test_a_run_on_real_files_gives_pages_that_open(
    name: str, shared_data: Path, open_page: Any, tmp_path: Path
) -> None:
    given = begun(shared_data / name, tmp_path)
    words = ["run", str(given), "--out", str(tmp_path / "case")]
    result = CliRunner().invoke(kznet, words)
    assert result.exit_code == 0, result.output
    text = opened(tmp_path / "case", open_page)
    if "coortweet" in name:
        assert "authors are missing" in result.stdout
        assert "authors are missing" in text


def test_a_run_on_the_demo_gives_pages_that_open(open_page: Any, demo_run: Any) -> None:
    assert "fictional" in demo_run.stderr
    assert "Findings" in opened(demo_run.case, open_page)
