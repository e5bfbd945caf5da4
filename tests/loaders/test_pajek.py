"""Pajek: labels, sections, relations."""

import networkx
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from kznet.errors import FormatError
from kznet.loaders import DEFAULTS, FORMATS, load
from kznet.loaders._source import Source

LINES = st.lists(
    st.sampled_from(
        [
            "*Arcs",
            "*Arcslist",
            "1 2",
            "1 2 3",
            '1 "x:a"',
            '2 "x',
            "1",
            "x",
            "1 2 -1",
            "1 2 1e999",
            '"',
        ]
    ),
    max_size=12,
)
VERTICES = '*Vertices 3\n1 "x:a" 0.1 0.2 ellipse\n2 "x:b"\n3 "x:c"\n'


def test_labels_are_the_ids_and_weights_make_reposts(samples, triples):
    data = load(samples / "pajek" / "sample.net")
    assert triples(data) == [
        ("telegram:1500000001", "telegram:1500000002", "repost"),
        ("telegram:1500000001", "telegram:1500000003", "repost"),
        ("telegram:1500000003", "telegram:1500000001", "repost"),
    ]
    assert list(data.ties["weight"]) == [3.0, 1.0, 1.0]
    report = data.report.files[0]
    assert (report.rows, report.recognised_by) == (6, "section *Vertices")
    assert report.warnings == (
        "node ids taken from the attribute label",
        "kind of ties assumed to be repost: 3",
    )


def test_what_networkx_writes_is_read(tmp_path, triples):
    graph = networkx.MultiDiGraph()
    graph.add_edge("Пример Блог", "x:a", weight=2.5)
    networkx.write_pajek(graph, tmp_path / "g.net")
    assert triples(load(tmp_path / "g.net")) == [("node:Пример Блог", "x:a", "repost")]


def test_arcs_are_directed_and_edges_run_both_ways(given, triples):
    path = given("g.net", VERTICES + "*Arcs\n1 2\n*Edges\n2 3\n")
    assert triples(load(path)) == [
        ("x:a", "x:b", "follow"),
        ("x:b", "x:c", "follow"),
        ("x:c", "x:b", "follow"),
    ]


def test_lists_lead_from_the_first_vertex_to_each_other(given, triples):
    path = given("g.net", VERTICES + "*Arcslist\n1 2 3\n*Edgeslist\n2 3\n")
    assert triples(load(path)) == [
        ("x:a", "x:b", "follow"),
        ("x:a", "x:c", "follow"),
        ("x:b", "x:c", "follow"),
        ("x:c", "x:b", "follow"),
    ]


def test_what_follows_the_weight_is_for_drawing(given):
    data = load(given("g.net", VERTICES + '*arcs\n1 2 2.5 c Blue l "a name"\n1 3 c Red\n'))
    assert list(data.ties["weight"]) == [2.5, 1.0]


def test_relations_that_name_kinds_are_kinds(given, triples):
    text = VERTICES + '*Arcs :1 "retweet"\n2 1 1\n*Arcs :2 "mentions"\n3 1 1\n'
    assert triples(load(given("g.net", text))) == [
        ("x:b", "x:a", "repost"),
        ("x:c", "x:a", "mention"),
    ]


def test_relations_that_name_anything_else_are_only_names(given, triples):
    text = VERTICES + '*Arcs :1 "trade"\n2 1\n'
    assert triples(load(given("g.net", text))) == [("x:b", "x:a", "follow")]


def test_comments_blank_lines_and_the_networks_name_are_no_rows(given):
    text = (
        "% by somebody\r\n*Network primer\r\n\r\n*VERTICES 2\r\n1 a\r\n2 b\r\n%\r\n*arcs\r\n1 2\r\n"
    )
    report = load(given("g.net", text)).report.files[0]
    assert (report.rows, report.ties, report.rejected) == (3, {"follow": 1}, {})


def test_vertices_that_are_only_counted_go_by_their_numbers(given, triples):
    path = given("g.net", "*Vertices 1000000000\n*Arcs\n1 2\n")
    assert triples(load(path)) == [("node:1", "node:2", "follow")]


def test_labels_that_repeat_are_names_of_numbers(given, triples):
    data = load(given("g.net", "*Vertices 2\n1 same\n2 same\n*Arcs\n1 2\n"))
    assert triples(data) == [("node:1", "node:2", "follow")]
    assert list(data.accounts["name"]) == ["same", "same"]


def test_damaged_lines_are_set_aside_with_their_place(given, triples):
    data = load(given("g.net", '*Vertices 2\n1 "x:a"\nx "x:b"\n*Arcs\n1\n1 1 -3\n1 2 4\n'))
    aside = data.report.rejected
    assert dict(zip(aside["line"], aside["reason"], strict=True)) == {
        "node 2": "no account id",
        "edge 1": "no target",
        "edge 2": "weight is not a number of at least 0",
    }
    assert triples(data) == [("x:a", "node:2", "repost")]


def test_sections_that_are_not_read_are_counted(given):
    data = load(given("g.net", VERTICES + "*Matrix\n0 1 0\n0 0 1\n0 0 0\n*Arcs\n1 2\n"))
    assert "lines of *matrix are not read: 3" in data.report.files[0].warnings


def test_stars_alone_are_not_pajek(given):
    with pytest.raises(FormatError, match=r"no section \*Vertices: .*pajek"):
        load(given("notes.md", "* one\n* two\n"))


@settings(max_examples=20, deadline=None)
@drawn(LINES)
def test_every_vertex_and_tie_is_taken_or_set_aside(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("drawn") / "g.net"
    path.write_text("\n".join(["*Vertices 3", *lines]))
    part = FORMATS["pajek"](Source(path, "g.net"), DEFAULTS)
    assert part.rows >= sum(not line.startswith("*") for line in lines)
    assert part.rows == len(part.accounts) + len(part.ties) + len(part.aside)
