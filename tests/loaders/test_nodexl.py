"""NodeXL workbooks: relations, dates, accounts, and files that would do harm."""

import datetime
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest

from kznet.errors import DataError, FormatError
from kznet.loaders import Options, load

COLUMNS = (
    "Vertex 1",
    "Vertex 2",
    "Color",
    "Relationship",
    "Relationship Date (UTC)",
    "Tweet",
    "URLs in Tweet",
    "Tweet Date (UTC)",
    "Twitter Page for Tweet",
    "Imported ID",
    "In-Reply-To Tweet ID",
    "Quoted Status ID",
    "Retweet ID",
    "Language",
)
NOON = datetime.datetime(2022, 1, 5, 12, 0)


@pytest.fixture
def workbook(tmp_path):
    """A workbook with these edges, each of which is given by its columns."""

    def make(*edges, vertices: Sequence[Sequence[object]] = (), columns=COLUMNS):
        book = openpyxl.Workbook()
        first, second = book.active, book.create_sheet("Vertices")
        first.title = "Edges"
        first.append([None, None, "Visual Properties"])
        first.append(columns)
        for edge in edges:
            first.append([edge.get(name) for name in columns])
        second.append([None, "Visual Properties"])
        second.append(["Vertex", "Name", "Followers", "Description", "Joined Twitter Date (UTC)"])
        for vertex in vertices:
            second.append(vertex)
        book.save(tmp_path / "net.xlsx")
        return tmp_path / "net.xlsx"

    return make


def edge(source, target, relation, **more):
    named = {name.replace("_", " "): value for name, value in more.items()}
    return {"Vertex 1": source, "Vertex 2": target, "Relationship": relation, **named}


def test_relations_become_ties_and_vertices_accounts(samples, triples):
    data = load(samples / "nodexl" / "nodexl_sample.xlsx")
    assert triples(data) == [("x:@primer_user", "x:@primer_gov", "repost")]
    tie = data.ties.iloc[0]
    assert (tie["content"], str(tie["time"])) == (
        "x:1478500000000000001",
        "2022-01-05 04:01:00+00:00",
    )
    known = data.accounts.set_index("account").loc["x:@primer_user"]
    assert known[["handle", "name", "followers"]].tolist() == ["primer_user", "П", 10]
    assert str(known["created"]) == "2019-01-01 00:00:00+00:00"
    report = data.report.files[0]
    assert (report.rows, report.recognised_by) == (3, "sheets Edges, Vertices")


def test_a_plain_tweet_is_a_post_and_no_tie(samples):
    data = load(samples / "nodexl" / "nodexl_sample.xlsx")
    assert list(data.posts["post"]) == ["x:1478500000000000009"]
    assert list(data.posts["text"]) == ["self-loop = plain tweet"]
    report = data.report.files[0]
    assert report.warnings == ("posts that concern nobody are no ties: 1",)
    assert report.rejected == {}


def test_every_relation_has_its_kind_and_its_original_post(workbook):
    path = workbook(
        edge("Anna", "Bota", "Retweet", **{"Imported ID": "11", "Retweet ID": "1"}),
        edge("anna", "bota", "Replies to", **{"Imported ID": "12", "In-Reply-To Tweet ID": "2"}),
        edge("anna", "bota", "Quote", **{"Imported ID": "13", "Quoted Status ID": "3"}),
        edge("anna", "bota", "Mentions", **{"Imported ID": "14"}),
        edge("anna", "bota", "Followed"),
    )
    ties = load(path).ties
    found = ties[["kind", "post", "content"]].astype("str").itertuples(index=False, name=None)
    assert sorted((kind, str(post), str(content)) for kind, post, content in found) == [
        ("follow", "nan", "nan"),
        ("mention", "nan", "x:14"),
        ("quote", "x:3", "x:13"),
        ("reply", "x:2", "x:12"),
        ("repost", "x:1", "x:11"),
    ]
    assert set(ties["source"].astype("str")) == {"x:@anna"}


@pytest.mark.parametrize("relation", ["MentionsInRetweet", "MentionsInQuote"])
def test_those_named_inside_a_retweet_are_named_by_its_author(workbook, relation):
    path = workbook(
        edge("anna", "bota", "Retweet", Imported_ID="1"),
        edge("anna", "chingiz", relation, Imported_ID="1"),
    )
    report = load(path).report.files[0]
    assert (report.rows, report.ties) == (2, {"repost": 1})
    assert report.rejected == {"mentions inside reposts are their authors', not counted": 1}


def test_before_there_were_retweets_a_mention_with_rt_is_one(workbook, triples):
    text = "RT @Bota: with @chingiz"
    path = workbook(
        edge("anna", "bota", "Mentions", Imported_ID="1", Tweet=text),
        edge("anna", "chingiz", "Mentions", Imported_ID="1", Tweet=text),
        edge("anna", "dana", "Mentions", Imported_ID="2", Tweet="not RT @bota, @dana"),
    )
    data = load(path)
    assert sorted(triples(data)) == [
        ("x:@anna", "x:@bota", "repost"),
        ("x:@anna", "x:@dana", "mention"),
    ]
    assert list(data.posts["post"]) == ["x:2"]


def test_whom_a_post_answers_it_does_not_also_mention(workbook):
    path = workbook(
        edge("anna", "bota", "Replies to", Imported_ID="1"),
        edge("anna", "bota", "Mentions", Imported_ID="1"),
        edge("anna", "bota", "Mentions", Imported_ID="2"),
    )
    report = load(path).report.files[0]
    assert report.ties == {"mention": 1, "reply": 1}
    assert report.rejected == {"whom a post answers, it does not also mention": 1}


@pytest.mark.parametrize(
    "written",
    [NOON, "2022-01-05 12:00:00", "2022-01-05T12:00:00Z", "01/05/2022 12:00:00", 44566.5],
)
def test_dates_are_utc_however_excel_keeps_them(workbook, written):
    path = workbook(edge("anna", "bota", "Retweet", **{"Relationship Date (UTC)": written}))
    report = load(path).report.files[0]
    assert report.first == "2022-01-05T12:00:00Z"
    assert not [said for said in report.warnings if "zone" in said]


def test_the_date_of_the_tweet_stands_in_for_that_of_the_relation(workbook):
    path = workbook(edge("anna", "bota", "Retweet", **{"Tweet Date (UTC)": NOON}))
    assert load(path).report.files[0].first == "2022-01-05T12:00:00Z"


def test_an_id_that_excel_rounded_is_taken_from_the_link(workbook):
    page = "https://twitter.com/#!/anna/status/1478500000000000001"
    path = workbook(
        edge(
            "anna",
            "bota",
            "Retweet",
            Imported_ID=1478500000000000001,
            **{"Twitter Page for Tweet": page},
        ),
        edge("anna", "chingiz", "Retweet", Imported_ID=1478500000000000002),
    )
    data = load(path)
    assert data.ties["content"].fillna("").tolist() == ["x:1478500000000000001", ""]
    assert "id precision lost, of posts: 2" in data.report.files[0].warnings


def test_bad_rows_are_set_aside_with_the_row_of_their_sheet(workbook):
    path = workbook(
        edge("anna", None, "Retweet"),
        edge("anna", "bota", "Likes"),
        edge("anna", "bota", "Retweet", **{"Relationship Date (UTC)": "yesterday"}),
        edge("anna", "anna", "Tweet", Tweet="no id"),
        {},
        edge("anna", "bota", "Retweet"),
        vertices=[(None, "nobody", 1), ("anna", "Anna", "many")],
    )
    data = load(path)
    aside = data.report.rejected
    assert dict(zip(aside["line"], aside["reason"], strict=True)) == {
        "vertex row 3": "no account id",
        "edge row 3": "no target",
        "edge row 4": "unknown kind",
        "edge row 5": "time not understood",
        "edge row 6": "a post without an id",
    }
    report = data.report.files[0]
    assert report.rows == 7 == sum(report.ties.values()) + 1 + sum(report.rejected.values())


def test_a_workbook_of_another_network_keeps_its_ids(workbook, triples):
    columns = ("Vertex 1", "Vertex 2", "Relationship", "Edge Weight")
    rows = [{"Vertex 1": "a", "Vertex 2": "b", "Edge Weight": 2}]
    path = workbook(*rows, columns=columns)
    book = openpyxl.load_workbook(path)
    book["Vertices"]["E2"] = "Joined"
    book.save(path)
    assert triples(load(path)) == [("node:a", "node:b", "repost")]
    assert triples(load(path, options=Options(platform="vk"))) == [("vk:a", "vk:b", "repost")]


def test_an_empty_network_is_an_empty_dataset(workbook):
    assert load(workbook()).ties.empty


def test_another_workbook_is_no_network(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(FormatError, match=r"not a workbook with sheets Edges, Vertices: .*nodexl"):
        load(tmp_path / "a.xlsx")


def test_a_sheet_without_its_header_is_an_error_in_words(workbook):
    path = workbook(columns=("From", "To"))
    with pytest.raises(
        DataError, match=r"net.xlsx: sheet Edges: no row with the header 'Vertex 1'"
    ):
        load(path)


def test_a_workbook_cut_short_is_no_workbook(samples, given):
    whole = (samples / "nodexl" / "nodexl_sample.xlsx").read_bytes()
    with pytest.raises((FormatError, DataError)):
        load(given("a.xlsx", whole[: len(whole) // 2]))


def _changed(samples, tmp_path, change, member="xl/worksheets/sheet1.xml"):
    path = tmp_path / "net.xlsx"
    with (
        zipfile.ZipFile(samples / "nodexl" / "nodexl_sample.xlsx") as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == member else data)
    return path


def test_a_workbook_that_unpacks_to_absurdly_more_is_refused(samples, tmp_path):
    path = _changed(samples, tmp_path, lambda data: data + b" " * (101 << 20))
    with pytest.raises(DataError, match=r"net.xlsx: refused: it unpacks to more than 200 times"):
        load(path)


def test_entities_in_a_workbook_are_refused(samples, tmp_path):
    bomb = b'<!DOCTYPE w [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    path = _changed(samples, tmp_path, lambda data: bomb + data, "xl/workbook.xml")
    with pytest.raises((FormatError, DataError)):
        load(path)


@pytest.mark.parametrize(
    ("old", "new"), [(b'ref="A1:X4"', b'ref="A1:XFD1048576"'), (b'r="A3"', b'r="ZZZ3"')]
)
def test_a_sheet_that_lies_about_its_size_does_not_hang(samples, tmp_path, old, new):
    path = _changed(samples, tmp_path, lambda data: data.replace(old, new))
    assert load(path).report.files[0].format == "nodexl"


def test_a_row_that_no_sheet_can_have_is_an_error_in_words(samples, tmp_path):
    path = _changed(samples, tmp_path, lambda data: data.replace(b'r="3"', b'r="99999999999"'))
    with pytest.raises(DataError, match=r"net.xlsx: broken workbook: a row below row 1,048,576"):
        load(path)
