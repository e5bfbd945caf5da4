"""Plain edge lists: aliases, kinds, directions, and every bad row with its place."""

import openpyxl
import pytest

from kznet.errors import DataError
from kznet.loaders import Options, load


def rejected(data):
    return list(
        data.report.rejected[["line", "reason", "value"]].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize(
    "header",
    [
        "source,target",
        "From,To",
        "src;dst",
        "Vertex 1\tVertex 2",
        "vertex_1|VERTEX_2",
        "user_id,friend_id",
        "author_id,retweeted_user_id",
        "follower,followee",
        "id_1,id_2",
        "node_1,node_2",
        " Source , Target ",
    ],
)
def test_names_of_the_two_ends_are_known(given, triples, header):
    mark = next(mark for mark in ";\t|," if mark in header)
    path = given("a.csv", f"{header}\nx:b{mark}x:a\n")
    assert triples(load(path)) == [("x:b", "x:a", "follow")]


def test_an_untyped_list_is_of_follows_and_says_so(given):
    data = load(given("a.csv", "source,target,weight\nx:b,x:a,1\n"))
    assert list(data.ties["kind"]) == ["follow"]
    assert data.report.files[0].warnings == ("kind of ties assumed to be follow: 1",)


@pytest.mark.parametrize(
    "text",
    [
        "source,target,weight\nx:b,x:a,2\n",
        "source,target,time\nx:b,x:a,2022-01-05T04:01:00Z\n",
        "source,target,post\nx:b,x:a,x:1\n",
    ],
)
def test_weights_times_and_posts_speak_of_reposts(given, text):
    data = load(given("a.csv", text))
    assert list(data.ties["kind"]) == ["repost"]
    assert data.report.files[0].warnings == ("kind of ties assumed to be repost: 1",)


def test_the_user_may_say_the_kind(given):
    path = given("a.csv", "source,target,weight\nx:b,x:a,2\n")
    assert list(load(path, options=Options(kind="retweet")).ties["kind"]) == ["repost"]
    assert list(load(path, options=Options(kind="mention")).ties["kind"]) == ["mention"]


def test_the_users_kind_fills_gaps_but_overrides_nothing(given):
    path = given("a.csv", "source,target,kind\nx:b,x:a,reply\nx:c,x:a,\n")
    data = load(path, options=Options(kind="mention"))
    assert sorted(data.ties["kind"]) == ["mention", "reply"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("forward", "repost"),
        ("Retweet", "repost"),
        ("reblog", "repost"),
        ("share", "repost"),
        ("boost", "repost"),
        ("copy", "repost"),
        ("Announce", "repost"),
        ("subscribe", "follow"),
        ("friend", "follow"),
        ("comment", "reply"),
        ("Mentions", "mention"),
        ("MentionsInRetweet", "mention"),
        ("Replies to", "reply"),
        ("quote", "quote"),
        ("репост", "repost"),
    ],
)
def test_words_of_other_tools_for_kinds_are_known(given, word, kind):
    data = load(given("a.csv", f"source,target,relationship\nx:b,x:a,{word}\n"))
    assert list(data.ties["kind"]) == [kind]


def test_gephis_type_is_a_direction_and_no_kind(given, triples):
    path = given("a.csv", "Source,Target,Type\nx:b,x:a,Directed\nx:c,x:a,Undirected\n")
    assert triples(load(path)) == [
        ("x:a", "x:c", "follow"),
        ("x:b", "x:a", "follow"),
        ("x:c", "x:a", "follow"),
    ]


def test_a_type_that_is_no_direction_is_a_kind(given):
    data = load(given("a.csv", "source,target,type\nx:b,x:a,quote\n"))
    assert list(data.ties["kind"]) == ["quote"]


def test_gephis_labels_are_kinds_where_all_are(samples, triples):
    assert triples(load(samples / "edges" / "gephi_edges.csv")) == [
        ("telegram:1500000003", "telegram:1500000001", "follow"),
        ("telegram:1500000001", "telegram:1500000002", "repost"),
        ("telegram:1500000001", "telegram:1500000003", "mention"),
    ]


def test_labels_that_are_not_all_kinds_are_only_labels(given):
    data = load(given("a.csv", "Source,Target,Label\nx:b,x:a,repost\nx:c,x:a,strong\n"))
    assert list(data.ties["kind"]) == ["follow", "follow"]


def test_a_semicolon_file_with_a_byte_order_mark_is_read(samples):
    data = load(samples / "edges" / "gephi_edges_semicolon.csv")
    assert list(data.ties["weight"]) == [3.0, 1.0, 1.0]
    assert list(data.ties["kind"].unique()) == ["repost"]


def test_a_semicolon_file_has_decimal_commas(given):
    data = load(given("a.csv", "source;target;weight\nx:b;x:a;2,5\n"))
    assert list(data.ties["weight"]) == [2.5]


def test_gephis_two_tables_come_together(samples):
    data = load([samples / "edges" / "gephi_edges.csv", samples / "edges" / "gephi_nodes.csv"])
    assert list(data.accounts["name"]) == ["Пример Новости", "Пример Акимат", "Пример Блог"]
    assert list(data.accounts["role"]) == ["media", "government", "blogger"]


def test_influence_runs_the_other_way(given, triples):
    path = given("a.csv", "source,target\nx:author,x:fan\n")
    assert triples(load(path, options=Options(direction="influence"))) == [
        ("x:fan", "x:author", "follow")
    ]


def test_bad_rows_are_set_aside_with_place_and_reason(given):
    text = (
        "source,target,kind,weight,time,post\n"
        ",x:a,follow,1,,\n"
        "x:b,,follow,1,,\n"
        "x:b,x:a,likes,1,,\n"
        "x:b,x:a,,1,,\n"
        "x:b,x:a,repost,-1,,\n"
        "x:b,x:a,repost,many,,\n"
        "x:b,x:a,repost,1,yesterday,\n"
        "x:b,,repost,1,,x:1\n"
        "x:b,,reply,1,,x:1\n"
        "x:b,x:a,repost\n"
        "x:b,x:a,repost,inf,,\n"
    )
    data = load(given("a.csv", text))
    assert rejected(data) == [
        ("2", "no source", "x:a"),
        ("3", "no target", "x:b"),
        ("4", "unknown kind", "likes"),
        ("5", "no kind", ""),
        ("6", "weight is not a number of at least 0", "-1"),
        ("7", "weight is not a number of at least 0", "many"),
        ("8", "time not understood", "yesterday"),
        ("10", "no target", "x:b"),
        ("11", "6 columns expected, 3 found", "x:b,x:a,repost"),
        ("12", "weight is not a number of at least 0", "inf"),
    ]
    assert len(data.ties) == 1
    report = data.report.files[0]
    assert report.rows == 11
    assert report.rows == sum(report.ties.values()) + sum(report.rejected.values())


def test_a_share_of_unknown_authorship_is_kept(given, triples):
    data = load(given("a.csv", "source,post,time\nx:b,x:1,1641355260\n"))
    assert triples(data) == [("x:b", None, "repost")]
    assert list(data.posts["post"]) == ["x:1"]


def test_lines_are_counted_over_blank_ones_and_line_breaks_in_cells(given):
    text = '\nsource,target,note,weight\n\nx:b,x:a,"two\nlines",1\n,,,\nx:c,x:a,,bad\n'
    assert rejected(load(given("a.csv", text))) == [
        ("7", "weight is not a number of at least 0", "bad")
    ]


def test_a_file_of_which_no_row_can_be_read_is_an_error(given):
    with pytest.raises(DataError, match=r"no row can be read; 1 set aside, .*line 2: no source"):
        load(given("a.csv", "source,target\n,x:a\n"))


def test_a_header_alone_is_an_empty_dataset(given):
    assert load(given("a.csv", "source,target")).ties.empty


def test_headers_that_differ_in_case_alone_do_not_clash(given, triples):
    path = given("a.csv", "source,Source,target,target\nx:b,x:z,x:a,x:y\n")
    assert triples(load(path)) == [("x:b", "x:a", "follow")]


def test_a_loop_is_kept_for_the_network_to_count(given, triples):
    assert triples(load(given("a.csv", "source,target\nx:a,x:a\n"))) == [("x:a", "x:a", "follow")]


def test_hostile_names_are_only_names(given):
    name = "=HYPERLINK(1)<script>"
    data = load(given("a.csv", f"source,target\nx:{name},x:a\n"))
    assert f"x:{name}" in set(data.accounts["account"])


@pytest.mark.parametrize(
    "header", ["Кто;Кого;Вид;Дата", "источник;цель;связь;время", "Кім;Кімді;Түрі;Күні"]
)
def test_headers_may_be_russian_or_kazakh(given, triples, header):
    path = given("a.csv", f"{header}\nx:b;x:a;репост;05.01.2022 10:00\n")
    assert triples(load(path)) == [("x:b", "x:a", "repost")]


def test_a_workbook_is_an_edge_list_too(tmp_path, triples):
    book = openpyxl.Workbook()
    for row in (["source", "target", "kind"], ["x:b", "x:a", "follow"]):
        book.active.append(row)
    book.save(tmp_path / "edges.xlsx")
    assert triples(load(tmp_path / "edges.xlsx")) == [("x:b", "x:a", "follow")]


UNCLOSED = "in a cell of {} lines: is a quotation mark not closed?"


def test_a_quotation_mark_that_is_never_closed_loses_nothing_unsaid(given):
    begin = 'source,target,kind\nx:b,x:a,repost\nx:c,"x:a,repost\n'
    rest = "".join(f"x:{i},x:a,repost\n" for i in range(500))
    report = load(given("a.csv", begin + rest)).report
    assert report.files[0].ties == {"repost": 1}
    assert report.rejected[["line", "reason"]].to_numpy().tolist() == [
        ["3", f"3 columns expected, 2 found, {UNCLOSED.format(501)}"]
    ]
    text = 'source,target,kind,post\nx:b,"x:a\n' + "x:b,x:a\n" * 300 + '",repost,p\n'
    swallowed = load(given("c.csv", text + "x:c,x:a,repost,p\n")).report.rejected
    assert swallowed["reason"].tolist() == [UNCLOSED.format(301)]
    few = load(
        given("b.csv", 'source,target,kind\nx:c,"b,repost\nd,b,repost\ne",repost\nx:b,x:a,RT\n')
    )
    assert few.report.rejected["reason"].tolist() == [
        "a line break in an id: is a quotation mark not closed?"
    ]
