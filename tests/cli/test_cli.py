import io
import subprocess
import sys
import tomllib
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from kznet.cli import kznet
from kznet.cli.request import Request

SHARES = """object_id,account_id,content_id,timestamp_share
p,a,c1,1000
p,b,c2,1030
q,a,c3,5000
"""
EDGES = "source,target,kind\nx:a,x:b,follow\nx:b,x:a,follow\nx:c,x:a,follow\n,x:a,follow\n"


def call(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(kznet, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def table(result: Result) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(result.stdout))


@pytest.fixture
def shares(tmp_path: Path) -> Path:
    path = tmp_path / "shares.csv"
    path.write_text(SHARES, encoding="utf-8")
    return path


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    path = tmp_path / "edges.csv"
    path.write_text(EDGES, encoding="utf-8")
    return path


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_help_loads_no_heavy_library():
    heavy = [
        "pandas",
        "numpy",
        "scipy",
        "igraph",
        "networkx",
        "pyvis",
        "pyarrow",
        "joblib",
        "jinja2",
    ]
    code = f"import sys, kznet.cli; print([m for m in {heavy} if m in sys.modules])"
    assert python(code).strip() == "[]"


def test_every_command_shows_a_real_call():
    for name, command in kznet.commands.items():
        assert f"Example: kznet {name} " in (command.help or ""), name
        assert call(name, "--help").stdout


def test_the_public_names_are_what_they_say_whatever_was_imported_first():
    code = "import kznet.network, kznet; print(callable(kznet.network), callable(kznet.hubs))"
    assert python(code).split() == ["True", "True"]


def test_pairs_go_to_the_screen_and_remarks_do_not(shares: Path):
    result = call("pairs", shares, "--window", "30s")
    assert table(result)[["source", "target", "objects"]].to_numpy().tolist() == [
        ["node:a", "node:b", 1]
    ]
    assert "1 pairs within 30s" in result.stderr
    assert call("pairs", shares, "--window", "30s", "--quiet").stderr == ""


def test_duckdb_pairs_ties_of_a_case_without_a_dataset(tmp_path: Path):
    rows = [("x:a", "p", "00"), ("x:b", "p", "10"), ("x:c", "p", "59"), ("x:a", "q", "00")]
    ties = pd.DataFrame(rows, columns=["source", "post", "time"]).assign(
        kind="repost", target="x:h"
    )
    ties["time"] = pd.to_datetime("2024-01-01T00:00:" + ties["time"] + "Z")
    ties.to_parquet(tmp_path / "ties.parquet")
    same = [
        call("pairs", tmp_path / "ties.parquet", "--engine", each) for each in ("duckdb", "auto")
    ]
    assert same[0].stdout == same[1].stdout
    assert len(table(same[0])) == 3
    assert "ties.parquet: tables" not in same[0].stderr


def test_spark_is_for_whole_runs(shares: Path):
    result = call("pairs", shares, "--engine", "spark", code=2)
    assert "engine 'spark' is for kznet run" in result.stderr


def test_a_table_goes_to_a_file(shares: Path, tmp_path: Path):
    result = call("pairs", shares, "-o", tmp_path / "pairs.csv")
    assert result.stdout == ""
    assert len(pd.read_csv(tmp_path / "pairs.csv")) == 1


def test_a_sweep_has_a_row_a_window(shares: Path):
    assert list(table(call("pairs", shares, "--sweep"))["window"])[:2] == ["10s", "30s"]


def test_centrality_takes_single_measures_and_ranks(edges: Path):
    found = table(call("centrality", edges, "--measure", "in_degree"))
    assert list(found["follow_in_degree"]) == [2, 1, 0]
    ranked = table(call("centrality", edges, "--measure", "in_degree", "--ranks"))
    assert list(ranked["follow_in_degree_rank"]) == [1, 2, 3]


def test_communities_say_why_there_are_none(edges: Path):
    result = call("communities", edges)
    assert "No communities (follow)" in result.stderr
    assert len(table(result)) == 3


def test_hubs_say_what_is_missing(shares: Path):
    result = call("hubs", shares)
    assert "not testable: authors are missing" in result.stderr


def test_list_knows_every_kind():
    assert "pagerank" in call("list", "measures").stdout
    assert "coortweet" in call("list", "formats").stdout
    assert "amplification" in call("list", "mechanisms").stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["run", "nowhere.csv"], 1, "nowhere.csv"),
        (["pairs", "{shares}", "--window", "soon"], 1, "duration 'soon'"),
        (["centrality", "{shares}", "--measure", "pagernk"], 1, "Did you mean 'pagerank'"),
        (["run", "{shares}", "--format", "coortwet"], 1, "Did you mean 'coortweet'"),
        (["simulate", "--world", "demmo"], 1, "Did you mean 'demo'"),
        (["run", "--top", "many"], 2, "not a valid integer"),
        (["render", "nowhere"], 2, "does not exist"),
        (["pairs", "{shares}", "-o", "{shares}/no/table.csv"], 1, "table.csv"),
        (["list", "colours"], 2, "colours"),
    ],
)
def test_misuse_is_answered_in_words(words: list[str], code: int, message: str, shares: Path):
    result = call(*(word.format(shares=shares) for word in words), code=code)
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_of_somebody_is_never_touched(edges: Path, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("precious", encoding="utf-8")
    result = call("run", edges, "-o", tmp_path / "mine", code=1)
    assert "is not a kznet case" in result.stderr
    assert "edges.csv" not in result.stderr  # refused before the work, not after it
    assert (tmp_path / "mine" / "notes.txt").read_text(encoding="utf-8") == "precious"


def test_a_run_ends_with_where_to_look_and_opens_again(edges: Path, tmp_path: Path):
    case = tmp_path / "case"
    result = call("run", edges, "-o", case)
    assert f"network  {case / 'network.html'}" in result.stdout
    assert "set aside: 1 ×" in result.stderr
    assert "no roles in the data" in result.stdout
    assert nx.read_graphml(case / "graphs" / "network.graphml").number_of_nodes() == 3
    assert nx.read_gexf(case / "graphs" / "network.gexf").number_of_edges() == 3
    again = call("run", case, "-o", tmp_path / "again")
    assert "3 accounts; ties: 3 follow" in again.stdout
    assert "report" in call("render", case, "--names", "all").stdout


def test_a_run_is_repeated_by_its_own_settings(shares: Path, tmp_path: Path):
    call("run", shares, "-o", tmp_path / "one", "--window", "2min", "--seed", "4")
    settings = tmp_path / "one" / "kznet.toml"
    call("run", "--config", settings, "-o", tmp_path / "two")
    assert (tmp_path / "two" / "kznet.toml").read_text() == settings.read_text()
    for name in ("pairs", "centrality", "hubs"):
        one, two = (tmp_path / case / "tables" / f"{name}.csv" for case in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_a_strict_run_asks_for_a_third_of_q_and_is_repeated_by_its_settings(
    shares: Path, tmp_path: Path
):
    call("run", shares, "-o", tmp_path / "one", "--strict", "--q", "0.06")
    settings = (tmp_path / "one" / "kznet.toml").read_text(encoding="utf-8")
    assert tomllib.loads(settings)["q"] == pytest.approx(0.02)
    call("run", "--config", tmp_path / "one" / "kznet.toml", "-o", tmp_path / "two")
    assert (tmp_path / "two" / "kznet.toml").read_text(encoding="utf-8") == settings


def test_settings_that_are_no_options_are_refused(shares: Path, tmp_path: Path):
    (tmp_path / "odd.toml").write_text('windw = "60s"\n', encoding="utf-8")
    result = call("run", shares, "--config", tmp_path / "odd.toml", code=1)
    assert "unknown option 'windw'. Did you mean 'window'?" in result.stderr


@pytest.mark.parametrize("to", ["gexf", "graphml", "gephi", "json", "xlsx", "parquet"])
def test_a_case_is_exported(to: str, edges: Path, tmp_path: Path):
    call("build", edges, "-o", tmp_path / "case")
    written = call("export", tmp_path / "case", "--to", to, "-o", tmp_path / to).stdout.split()
    assert written
    assert all(Path(path).stat().st_size for path in written)


def test_a_case_without_pages_is_built_and_read(edges: Path, tmp_path: Path):
    result = call("build", edges, "-o", tmp_path / "case")
    assert "edges.csv: edges" in result.stdout
    assert (tmp_path / "case" / "graphs" / "network.gexf").is_file()
    assert len(table(call("centrality", tmp_path / "case", "--measure", "in_degree"))) == 3


def test_formulas_are_neutral_in_tables(tmp_path: Path):
    (tmp_path / "e.csv").write_text("source,target,kind\n=1+1,b,follow\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text("account,name\nnode:b,=cmd()\n", encoding="utf-8")
    found = table(
        call("centrality", tmp_path / "e.csv", tmp_path / "a.csv", "--measure", "in_degree")
    )
    assert "'=cmd()" in set(found["name"])


def test_accounts_to_label_come_back_as_they_are(tmp_path: Path):
    edges = tmp_path / "follows.csv"
    edges.write_text("source,target,kind\nx:b,x:a,follow\nx:c,x:a,follow\nx:a,vk:-1,follow\n")
    filled, same = tmp_path / "accounts.xlsx", tmp_path / "same.csv"
    done = call("accounts", edges, "-o", filled, "--same", same)
    assert "2 of 4 accounts; 0 have a role" in done.stderr
    shown = call("accounts", edges).stdout.splitlines()
    assert [line.split(",")[0] for line in shown] == ["account", "x:a", "vk:-1"]
    call("build", edges, "--accounts", filled, "-o", tmp_path / "case")


def test_accounts_of_one_entity_count_as_one(tmp_path: Path):
    edges, who = tmp_path / "follows.csv", tmp_path / "who.csv"
    edges.write_text("source,target,kind\nx:b,x:a,follow\nx:b,vk:-1,follow\nx:a,vk:-1,follow\n")
    who.write_text("account,entity\nx:a,Primer\nvk:-1,Primer\n")
    words = ("--accounts", who, "--by", "entity", "--measure", "in_degree")
    assert table(call("centrality", edges, *words))["account"].tolist() == ["entity:primer", "x:b"]


def test_input_comes_from_the_standard_input(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "kznet", "pairs", "-", "--platform", "x"],
        input="source,post,timestamp\na,p,0\nb,p,1\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].startswith("x:a,x:b,1,1.0")


def test_a_password_is_not_written_into_the_settings():
    request = Request((
        "postgresql://me:secret@host/base",), (), None, None, None, "actor", "UTC", None, None,
        "account", 0, "auto", None, True,
    )  # fmt: skip
    assert request.options()["inputs"] == ["postgresql://me:***@host/base"]


def test_a_list_that_may_be_filled_in_is_not_written_over(tmp_path: Path):
    edges = tmp_path / "follows.csv"
    edges.write_text("source,target,kind\nx:b,x:a,follow\n")
    filled = tmp_path / "accounts.csv"
    filled.write_text("mine")
    assert (
        "what was filled in would be lost" in call("accounts", edges, "-o", filled, code=1).output
    )
    assert filled.read_text() == "mine"


def test_the_owner_of_a_list_is_named_in_the_analysts_own_folder_alone(tmp_path: Path):
    members = tmp_path / "friends.json"
    members.write_text('{"response": {"count": 1, "items": [4100002]}}')
    case = tmp_path / "case"
    call("run", members, "--source-account", "vk:id4100009", "--names", "public", "-o", case)
    told = [path for path in case.rglob("*") if path.is_file() and b"4100009" in path.read_bytes()]
    assert {path.relative_to(case).parts[0] for path in told} == {"dataset"}
    assert 'source_account = "vk:id4100009"' in (case / "dataset" / "kznet.toml").read_text()


def test_the_screen_names_each_file_that_was_not_read(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "edges.csv").write_text("source,target,time\nx:b,x:a,never\nx:c,x:a,0\nx:d,,1\n")
    (folder / "notes.txt").write_text("words\n")
    told = call("build", folder, "-o", tmp_path / "case").output
    assert (
        "not read: notes.txt: no known format (no source and target columns; found words)" in told
    )
    assert "set aside: 1 × time not understood (as in edges.csv, line 2 'never')" in told
    assert f"set aside  {tmp_path / 'case' / 'dataset' / 'rejected.csv'}" in told


def test_a_registry_says_who_is_confirmed(edges: Path, tmp_path: Path):
    registry = tmp_path / "registry.csv"
    registry.write_text("account,name,confirmed,url\nx:a,Primer,2024-05-31,\n", encoding="utf-8")
    call("hubs", edges, "--registry", registry)
    call("run", edges, "--registry", registry, "-o", tmp_path / "case")
    settings = (tmp_path / "case" / "kznet.toml").read_text(encoding="utf-8")
    assert f'registry = "{registry}"' in settings
    tests = pd.read_csv(tmp_path / "case" / "tables" / "tests.csv")
    mine = tests[tests["mechanism"] == "pseudo_official"].set_index("account")
    assert "confirmed by the registry of 2024-05-31" in set(mine["reason"])


def test_an_edited_lexicon_decides_and_is_written_into_the_case(edges: Path, tmp_path: Path):
    terms, posts = tmp_path / "terms.csv", tmp_path / "posts.csv"
    terms.write_text("category,field,lang,term\npromotion,text,ru,дождь\n", encoding="utf-8")
    posts.write_text("post,account,text\np1,x:a,дождь\np2,x:a,скидка\n", encoding="utf-8")
    told = call("topics", posts, "--lexicon", terms).stdout
    assert "promotion,дождь,дождь" in told
    assert "other,,скидка" in told
    call("run", edges, "--lexicon", terms, "-o", tmp_path / "case")
    assert "terms.csv" in (tmp_path / "case" / "dataset" / "kznet.toml").read_text("utf-8")
    assert "gone.csv: no lexicon" in call("topics", posts, "--lexicon", "gone.csv", code=1).stderr


def test_a_registry_without_days_or_missing_is_refused(edges: Path, tmp_path: Path):
    registry = tmp_path / "registry.csv"
    registry.write_text("account,confirmed\nx:a,yes\n", encoding="utf-8")
    wanted = "Error: registry.csv: line 2: column 'confirmed': found 'yes', wanted the day"
    assert wanted in call("hubs", edges, "--registry", registry, code=1).stderr
    assert "gone.csv" in call("hubs", edges, "--registry", tmp_path / "gone.csv", code=1).stderr
