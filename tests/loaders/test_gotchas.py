"""Traps of formats and of time that no test of a single format meets."""

import io
import json
import zipfile

import networkx
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from kznet.cli import kznet
from kznet.errors import DataError
from kznet.loaders import Options, load
from kznet.mechanisms.amplification import amplification
from kznet.mechanisms.amplification.events import events
from kznet.tabular import neutral

CHANNEL = "telegram:channel1500000001"
ME = Options(source_account="@me")
TIES = "source,target,kind,post,time\n"


def on_instagram(handle, site="https://www.instagram.com/"):
    said = {"href": site + handle, "value": handle, "timestamp": 1735732800}
    return {"title": "", "media_list_data": [], "string_list_data": [said]}


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, json.dumps(content))
    return buffer.getvalue()


def shares(form, *, start="2024-05-06 06:00:07", every=5113, count=64):
    """Reposts of eight posts by eight accounts, with their times written in this form."""
    times = pd.date_range(start, periods=count, freq=f"{every}s").strftime(form)
    rows = [f"x:b{i // 8},x:a,repost,x:p{i % 8},{time}\n" for i, time in enumerate(times)]
    return TIES + "".join(rows)


def units(data):
    return {file.name: file.resolution for file in data.report.files}


def test_a_channel_that_was_renamed_since_is_kept_under_its_old_name(given, chat, triples):
    renamed = chat({}, name="Жаңа атау", type="public_channel", id=1500000002)
    group = chat({"forwarded_from": "Ескі атау"})
    data = load(given("result.json", {"chats": {"list": [renamed, group]}}))
    assert triples(data) == [("telegram:user7", "telegram:name:ескі атау", "repost")]
    assert "0 of 1 (0%)" in " ".join(data.report.warnings)


@pytest.mark.parametrize("kind", ["saved_messages", "verification_codes", "bot_chat", "replies"])
def test_every_sort_of_private_chat_is_left_unread(given, chat, kind):
    private = chat({"text": "құпия", "from": "Жасырын"}, type=kind, id=9)
    data = load(given("result.json", {"chats": {"list": [chat({"text": "…"}), private]}}))
    assert data.report.files[0].warnings == (f"private chats are not read ({kind}): 1",)
    assert "құпия" not in data.posts.to_string()
    assert "Жасырын" not in data.accounts.to_string()


def test_the_pieces_of_a_text_go_before_the_text(given, chat, triples):
    text = ["…", {"type": "mention", "text": "@primer_old"}]
    pieces = [{"type": "mention", "text": "@primer_new"}]
    data = load(given("result.json", chat({"text": text, "text_entities": pieces})))
    assert triples(data) == [("telegram:user7", "telegram:@primer_new", "mention")]


def test_a_channel_is_one_whichever_way_its_number_is_written(given, triples):
    written = ["1500000001", "-1001500000001", "channel1500000001", "-1001500000001.0"]
    rows = "".join(f"user{i},{number}\n" for i, number in enumerate(written))
    data = load(given("a.csv", "source,target\n" + rows), options=Options(platform="telegram"))
    assert {target for _, target, _ in triples(data)} == {CHANNEL}
    assert len(data.ties) == 4


def test_negative_numbers_are_mended_too(given, triples):
    path = given("a.csv", "source,target\n-100001.0,5.0\n")
    assert triples(load(path, options=Options(platform="vk"))) == [("vk:-100001", "vk:5", "follow")]


def test_a_number_cut_to_the_width_of_a_cell_is_not_taken_for_a_round_one(given):
    path = given("a.csv", "source,target\n-1.0015E+12,1.500000002E+09\n")
    data = load(path, options=Options(platform="telegram"))
    assert list(data.accounts["account"]) == ["telegram:-1.0015E+12", "telegram:1500000002"]
    assert "id precision lost: 1" in data.report.files[0].warnings


def test_the_text_of_an_id_goes_before_its_rounded_number(given):
    user = {"id": 9007199254740992, "id_str": "9007199254740993", "screen_name": "primer"}
    tweet = {
        "id": 1478500000000000000,
        "id_str": "1478500000000000001",
        "created_at": "Wed Jan 05 04:01:00 +0000 2022",
        "full_text": "…",
        "user": user,
    }
    assert load(given("a.jsonl", tweet)).posts[["post", "account"]].to_numpy().tolist() == [
        ["x:1478500000000000001", "x:9007199254740993"]
    ]


def test_each_file_has_its_own_unit_of_epochs(given):
    stamps = {"s": "1641355260", "ms": "1641355260000", "us": "1641355260000000"}
    paths = [
        given(f"{unit}.csv", f"{TIES}x:{unit},x:a,repost,x:1,{stamp}\n")
        for unit, stamp in stamps.items()
    ]
    data = load(paths)
    assert data.ties["time"].astype("str").tolist() == ["2022-01-05 04:01:00+00:00"] * 3


def test_each_column_has_its_own_unit_of_epochs(given):
    message = {"message": "…", "date": 1641355260.0, "is_forwarded": False}
    channel = {
        "username": "primer_news",
        "title": "Пример",
        "creation_date": 1611111111000,
        "text_messages": {"3": message},
        "generic_media": {},
    }
    data = load(given("channels.json", {"1500000001": channel}))
    assert str(data.posts["time"].iloc[0]) == "2022-01-05 04:01:00+00:00"
    assert str(data.accounts["created"].iloc[0]) == "2021-01-20 02:51:51+00:00"


def test_the_parts_of_a_list_of_followers_are_one_list(given, triples):
    paths = [
        given("followers_1.json", [on_instagram("a_a"), on_instagram("b_b")]),
        given("followers_3.json", [on_instagram("b_b"), on_instagram("c_c")]),
    ]
    assert [source for source, _, _ in triples(load(paths, options=ME))] == [
        "instagram:@a_a",
        "instagram:@b_b",
        "instagram:@c_c",
    ]


def test_threads_of_the_same_archive_stay_out(given):
    other = on_instagram("t_t", "https://www.threads.net/@")
    files = {
        "connections/followers_and_following/followers_1.json": [on_instagram("a_a")],
        "threads/followers.json": {"text_post_app_text_post_app_followers": [other]},
        "threads/followers_1.json": [other],
    }
    data = load(given("export.zip", zipped(files)), options=ME)
    assert set(data.accounts["account"]) == {"instagram:@a_a", "instagram:@me"}
    assert data.report.rejected["file"].tolist() == [
        "export.zip/threads/followers.json",
        "export.zip/threads/followers_1.json",
    ]


def test_a_list_of_profiles_does_not_say_that_they_follow(given):
    kind = {"node_type": "Profile"}
    profiles = [{"node": {"id": i, "username": f"u_{i}"}, "instaloader": kind} for i in "56"]
    data = load(given("followers.json", profiles), options=ME)
    assert data.ties.empty
    assert list(data.accounts["account"]) == ["instagram:5", "instagram:6"]


@pytest.mark.parametrize("mark", ["-", "N/A", "absent", "null", "nan", "#N/A"])
def test_the_mark_of_a_missing_account_is_no_account(given, mark):
    data = load(given("a.csv", f"source,target\n{mark},x:a\nx:b,{mark}\nx:b,x:a\n"))
    assert list(data.accounts["account"]) == ["x:a", "x:b"]
    assert data.report.files[0].rejected == {"no source": 1, "no target": 1}


@pytest.mark.parametrize("write", [networkx.write_graphml, networkx.write_gexf])
@pytest.mark.parametrize("parallel", [False, True])
def test_numbers_that_networkx_gives_to_edges_say_nothing(tmp_path, triples, write, parallel):
    graph = networkx.MultiDiGraph()
    graph.add_edges_from([("x:b", "x:a"), ("x:c", "x:a")], weight=2.0)
    if parallel:
        graph.add_edge("x:b", "x:a", weight=5.0)
    write(graph, tmp_path / "graph.xml")
    data = load(tmp_path / "graph.xml")
    assert set(triples(data)) == {("x:b", "x:a", "repost"), ("x:c", "x:a", "repost")}
    assert sorted(data.ties["weight"]) == [2.0, 2.0, *([5.0] if parallel else [])]
    assert data.ties[["post", "content"]].isna().all(axis=None)


@pytest.mark.parametrize("name", ["follows.mtx", "follows.txt"])
def test_a_matrix_without_its_banner_is_refused_too(given, name):
    with pytest.raises(DataError, match="a MatrixMarket matrix is not read"):
        load(given(name, "419 419 3\n1 2 1\n1 3 1\n419 3 1\n"))


@pytest.mark.parametrize("text", ["3 3 9\n1 2 1\n2 3 1\n", "3 3 2\n1 2 1\n2 4 1\n", "3 3 1\n"])
def test_a_list_that_begins_with_a_loop_is_no_matrix(given, text):
    assert load(given("list.txt", text)).report.files[0].rows == text.count("\n")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_each_sign_that_begins_a_formula_is_neutral(sign):
    assert neutral(pd.DataFrame({"name": [f"{sign}1"]}))["name"].tolist() == [f"'{sign}1"]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2024-02-29T22:59:59", "2024-02-29 16:59:59"),
        ("2024-02-29T23:00:00", "2024-02-29 17:00:00"),
        ("2024-02-29T23:59:59", "2024-02-29 17:59:59"),
        ("2024-03-01T00:00:00", "2024-02-29 19:00:00"),
    ],
)
def test_local_times_on_both_sides_of_the_change_of_march_2024(given, chat, local, utc):
    message = {"date_unixtime": None, "date": local, "text": "…"}
    data = load(given("result.json", chat(message)))
    assert str(data.posts["time"].iloc[0]) == f"{utc}+00:00"
    assert data.report.files[0].warnings == ("time zone assumed to be Asia/Almaty: 1",)


def test_an_epoch_tells_the_two_passes_of_the_repeated_hour_apart(given, chat):
    both = [
        {"date_unixtime": stamp, "date": "2024-02-29T23:30:00", "text": "…"}
        for stamp in ("1709227800", "1709231400")
    ]
    times = load(given("result.json", chat(*both))).posts["time"].astype("str").tolist()
    assert times == ["2024-02-29 17:30:00+00:00", "2024-02-29 18:30:00+00:00"]


def test_an_hour_that_never_was_is_the_one_after_it(given):
    path = given("a.csv", f"{TIES}x:b,x:a,repost,x:1,2024-03-31 02:30:00\n")
    data = load(path, options=Options(tz="Europe/Berlin"))
    assert str(data.ties["time"].iloc[0]) == "2024-03-31 01:00:00+00:00"


def test_the_zone_and_the_owner_are_told_on_the_command_line(given, tmp_path):
    given("in/followers_1.json", [on_instagram("a_a")])
    given("in/shares.csv", f"{TIES}x:b,x:a,repost,x:1,2024-03-02 12:00:00\n")
    words = ["build", "in", "--tz", "Asia/Tokyo", "--source-account", "@me", "--out", "case"]
    words = [str(tmp_path / word) if word in ("in", "case") else word for word in words]
    done = CliRunner().invoke(kznet, words)
    assert done.exit_code == 0, done.output
    ties = pd.read_parquet(tmp_path / "case" / "dataset" / "ties.parquet").set_index("kind")
    assert str(ties.loc["repost", "time"]) == "2024-03-02 03:00:00+00:00"
    assert ties.loc["follow", "target"] == "instagram:@me"
    assert "time zone assumed to be Asia/Tokyo: 1" in done.output


@pytest.mark.parametrize(
    ("form", "unit"),
    [
        ("%Y-%m-%dT%H:%M:%SZ", 1.0),
        ("%Y-%m-%d %H:%M", 60.0),
        ("%Y-%m-%dT%H:00Z", 3600.0),
        ("%Y-%m-%d", 86400.0),
    ],
)
def test_the_unit_of_stamps_reaches_the_test_of_amplification(given, form, unit):
    posts = "post,account,time\n" + "".join(f"x:p{i},x:a,2024-05-01\n" for i in range(8))
    data = load([given("ties.csv", shares(form)), given("posts.csv", posts)])
    assert units(data)["ties.csv"] == unit
    assert set(data.ties["resolution"]) == {unit}
    found = events(data)
    assert found.coarsest == unit
    assert found.coarse.sum() == (64 if unit > 60 else 0)
    assert (found.time % 60 != 0).any() == (unit <= 60)
    said = amplification(data)
    assert ("too coarse" in said.facts.get("reason", "")) == (unit > 60)


def test_minutes_of_one_source_and_seconds_of_another_are_told_apart(given):
    header = "tweetid,userid,tweet_time,is_retweet,retweet_userid,retweet_tweetid\n"
    minutes = [f"{i},{i % 7},2017-08-19 15:{i:02},True,99,98\n" for i in range(40)]
    fine = shares("%Y-%m-%dT%H:%M:%SZ")
    data = load([given("x.csv", header + "".join(minutes)), given("ties.csv", fine)])
    assert units(data) == {"x.csv": 60.0, "ties.csv": 1.0}
    assert data.ties["resolution"].value_counts().to_dict() == {1.0: 64, 60.0: 40}


def test_a_unit_that_a_file_states_stays(given):
    text = "source,target,kind,time,resolution\n"
    rows = [f"x:b{i},x:a,repost,2024-05-06T06:00:{i:02}Z,3600\n" for i in range(40)]
    assert units(load(given("ties.csv", text + "".join(rows)))) == {"ties.csv": 3600.0}


def test_files_of_few_stamps_are_judged_together(given):
    whole = given("a.csv", shares("%Y-%m-%dT%H:%M:00Z", count=8))
    fine = given("b.csv", shares("%Y-%m-%dT%H:%M:%SZ", start="2024-06-01 06:00:07", count=8))
    assert set(units(load(whole)).values()) == {60.0}
    assert set(units(load([whole, fine])).values()) == {1.0}


@pytest.mark.parametrize(
    ("form", "zone", "start", "unit"),
    [
        ("%Y-%m-%d", "Asia/Almaty", "2024-02-20", 86400.0),
        ("%Y-%m-%d", "Asia/Kolkata", "2024-02-20", 86400.0),
        ("%Y-%m-%d %H:00", "Asia/Almaty", "2024-02-20", 3600.0),
        ("%Y-%m-%d %H:00", "Asia/Kolkata", "2024-02-20", 3600.0),
        ("%Y-%m-%d %H:%M", "Asia/Kolkata", "2024-02-20", 60.0),
    ],
)
def test_days_and_hours_of_a_local_clock_are_days_and_hours(given, form, zone, start, unit):
    text = shares(form, start=start, every=20_460)
    assert units(load(given("ties.csv", text), options=Options(tz=zone))) == {"ties.csv": unit}


def test_every_id_that_gave_way_is_listed_with_what_it_matched_by(given, chat):
    channel = chat({}, name="Пример", type="public_channel", id=1500000002)
    group = chat({"forwarded_from": "пример"}, id=1500000003)
    export = given("result.json", {"chats": {"list": [channel, group]}})
    handles = "account,handle\ntelegram:channel1500000002,Primer_News\n"
    ties = (
        "source,target\ntelegram:user1,telegram:@primer_news\ntelegram:1500000002,telegram:user1\n"
    )
    data = load([export, given("accounts.csv", handles), given("ties.csv", ties)])
    known = "telegram:channel1500000002"
    assert sorted(data.report.aliases.itertuples(index=False, name=None)) == [
        ("telegram:1500000002", known, "number"),
        ("telegram:@primer_news", known, "handle"),
        ("telegram:name:пример", known, "name"),
    ]
    assert "ids found to be another id's account: 3" in data.report.warnings
    assert not np.isin(data.report.aliases["alias"], data.accounts["account"]).any()
