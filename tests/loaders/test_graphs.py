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


def _in_time(graph, edges):
    return (
        f'<gexf xmlns="http://gexf.net/1.3"><graph defaultedgetype="directed" {graph}>'
        '<attributes class="edge"><attribute id="0" title="timestamp" type="string"/></attributes>'
        f"<edges>{edges}</edges></graph></gexf>"
    )


def _untitled(text):
    return text.replace('title="timestamp"', 'title="note"')


@pytest.mark.parametrize(
    "edge",
    [
        'start="2022-01-05T04:01:00Z" end="2022-01-06T04:01:00Z" />',
        'timestamp="2022-01-05T04:01:00.000+00:00" />',
        '><spells><spell start="2022-01-05T09:01:00+05:00"/></spells></edge>',
        '><spells><spell startopen="2022-01-05T04:01:00Z" endopen="2022-01-06"/></spells></edge>',
    ],
)
def test_the_start_of_an_edge_is_its_time_where_it_is_a_date(given, edge):
    path = given("g.gexf", _untitled(_in_time("", f'<edge source="x:a" target="x:b" {edge}')))
    report = load(path).report.files[0]
    assert report.first == "2022-01-05T04:01:00Z"
    assert report.warnings == ("kind of ties assumed to be repost: 1",)


def test_dates_are_in_the_zone_of_the_graph(given):
    edge = '<edge source="x:a" target="x:b" kind="quote" start="2022-01-05" weight="1"/>'
    named = load(given("g.gexf", _untitled(_in_time('timezone="UTC"', edge))))
    assert named.report.files[0].first == "2022-01-05T00:00:00Z"
    unknown = load(given("h.gexf", _untitled(_in_time('timezone="Mars"', edge))))
    assert unknown.report.files[0].first == "2022-01-04T18:00:00Z"
    assert list(unknown.ties["kind"]) == ["quote"]


def test_of_several_spells_the_first_counts_and_the_others_are_said_to_be_left_out(given):
    spells = '<spell start="2022-01-05T04:01:00Z"/><spell start="2022-02-05T04:01:00Z"/>'
    edge = f'<edge source="x:a" target="x:b"><spells>{spells}</spells></edge>'
    report = load(given("g.gexf", _untitled(_in_time("", edge)))).report.files[0]
    assert report.first == "2022-01-05T04:01:00Z"
    assert "edges in time: only the first spell is read: 1" in report.warnings


def test_times_that_are_bare_numbers_are_said_to_be_left_out(given):
    edge = '<edge source="x:a" target="x:b" start="12.5"/>'
    data = load(given("g.gexf", _untitled(_in_time('timeformat="double"', edge))))
    assert data.ties["time"].isna().all()
    assert "edges in time: their intervals are not read: 1" in data.report.files[0].warnings


def test_an_attribute_that_is_the_time_goes_before_the_interval(given):
    value = '<attvalues><attvalue for="0" value="2022-01-05T04:01:00Z"/></attvalues>'
    edge = f'<edge source="x:a" target="x:b" start="2020-01-01T00:00:00Z">{value}</edge>'
    assert load(given("g.gexf", _in_time("", edge))).report.files[0].first == "2022-01-05T04:01:00Z"


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE g [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>',
        '<!DOCTYPE graphml SYSTEM "file:///etc/hosts"><graphml/>',
        '<!DOCTYPE gexf [<!ENTITY a "aa">]><gexf><graph><nodes>&a;</nodes></graph></gexf>',
        "<!DOCTYPE gexf><gexf/>",
    ],
)
def test_a_document_type_is_refused(given, bomb):
    with pytest.raises(DataError, match=r"g.graphml: refused: the XML declares a document type"):
        load(given("g.graphml", bomb))


def test_graphml_is_known_by_its_root_whatever_the_file_is_called(samples, given):
    path = given("export.xml", (samples / "graphml" / "sample.graphml").read_bytes())
    assert load(path).report.files[0].recognised_by == "root element graphml"


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
