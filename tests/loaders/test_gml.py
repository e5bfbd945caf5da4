"""GML: ids and labels, repeated edges, and brackets that do not match."""

import igraph
import networkx
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from kznet.errors import DataError, FormatError
from kznet.loaders import DEFAULTS, FORMATS, load
from kznet.loaders._source import Source

WORDS = st.sampled_from(
    ["node", "edge", "[", "]", "] edge [", "id 1", "id 2", "source 1", "target 2"]
) | st.sampled_from(["weight -1", 'label "x:a"', "kind", '"', "7", "#", "&#0;"])
EXPECTED = [
    ("telegram:1500000003", "telegram:1500000001", "follow"),
    ("telegram:1500000001", "telegram:1500000002", "repost"),
    ("telegram:1500000001", "telegram:1500000003", "mention"),
]


def test_nodes_and_edges_keep_what_is_said_of_them(samples, triples):
    data = load(samples / "gml" / "sample.gml")
    assert triples(data) == EXPECTED
    assert list(data.ties["weight"]) == [1.0, 3.0, 1.0]
    assert list(data.accounts["role"]) == ["media", "government", "blogger"]
    assert list(data.accounts["followers"]) == [1000, 1000, 1000]
    report = data.report.files[0]
    assert (report.rows, report.recognised_by) == (6, "a graph in square brackets")


def test_labels_are_the_ids_where_numbers_only_count_the_nodes(samples):
    data = load(samples / "gml" / "sample.gml")
    assert data.accounts["name"].isna().all()
    assert data.report.files[0].warnings == ("node ids taken from the attribute label",)


def test_ids_of_a_platform_stay_and_labels_are_names(given, triples):
    text = (
        "graph [ directed 1\n"
        '  node [ id 1500000001 label "Әкімдік" platform "telegram" ]\n'
        '  node [ id 1500000002 label "Пример" platform "telegram" ]\n'
        "  edge [ source 1500000002 target 1500000001 ]\n]\n"
    )
    data = load(given("g.gml", text))
    assert triples(data) == [("telegram:1500000002", "telegram:1500000001", "follow")]
    assert list(data.accounts["name"]) == ["Әкімдік", "Пример"]


@pytest.mark.parametrize("second", ['id 2 label "a"', "id 2", 'id 2 label ""'])
def test_numbers_stay_and_are_warned_of_where_labels_do_not_tell_nodes_apart(
    given, triples, second
):
    text = (
        f'graph [ directed 1 node [ id 1 label "a" ] node [ {second} ] edge [ source 1 target 2 ] ]'
    )
    data = load(given("g.gml", text))
    assert triples(data) == [("node:1", "node:2", "follow")]
    said = "nodes are known by their serial numbers alone, which other files do not share"
    assert said in data.report.files[0].warnings


def test_names_serve_where_there_are_no_labels_as_igraph_writes_it(tmp_path, triples):
    graph = igraph.Graph(n=2, edges=[(0, 1)], directed=True)
    graph.vs["name"] = ["x:a", "x:b"]
    graph.write_gml(str(tmp_path / "g.gml"))
    data = load(tmp_path / "g.gml")
    assert triples(data) == [("x:a", "x:b", "follow")]
    assert "node ids taken from the attribute name" in data.report.files[0].warnings


def test_what_networkx_writes_is_read(tmp_path, triples):
    graph = networkx.MultiDiGraph()
    graph.add_node("x:a", name="Әкімдік", role="әкімдік")
    graph.add_edge("x:b", "x:a", weight=2.5, kind="Retweet")
    graph.add_edge("x:b", "x:a", kind="Mentions")
    networkx.write_gml(graph, tmp_path / "g.gml")
    data = load(tmp_path / "g.gml")
    assert triples(data) == [("x:b", "x:a", "repost"), ("x:b", "x:a", "mention")]
    known = data.accounts.set_index("account").loc["x:a"]
    assert known[["name", "role"]].tolist() == ["Әкімдік", "government"]


def test_repeated_edges_need_no_announcement(given):
    text = (
        'Creator "somebody"\n# a comment\ngraph\n[\n  directed 1\n'
        '  node [ id 1 label "a.example" value 0 source "a list, another" ]\n'
        '  node [ id 2 label "b.example" ]\n'
        "  edge [ source 1 target 2 ]\n  edge [ source 1 target 2 ]\n]\n"
    )
    data = load(given("blogs.gml", text))
    report = data.report.files[0]
    assert (report.ties, report.rejected) == ({"follow": 1}, {"repeated follow": 1})
    assert list(data.report.rejected["line"]) == ["edge 2"]
    assert list(data.accounts["account"]) == ["node:a.example", "node:b.example"]


def test_a_graph_that_does_not_say_that_it_is_directed_runs_both_ways(given, triples):
    path = given(
        "g.gml",
        'graph [ node [ id 0 label "x:a" ] node [ id 1 label "x:b" ] edge [ source 0 target 1 ] ]',
    )
    assert triples(load(path)) == [("x:a", "x:b", "follow"), ("x:b", "x:a", "follow")]


def test_blocks_for_drawing_and_line_breaks_in_texts_do_no_harm(given):
    text = (
        'graph [\n directed 1\n node [ id 0\n label "x:a"\n description "two\nlines [ # ]"\n'
        '  graphics [ x 1.0 fill [ id 7 ] ]\n ]\n node [ id 1 label "x:b" ]\n'
        " edge [ source 0 target 1 graphics [ width 2 ] ]\n]"
    )
    data = load(given("g.gml", text))
    assert list(data.accounts["bio"].dropna()) == ["two\nlines [ # ]"]
    assert len(data.ties) == 1


def test_bad_nodes_and_edges_are_set_aside_with_their_place(given):
    text = (
        'graph [ directed 1 node [ label "nobody" ] node [ id 0 label "x:a" ]\n'
        "edge [ source 0 ] edge [ source 0 target 5 ] edge [ target 0 ] ]"
    )
    data = load(given("g.gml", text))
    aside = data.report.rejected
    assert dict(zip(aside["line"], aside["reason"], strict=True)) == {
        "node 1": "no account id",
        "edge 1": "no target",
        "edge 3": "no source",
    }
    report = data.report.files[0]
    assert report.rows == sum(report.ties.values()) + 1 + sum(report.rejected.values())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("graph [\n node [ id 1\n", "line 2: a bracket that is never closed"),
        ("graph [ node [ id 1 ] ] ]", "line 1: found ']'"),
        ('graph [\n node [ id 1 label "a ] ]', "line 2: found '\"'"),
        ("graph [ node [ id ] ]", "line 1: found ']'"),
        ("graph [ node [ 5 id ] ]", "line 1: found '5'"),
        ("graph [ node [ id 1 ] [ ] ]", "line 1: found '['"),
        ("graph [ " + "x [ " * 50_000, "line 1: a bracket that is never closed"),
    ],
)
def test_what_does_not_match_is_an_error_that_says_where(given, text, why):
    with pytest.raises(DataError) as caught:
        load(given("g.gml", text))
    assert str(caught.value) == f"g.gml: broken GML: {why}"


@pytest.mark.parametrize(
    "text",
    [
        "digraph G {\n graph [bgcolor=white];\n a -> b;\n}",
        "graph [bgcolor=white]; node [shape=box]",
        "a graph [ of words\n",
        "a b\n\n\n\n" * 5000,
    ],
)
def test_other_things_in_brackets_are_not_gml(given, text):
    with pytest.raises(FormatError, match=r"no graph in square brackets: .*gml"):
        load(given("g.gml", text))


def test_windows_1251_is_read_and_said(given, triples):
    text = 'graph [ directed 1 node [ id 900001 label "Әкімдік" ] edge [ source 1 target 2 ] ]'
    data = load(given("g.gml", text.replace("Әкімдік", "Пример").encode("cp1251")))
    assert list(data.accounts["name"].dropna()) == ["Пример"]
    assert "not UTF-8: read as Windows-1251" in data.report.files[0].warnings
    assert len(triples(data)) == 1


@settings(max_examples=20, deadline=None)
@drawn(st.lists(WORDS, max_size=20))
def test_every_node_and_edge_is_taken_or_set_aside(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("drawn") / "g.gml"
    path.write_text(f"graph [ directed 1 node [ {' '.join(words)} ] ]")
    try:
        part = FORMATS["gml"](Source(path, "g.gml"), DEFAULTS)
    except DataError as error:
        assert "broken GML: line 1" in str(error)  # noqa: PT017  # an error is one of two answers
    else:
        assert part.rows == len(part.accounts) + len(part.ties) + len(part.aside)
