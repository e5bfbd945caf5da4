"""GraphML and GEXF: attributes, directions, and XML that is refused."""

import networkx
import pytest

from kznet.errors import DataError
from kznet.loaders import Options, load

EXPECTED = [
    ("telegram:1500000003", "telegram:1500000001", "follow"),
    ("telegram:1500000001", "telegram:1500000002", "repost"),
    ("telegram:1500000001", "telegram:1500000003", "mention"),
]
GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}'
    '<graph edgedefault="{default}">{body}</graph></graphml>'
)


@pytest.mark.parametrize("sample", ["graphml/sample.graphml", "gexf/sample.gexf"])
def test_nodes_and_edges_keep_what_is_said_of_them(samples, triples, sample):
    data = load(samples / sample)
    assert triples(data) == EXPECTED
    assert list(data.ties["weight"]) == [1.0, 3.0, 1.0]
    assert list(data.accounts["name"]) == ["Пример Новости", "Пример Акимат", "Пример Блог"]
    assert list(data.accounts["role"]) == ["media", "government", "blogger"]
    assert list(data.accounts["followers"]) == [1000, 1000, 1000]
    assert data.report.files[0].rows == 6


@pytest.mark.parametrize("write", [networkx.write_graphml, networkx.write_gexf])
def test_what_networkx_writes_is_read(tmp_path, triples, write):
    graph = networkx.DiGraph()
    graph.add_node("a", label="Әкімдік", platform="x", role="әкімдік")
    graph.add_edge("b", "a", weight=2.0, relationship="Retweet")
    write(graph, tmp_path / "g.xml")
    data = load(tmp_path / "g.xml")
    assert triples(data) == [("node:b", "x:a", "repost")]
    assert data.accounts.set_index("account").loc["x:a", ["name", "role"]].tolist() == [
        "Әкімдік",
        "government",
    ]


@pytest.mark.parametrize("write", [networkx.write_graphml, networkx.write_gexf])
def test_an_undirected_tie_runs_both_ways(tmp_path, triples, write):
    write(networkx.Graph([("a", "b")]), tmp_path / "g.xml")
    assert triples(load(tmp_path / "g.xml")) == [
        ("node:a", "node:b", "follow"),
        ("node:b", "node:a", "follow"),
    ]


def test_one_edge_may_differ_from_the_rest_in_direction(given, triples):
    body = '<edge source="x:a" target="x:b" directed="true"/><edge source="x:a" target="x:c"/>'
    path = given("g.graphml", GRAPHML.format(keys="", default="undirected", body=body))
    assert triples(load(path)) == [
        ("x:a", "x:b", "follow"),
        ("x:a", "x:c", "follow"),
        ("x:c", "x:a", "follow"),
    ]


def test_defaults_of_attributes_hold_where_an_edge_is_silent(given):
    keys = '<key id="k" for="edge" attr.name="kind"><default>mention</default></key>'
    body = (
        '<edge source="x:a" target="x:b"/>'
        '<edge source="x:a" target="x:c"><data key="k">reply</data></edge>'
    )
    data = load(given("g.graphml", GRAPHML.format(keys=keys, default="directed", body=body)))
    assert list(data.ties["kind"]) == ["mention", "reply"]


def test_serial_ids_of_igraph_give_way_to_names(given, triples):
    keys = '<key id="v" for="node" attr.name="name" attr.type="string"/>'
    body = (
        '<node id="n0"><data key="v">x:a</data></node><node id="n1"><data key="v">x:b</data></node>'
        '<edge source="n1" target="n0"/>'
    )
    data = load(given("g.graphml", GRAPHML.format(keys=keys, default="directed", body=body)))
    assert triples(data) == [("x:b", "x:a", "follow")]
    assert "node ids taken from the attribute name" in data.report.files[0].warnings


def test_weights_make_a_graph_of_reposts_and_the_user_may_say_otherwise(tmp_path):
    graph = networkx.DiGraph()
    graph.add_edge("b", "a", weight=2)
    networkx.write_graphml(graph, tmp_path / "g.graphml")
    data = load(tmp_path / "g.graphml")
    assert list(data.ties["kind"]) == ["repost"]
    assert "kind of ties assumed to be repost: 1" in data.report.files[0].warnings
    said = load(tmp_path / "g.graphml", options=Options(kind="mention", direction="influence"))
    assert said.ties.iloc[0][["source", "kind"]].tolist() == ["node:a", "mention"]


def test_bad_nodes_and_edges_are_set_aside_with_their_place(given):
    body = '<node/><node id="x:a"/><edge source="x:a"/><edge source="x:a" target="x:b"/>'
    data = load(given("g.graphml", GRAPHML.format(keys="", default="directed", body=body)))
    assert list(data.report.rejected["line"]) == ["node 1", "edge 1"]
    assert list(data.report.rejected["reason"]) == ["no account id", "no target"]


def test_intervals_of_dynamic_edges_are_said_to_be_left_out(given):
    text = (
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed"><edges>'
        '<edge source="x:a" target="x:b" kind="quote" start="2022-01-05" weight="1"/>'
        "</edges></graph></gexf>"
    )
    data = load(given("g.gexf", text))
    assert list(data.ties["kind"]) == ["quote"]
    assert "edges in time: their intervals are not read: 1" in data.report.files[0].warnings


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE g [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>',
        '<!DOCTYPE graphml SYSTEM "file:///etc/hosts"><graphml/>',
    ],
)
def test_a_document_type_is_refused(given, bomb):
    with pytest.raises(DataError, match=r"g.graphml: refused: the XML declares a document type"):
        load(given("g.graphml", bomb))


def test_broken_xml_says_where(given):
    with pytest.raises(DataError, match=r"g.graphml: broken XML: .*line 1, column"):
        load(given("g.graphml", "<graphml><graph>"))


@pytest.mark.parametrize(
    ("name", "ties", "accounts"),
    [
        ("nato_2021-12-30_2022-01-12.graphml", 5244, 2362),
        ("nato_2022-02-10_2022-02-23.graphml", 11055, 4091),
        ("nato_2022-03-10_2022-03-16.graphml", 25381, 7197),
    ],
)
def test_the_finnish_graphs_are_reposts_as_networkx_sees_them(shared_data, name, ties, accounts):
    path = shared_data / "finnish_nato" / name
    data = load(path)
    graph = networkx.read_graphml(path)
    assert (len(data.ties), len(data.accounts)) == (ties, accounts)
    assert (graph.number_of_edges(), graph.number_of_nodes()) == (ties, accounts)
    assert set(data.ties["kind"]) == {"repost"}
    assert data.ties["weight"].sum() == sum(w for _, _, w in graph.edges(data="weight"))
