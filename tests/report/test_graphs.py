import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import openpyxl
import pandas as pd
import pytest

from kznet.analysis import Analysis, bare
from kznet.dataset import Dataset
from kznet.errors import UnknownNameError
from kznet.network import network
from kznet.report import EXPORTS, export, graph_files, graphs
from kznet.report.core import core

Make = Callable[..., Analysis]
NAMES = ["=1+1", "a & b < c", "\u0001\u0008control", 'q"q', "+2", "@x"]


@pytest.fixture(scope="module")
def world(make: Make) -> Analysis:
    return make(80, names=NAMES)


@pytest.mark.parametrize(("position", "read"), [(0, nx.read_graphml), (1, nx.read_gexf)])
def test_graph_files_open_again_in_networkx(
    world: Analysis, tmp_path: Path, position: int, read: Callable[[Path], nx.MultiDiGraph]
) -> None:
    graph = read(graph_files(world, tmp_path)[position])
    assert set(graph) == set(world.network.accounts)
    assert graph.number_of_edges() == len(world.network.edges())
    first = world.dataset.accounts.iloc[0]
    node = graph.nodes[first["account"]]
    assert node["label"] == first["name"]
    assert node["platform"] == "telegram"
    assert node["followers"] == first["followers"]
    ties = {(a, b, d["kind"], d["weight"]) for a, b, d in graph.edges(data=True)}
    assert ties == set(world.network.edges().itertuples(index=False, name=None))


def test_an_edge_knows_its_first_and_last_time(world: Analysis, tmp_path: Path) -> None:
    graph = nx.read_graphml(graph_files(world, tmp_path)[0])
    _, _, tie = next(iter(graph.edges(data=True)))
    assert tie["first"] <= tie["last"]
    assert tie["first"].startswith("2024-")


def test_gexf_carries_colour_size_and_place(world: Analysis, tmp_path: Path) -> None:
    graph = nx.read_gexf(graph_files(world, tmp_path)[1])
    looks = [data["viz"] for _, data in graph.nodes(data=True)]
    assert all(look["size"] >= 4 for look in looks)
    assert len({(look["position"]["x"], look["position"]["y"]) for look in looks}) == len(graph)
    assert len({tuple(sorted(look["color"].items())) for look in looks}) > 2


def test_accounts_without_any_tie_are_written(make: Make, tmp_path: Path) -> None:
    analysis = make(9)
    bare = Dataset(accounts=analysis.dataset.accounts)
    graph_of = replace(analysis, dataset=bare, network=network(bare))
    for name in EXPORTS:
        assert export(graph_of, tmp_path, to=name)
    assert nx.read_graphml(tmp_path / "network.graphml").number_of_edges() == 0


def test_what_is_not_known_is_left_out(make: Make, tmp_path: Path) -> None:
    analysis = make(20)
    bare = analysis.dataset.accounts[["account"]]
    analysis = replace(analysis, dataset=Dataset(accounts=bare))
    graph = nx.read_graphml(graph_files(analysis, tmp_path)[0])
    node = graph.nodes["telegram:channel1500000000"]
    assert node["label"] == "telegram:channel1500000000"
    assert "role" not in node
    assert "followers" not in node


def test_ids_that_xml_cannot_hold_stay_apart(make: Make, tmp_path: Path) -> None:
    ids = ["x:a", "x:a\u0001", "x:b"]
    frame = pd.DataFrame({"source": ids[:2], "target": ["x:b", "x:b"], "kind": "follow"})
    data = Dataset(ties=frame)
    members = pd.DataFrame({"account": data.accounts["account"], "community": pd.NA})
    analysis = replace(
        make(0, hubs=0),
        dataset=data,
        network=network(data),
        membership=members.assign(confidence=1.0),
    )
    graph = nx.read_gexf(graph_files(analysis, tmp_path)[1])
    assert len(graph) == 3


@pytest.mark.parametrize("n", [0, 1])
def test_almost_empty_graphs_are_written(make: Make, tmp_path: Path, n: int) -> None:
    for path in graph_files(make(n, hubs=0), tmp_path):
        read = nx.read_gexf if path.suffix == ".gexf" else nx.read_graphml
        assert len(read(path)) == n


@pytest.mark.parametrize("name", list(EXPORTS))
def test_every_export_repeats_byte_for_byte(world: Analysis, tmp_path: Path, name: str) -> None:
    one = {path.name: path.read_bytes() for path in export(world, tmp_path, to=name)}
    two = {path.name: path.read_bytes() for path in export(world, tmp_path, to=name)}
    assert one == two
    assert one


def test_node_link_json_opens_in_networkx(world: Analysis, tmp_path: Path) -> None:
    [path] = export(world, tmp_path, to="json")
    graph = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")))
    assert graph.number_of_edges() == len(world.network.edges())
    assert graph.nodes["telegram:channel1500000001"]["label"] == "a & b < c"


def test_gephi_tables_hold_no_formulas(world: Analysis, tmp_path: Path) -> None:
    nodes, edges = export(world, tmp_path, to="gephi")
    table = pd.read_csv(nodes)
    assert list(table.columns[:2]) == ["Id", "Label"]
    assert table["Label"].iloc[0] == "'=1+1"
    ties = pd.read_csv(edges)
    assert {"Source", "Target", "Type", "Weight", "kind"} <= set(ties.columns)
    assert set(ties["Type"]) == {"Directed"}


def test_a_workbook_holds_every_table_and_no_formula(world: Analysis, tmp_path: Path) -> None:
    [path] = export(world, tmp_path, to="xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "contents"
    assert {"nodes", "hubs", "evidence", "pairs"} <= set(book.sheetnames)
    rows = list(book["nodes"].values)
    assert len(rows) == 81
    assert rows[1][1] == "'=1+1"
    assert rows[3][1] == "control"
    kinds = {cell.data_type for row in book["hubs"].iter_rows() for cell in row}
    assert "f" not in kinds
    book.close()


def test_a_workbook_knows_no_clock(world: Analysis, tmp_path: Path) -> None:
    [path] = export(world, tmp_path, to="xlsx")
    with zipfile.ZipFile(path) as book:
        written = book.read("docProps/core.xml").decode()
        assert {part.date_time[0] for part in book.infolist()} == {1980}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", written)) == {"1980-01-01T"}


def test_parquet_tables_open_again(world: Analysis, tmp_path: Path) -> None:
    paths = {path.stem: path for path in export(world, tmp_path, to="parquet")}
    assert len(pd.read_parquet(paths["hubs"])) == len(world.hubs)


def test_an_unknown_format_is_an_error(world: Analysis, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'gexf'"):
        export(world, tmp_path, to="gexff")


def test_of_very_many_ties_those_among_the_widest_audiences_are_kept():
    """a, b and c follow each other in a ring; ten others follow a alone."""
    ring = [("x:a", "x:b"), ("x:b", "x:c"), ("x:c", "x:a")]
    fans = [(f"x:f{i}", "x:a") for i in range(10)]
    ties = pd.DataFrame([*ring, *fans], columns=["source", "target"]).assign(kind="follow")
    analysis = bare(Dataset(ties=ties))
    assert core(analysis) is analysis
    assert list(core(analysis, most=12).network.accounts)[:3] == ["x:a", "x:b", "x:c"]
    kept = core(analysis, most=3).network
    assert list(kept.accounts) == ["x:a", "x:b", "x:c"]
    assert kept.total.nnz == 3


def test_very_many_accounts_get_no_positions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make
):
    monkeypatch.setattr(graphs, "_MOST_PLACED", 5)
    text = graph_files(make(6, hubs=0), tmp_path)[1].read_text(encoding="utf-8")
    assert "viz:size" in text
    assert "viz:position" not in text
