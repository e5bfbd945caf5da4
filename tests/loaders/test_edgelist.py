"""Edge lists without a header: what is taken for one, what is not, and how its fields are read."""

import networkx
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from kznet.errors import DataError, FormatError
from kznet.loaders import DEFAULTS, FORMATS, Options, load
from kznet.loaders._source import Source

PAIRS = [
    ("node:1", "node:2", "follow"),
    ("node:1", "node:3", "follow"),
    ("node:3", "node:1", "follow"),
]


def test_snaps_comments_are_no_header(samples, triples):
    data = load(samples / "edgelist" / "snap.txt")
    assert triples(data) == PAIRS
    report = data.report.files[0]
    assert (report.rows, report.recognised_by) == (3, "every line is source, target")
    assert "comment lines are not read: 3" in report.warnings


def test_konects_fields_are_weight_and_time(samples):
    data = load(samples / "edgelist" / "out.konect")
    assert list(data.ties["weight"]) == [3.0, 1.0, 1.0]
    assert list(data.ties["kind"].unique()) == ["repost"]
    report = data.report.files[0]
    assert (report.first, report.last) == ("2022-01-05T04:01:00Z", "2022-01-05T04:03:00Z")


def test_networkx_attributes_are_read(samples, triples):
    data = load(samples / "edgelist" / "networkx.edgelist")
    assert sorted(triples(data)) == [
        ("telegram:1500000001", "telegram:1500000002", "repost"),
        ("telegram:1500000001", "telegram:1500000003", "mention"),
        ("telegram:1500000003", "telegram:1500000001", "follow"),
    ]
    assert sorted(data.ties["weight"]) == [1.0, 1.0, 3.0]


def test_names_between_commas_are_read(samples, triples):
    data = load(samples / "edgelist" / "plain.csv", options=Options(platform="x"))
    assert sorted(triples(data)) == [
        ("x:primer_blog", "x:primer_gov", "follow"),
        ("x:primer_gov", "x:primer_news", "follow"),
        ("x:primer_user", "x:primer_gov", "follow"),
    ]


@pytest.mark.parametrize(
    ("write", "how"),
    [
        (networkx.write_edgelist, {}),
        (networkx.write_edgelist, {"data": False}),
        (networkx.write_edgelist, {"delimiter": ","}),
        (networkx.write_edgelist, {"data": ["weight"], "delimiter": "\t"}),
        (networkx.write_weighted_edgelist, {}),
    ],
)
def test_what_networkx_writes_is_read(tmp_path, write, how):
    graph = networkx.DiGraph([("anna", "bota"), ("bota", "chingiz")], weight=1)
    networkx.set_edge_attributes(graph, {("anna", "bota"): 2.5, ("bota", "chingiz"): 1}, "weight")
    write(graph, tmp_path / "g.edgelist", **how)
    data = load(tmp_path / "g.edgelist")
    ties = data.ties.astype({"source": "str", "target": "str"})
    assert set(zip(ties["source"], ties["target"], strict=True)) == {
        ("node:anna", "node:bota"),
        ("node:bota", "node:chingiz"),
    }
    assert sorted(ties["weight"]) == ([1.0, 1.0] if how == {"data": False} else [1.0, 2.5])


@pytest.mark.parametrize(
    "text",
    [
        "1 2\n1 3\n3 1\n",
        "1\t2\n1\t3\n3\t1\n",
        "1,2\n1,3\n3,1\n",
        "1;2\n1;3\n3;1\n",
        " 1   2 \r\n1 \t3\r\n\r\n3 1",
        '"1" "2"\n"1" "3"\n"3" "1"\n',
        "\ufeff1 2\n1 3\n3 1\n",
        "% a comment\n1 2\n# another\n1 3\n3 1\n",
        "1 2 {}\n1 3 {}\n3 1 {}\n",
        "1.0 2.0\n1.0 3.0\n3.0 1.0\n",
    ],
)
def test_fields_stand_between_blanks_tabs_commas_or_semicolons(given, triples, text):
    assert triples(load(given("list.txt", text))) == PAIRS


def test_utf_16_is_read(given, triples):
    assert triples(load(given("list.txt", "1 2\n1 3\n3 1\n".encode("utf-16")))) == PAIRS


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1 2 5\n2 3 0.5\n", "weight"),
        ("1 2 1641355260\n2 3 1641355320\n", "time"),
        ("1,2,2022-01-05T04:01:00Z\n2,3,2022-01-05\n", "time"),
        ("1 2 retweet\n2 3 mention\n", "kind"),
        ("1 2 1641355260 RT\n2 3 1641355320 RT\n", "time, kind"),
        ("1 2 1641355260 5\n2 3 1641355320 1\n", "time, weight"),
        ("1 2 -1 0\n2 3 1 0\n", "weight, unused"),
    ],
)
def test_further_fields_are_known_by_what_is_in_them(given, text, names):
    report = load(given("list.txt", text)).report.files[0]
    assert report.recognised_by == f"every line is source, target, {names}"


def test_a_semicolon_list_has_decimal_commas(given):
    data = load(given("list.csv", "1;2;2,5\n2;3;1,0\n"))
    assert list(data.ties["weight"]) == [2.5, 1.0]


@pytest.mark.parametrize(
    "comment", ["% sym unweighted\n", "# Undirected graph: ../primer.txt\n# Nodes: 2\n"]
)
def test_an_undirected_list_runs_both_ways(given, triples, comment):
    assert triples(load(given("list.txt", f"{comment}1 2\n2 3\n"))) == [
        ("node:1", "node:2", "follow"),
        ("node:2", "node:1", "follow"),
        ("node:2", "node:3", "follow"),
        ("node:3", "node:2", "follow"),
    ]


def test_influence_runs_the_other_way(given, triples):
    path = given("list.txt", "x:author x:fan\n")
    assert triples(load(path, options=Options(direction="influence"))) == [
        ("x:fan", "x:author", "follow")
    ]


def _know_by(monkeypatch, count):
    """Let only so many bytes decide what a file is."""
    monkeypatch.setattr("kznet.loaders._source.HEAD", count)
    monkeypatch.setattr("kznet.loaders._headerless.HEAD", count)


def test_lines_with_more_or_fewer_fields_are_set_aside_with_their_line(given, monkeypatch):
    _know_by(monkeypatch, 12)
    text = "\n1 2 5\n2 3 5\n\n# a comment\n3 4\n4 5 6 7\n5 6 -1\n6 7 1\n"
    data = load(given("list.txt", text))
    aside = data.report.rejected[["line", "reason", "value"]]
    assert list(aside.itertuples(index=False, name=None)) == [
        ("6", "3 fields expected, 2 found", "3 4"),
        ("7", "3 fields expected, 4 found", "4 5 6 7"),
        ("8", "weight is not a number of at least 0", "-1"),
    ]
    report = data.report.files[0]
    assert report.rows == 6 == sum(report.ties.values()) + sum(report.rejected.values())


def test_a_file_read_in_pieces_is_read_as_one(given, monkeypatch):
    lines = "".join(f"{i} {i + 1} {1 + (i < 5)}\n" for i in range(100))
    whole = load(given("whole.txt", lines))
    monkeypatch.setattr("kznet.loaders.edgelist._BLOCK", 50)
    pieces = load(given("pieces.txt", lines))
    assert pieces.ties.equals(whole.ties)
    assert set(pieces.ties["kind"]) == {"repost"}
    assert pieces.report.files[0].warnings == whole.report.files[0].warnings


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("just some words\nand more\n", "lines of 3 fields and of 2"),
        ("word\nanother\n", "fields in its first line: 1, not 2 to 4"),
        ("1 2 3 4 5\n", "fields in its first line: 5, not 2 to 4"),
        ("hello world\nhello there\n", "its words do not come back as accounts do"),
        ("hello,hola\nworld,mundo\n", "its words do not come back as accounts do"),
        ("anna,bota\n", "its words do not come back as accounts do"),
        ("anna anna\nbota bota\n", "its words do not come back as accounts do"),
        ("import os\nimport sys\n", "its words do not come back as accounts do"),
        ("dear friend,\nyou know.\n", "lines of 2 fields and of 1"),
        ("you know\nknow well.\n", "not an id: 'well.'"),
        ("key = value\nother = value\n", "not an id: '='"),
        ("New York,Boston\nBoston,New York\n", "not an id: 'New York'"),
        ("2022-01-05,3\n2022-01-06,3\n", "not an id: '2022-01-05'"),
        ("0.5 1.25\n1.25 0.5\n", "not an id: '0.5'"),
        ("1,media\n2,media\n", "numbers on one side, words on the other"),
        ("u,v\n1,2\n2,3\n", "its first line names columns"),
        ("handle,name\nanna,bota\nbota,anna\n", "its first line names columns"),
        ("source target\n1 2\n", "its first line names columns"),
        ("anna,followers\nbota,5\n", "its first line names columns"),
        ("1 2 3 4\n2 3 4 5\n", "fields after the first two are no weight, time or kind"),
        ("1 2 red\n2 3 blue\n", "fields after the first two are no weight, time or kind"),
        ("# nothing\n% at all\n", "no line of fields"),
        ("1 2\n\x003 4\n", "not lines of text"),
    ],
)
def test_what_is_no_list_is_left_to_others_in_words(given, text, why):
    with pytest.raises(FormatError) as caught:
        load(given("notes.txt", text))
    assert any(
        line.startswith(f"  {why}: ") and "edgelist" in line
        for line in str(caught.value).splitlines()
    )


@pytest.mark.parametrize(
    "text",
    ["source,target\nx:a,x:b\n", "From\tTo\n1\t2\n", "Id,Label\n1,2\n", "user_id,post\n1,2\n"],
)
def test_a_table_with_a_header_is_left_to_its_own_format(given, text):
    assert load(given("list.csv", text)).report.files[0].format == "edges"


def test_a_matrix_is_refused(given):
    text = "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2 1\n2 3 1\n"
    with pytest.raises(DataError, match=r"g.mtx: a MatrixMarket matrix is not read: its rows"):
        load(given("g.mtx", text))


def test_a_list_of_two_sorts_of_nodes_is_refused(given):
    with pytest.raises(DataError, match=r"out.a: a two-mode list \(bip\) is not read: one number"):
        load(given("out.a", "% bip unweighted\n1 1\n2 1\n"))


@settings(max_examples=20, deadline=None)
@drawn(st.lists(st.text("12 \t,;-.eE#{}'\"ж\0\r", max_size=12), max_size=8))
def test_every_line_is_taken_or_set_aside(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("drawn") / "list.txt"
    path.write_text("1 2 1\n" * 4 + "\n".join(lines), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        _know_by(patch, 20)
        part = FORMATS["edgelist"](Source(path, "list.txt"), DEFAULTS)
    said = [line for line in lines if line.strip() and line.strip()[0] not in "#%"]
    assert part.rows == 4 + len(said)
    assert part.rows == len(part.ties) + len(part.aside)
