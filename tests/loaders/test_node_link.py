"""Node-link JSON: both keys, ends by id or by place, and what other tools add."""

import json

import networkx
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from kznet.errors import DataError, FormatError
from kznet.loaders import DEFAULTS, FORMATS, load
from kznet.loaders._source import Source

VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["x:a", "x:b", 1, 0, "-", "telegram", 10**60]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["id", "name"]), st.text(max_size=3), max_size=2),
)
NODE = st.one_of(
    VALUE, st.dictionaries(st.sampled_from(["id", "label", "platform", "followers", "role"]), VALUE)
)
EDGE = st.one_of(
    VALUE, st.dictionaries(st.sampled_from(["source", "target", "kind", "weight", "time"]), VALUE)
)
UNKNOWN = "not said whether ties are directed: read as if they were"


@pytest.mark.parametrize(
    ("sample", "why"),
    [
        ("sample_node_link.json", "lists nodes, edges"),
        ("sample_node_link_legacy_links.json", "lists nodes, links"),
    ],
)
def test_both_keys_are_read(samples, triples, sample, why):
    data = load(samples / "node_link" / sample)
    assert triples(data) == [
        ("telegram:1500000003", "telegram:1500000001", "follow"),
        ("telegram:1500000001", "telegram:1500000002", "repost"),
        ("telegram:1500000001", "telegram:1500000003", "mention"),
    ]
    assert list(data.ties["weight"]) == [1.0, 3.0, 1.0]
    assert list(data.accounts["name"]) == ["Пример Новости", "Пример Акимат", "Пример Блог"]
    report = data.report.files[0]
    assert (report.rows, report.recognised_by, report.warnings) == (6, why, ())


@pytest.mark.parametrize("key", ["edges", "links"])
def test_what_networkx_writes_is_read(given, triples, key):
    graph = networkx.Graph([(1, 2)])
    path = given("g.json", networkx.node_link_data(graph, edges=key))
    assert triples(load(path)) == [("node:1", "node:2", "follow"), ("node:2", "node:1", "follow")]


def test_a_file_that_does_not_say_so_is_directed_and_warned_of(given, triples):
    graph = {"nodes": [{"id": "x:a"}, {"id": "x:b"}], "links": [{"source": "x:b", "target": "x:a"}]}
    data = load(given("g.json", graph))
    assert triples(data) == [("x:b", "x:a", "follow")]
    assert UNKNOWN in data.report.files[0].warnings


def test_ends_that_are_places_are_looked_up(given, triples):
    links = [{"source": 1, "target": 0}, {"source": 1, "target": None}]
    data = load(given("g.json", {"nodes": [{"name": "a"}, {"name": "b"}], "links": links}))
    assert triples(data) == [("node:b", "node:a", "follow")]
    assert list(data.report.rejected["reason"]) == ["no target"]
    assert "ends of edges are places in the list of nodes" in data.report.files[0].warnings


def test_numbers_that_are_ids_are_no_places(given, triples):
    graph = {"nodes": [{"id": 1}, {"id": 0}], "links": [{"source": 1, "target": 0}]}
    assert triples(load(given("g.json", graph))) == [("node:1", "node:0", "follow")]


def test_ends_may_be_the_nodes_themselves(given, triples):
    edge = {"source": {"id": "x:a", "x": 1.5}, "target": {"id": "x:b"}}
    graph = {"nodes": [{"id": "x:a"}, {"id": "x:b"}], "links": [edge]}
    assert triples(load(given("g.json", graph))) == [("x:a", "x:b", "follow")]


def test_attributes_that_stand_apart_are_read(given, triples):
    graph = {
        "options": {"type": "mixed", "multi": True},
        "nodes": [
            {"key": "x:a", "attributes": {"label": "Пример", "role": "сми"}},
            {"key": "x:b", "attributes": {}},
        ],
        "edges": [
            {"key": "1", "source": "x:a", "target": "x:b", "attributes": {"kind": "retweet"}},
            {
                "source": "x:a",
                "target": "x:b",
                "undirected": True,
                "attributes": {"kind": "follow"},
            },
        ],
    }
    data = load(given("g.json", graph))
    assert sorted(triples(data)) == [
        ("x:a", "x:b", "follow"),
        ("x:a", "x:b", "repost"),
        ("x:b", "x:a", "follow"),
    ]
    assert data.accounts.set_index("account").loc["x:a", ["name", "role"]].tolist() == [
        "Пример",
        "media",
    ]


def test_how_an_edge_is_drawn_is_no_kind(given):
    graph = {"nodes": [], "edges": [{"source": "x:a", "target": "x:b", "type": "curvedArrow"}]}
    assert list(load(given("g.json", graph)).ties["kind"]) == ["follow"]


def test_an_attribute_spelt_like_an_end_is_not_the_end(given, triples):
    edge = {"Source": "a survey", "Target": "", "source": "x:a", "target": "x:b"}
    graph = {"nodes": [{"Account": "premium", "id": "x:a"}], "edges": [edge]}
    data = load(given("g.json", graph))
    assert triples(data) == [("x:a", "x:b", "follow")]
    assert list(data.accounts["account"]) == ["x:a", "x:b"]


def test_values_of_every_sort_do_no_harm(given):
    graph = {
        "directed": True,
        "nodes": [
            {"id": "x:a", "role": None, "followers": -1, "bio": ["a"], "created": {"a": 1}},
            {"id": None, "label": "nobody"},
            {"id": True},
            7,
            {"id": 10**50},
            {"id": "x:b", "\ud800": "\ud800", "followers": 1e400},
        ],
        "edges": [
            {"source": "x:a", "target": "x:b", "weight": 2},
            {"source": "x:a", "target": "x:b", "weight": "NaN"},
            {"source": "x:a", "target": "x:b", "weight": float("inf")},
            {"source": "x:a", "target": []},
            None,
        ],
    }
    nodes = graph.pop("nodes")
    graph = {
        **graph,
        "nodes": [nodes[0]] * 8 + nodes,
        "edges": graph["edges"][:1] * 8 + graph["edges"],
    }
    data = load(given("g.json", graph))
    report = data.report.files[0]
    assert report.rows == 14 + 13
    assert report.rejected == {
        "no account id": 4,
        "no source": 1,
        "no target": 1,
        "weight is not a number of at least 0": 1,
    }
    assert sum(report.ties.values()) == 10


def test_a_large_file_is_known_by_how_networkx_begins(given, monkeypatch, triples):
    monkeypatch.setattr("kznet.loaders._documents.LARGE", 100)
    nodes = [{"id": f"x:{i}", "label": "Пример" * 10} for i in range(2000)]
    graph = {"directed": False, "multigraph": False, "graph": {}, "nodes": nodes}
    graph |= {"edges": [{"source": "x:0", "target": "x:1"}]}
    data = load(given("g.json", json.dumps(graph, indent=1)))
    assert triples(data) == [("x:0", "x:1", "follow"), ("x:1", "x:0", "follow")]
    assert data.report.files[0].recognised_by == "lists nodes, directed, multigraph"
    assert len(data.accounts) == 2000


def test_a_graph_cut_short_is_an_error_that_says_where(given):
    with pytest.raises(DataError, match=r"g.json: broken JSON at line 2"):
        load(given("g.json", '{"nodes": [{"id": 1}], "edges": [\n'))


@pytest.mark.parametrize(
    "document",
    [
        {"nodes": [1, 2], "edges": []},
        {"nodes": {"a": 1}, "edges": []},
        {"nodes": [{"id": 1}]},
        {"nodes": [{"id": 1}], "edges": [{"from": 1, "to": 2}]},
        {"elements": {"nodes": [], "edges": []}},
    ],
)
def test_other_documents_are_no_graph(given, document):
    with pytest.raises(
        FormatError, match=r"no list of nodes with one of edges or links: .*node_link"
    ):
        load(given("g.json", document))


@settings(max_examples=20, deadline=None)
@drawn(st.lists(NODE, max_size=6), st.lists(EDGE, max_size=6))
def test_every_node_and_edge_is_taken_or_set_aside(tmp_path_factory, nodes, edges):
    path = tmp_path_factory.mktemp("drawn") / "g.json"
    path.write_text(json.dumps({"directed": True, "nodes": nodes, "edges": edges}))
    part = FORMATS["node_link"](Source(path, "g.json"), DEFAULTS)
    assert part.rows == len(nodes) + len(edges)
    assert part.rows == len(part.accounts) + len(part.ties) + len(part.aside)
