import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from kznet.coordination import pairing, pairs
from kznet.dataset import Dataset
from kznet.engines import numpy_
from kznet.errors import MissingDependencyError
from kznet.loaders import load

ENGINES = ["numpy", "duckdb"]
Share = tuple[str, str, int, str]


def engine(name: str) -> ModuleType:
    return import_module(f"kznet.engines.{name}_")


def data_of(shares: list[Share]) -> Dataset:
    ties = pd.DataFrame(shares, columns=["source", "post", "second", "content"])
    ties["time"] = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(ties["second"], unit="s")
    return Dataset(ties=ties.assign(kind="repost", content=ties["content"].replace("", None)))


def plainly(shares: list[Share], window: int) -> pd.DataFrame:
    """Pairs by their definition, one couple of shares after the other."""
    rows = []
    for i, (a, p, s, c) in enumerate(shares):
        for b, o, t, d in shares[i + 1 :]:
            if a != b and p == o and abs(s - t) <= window and (c != d or not c):
                first, low = (a if s < t else b if t < s else ""), min(a, b)
                rows.append((low, max(a, b), p, abs(s - t), first))
    frame = pd.DataFrame(rows, columns=["source", "target", "object", "gap", "first"])
    groups = frame.groupby(["source", "target"])
    return pd.DataFrame(
        {
            "objects": groups["object"].nunique(),
            "coincidences": groups.size(),
            "median_gap": groups["gap"].median().astype(float),
            "mean_gap": groups["gap"].mean(),
        }
    ).reset_index()


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("window", [10, 60])
def test_every_engine_equals_the_expected_edges_of_other_tools(
    shared_data: Path, name: str, window: int
):
    folder = shared_data / "coortweet"
    data = load(folder / "russian_coord_tweets.csv.gz")
    table = pairs(data, window=f"{window}s", engine=name)
    wanted = pd.read_csv(folder / f"expected_edges_russian_tw{window}_mp1.csv")
    found = table.assign(
        account_id=table["source"].str.partition(":")[2],
        account_id_y=table["target"].str.partition(":")[2],
    )
    both = wanted.merge(found, on=["account_id", "account_id_y"], how="outer")
    assert len(both) == len(wanted) == len(table)
    assert (both["weight"] == both["coincidences"]).all()
    assert np.allclose(both["avg_time_delta"], both["mean_gap"])
    pd.testing.assert_frame_equal(table, pairs(data, window=f"{window}s"), check_exact=True)


SHARES = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("pq"),
        st.integers(0, 12).map(lambda step: 15 * step),
        st.sampled_from(["", "", "u", "v"]),
    ),
    max_size=25,
)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=12, deadline=None)
@given(shares=SHARES, turn=st.integers(0, 5))
def test_every_engine_gives_the_pairs_of_the_plain_definition(
    name: str, shares: list[Share], turn: int
):
    wanted = plainly(shares, 30)
    found = pairs(data_of(shares[turn:] + shares[:turn]), window="30s", engine=name)
    assert (found["lead_share"].between(0, 1) & found["p"].between(0, 1)).all()
    pd.testing.assert_frame_equal(found[list(wanted.columns)], wanted, check_dtype=False)


@pytest.mark.parametrize("name", ENGINES)
def test_who_leads_is_who_was_first_more_often(name: str):
    shares = [("b", "p", 0, ""), ("a", "p", 10, ""), ("b", "q", 0, ""), ("a", "q", 5, "")]
    shares += [("a", "r", 0, ""), ("b", "r", 5, ""), ("a", "s", 0, ""), ("b", "s", 0, "")]
    row = pairs(data_of(shares), engine=name).iloc[0]
    assert (row["leader"], row["lead_share"], row["objects"]) == ("b", 0.5, 4)


def viral(accounts: int = 60, seed: int = 0) -> Dataset:
    rng = np.random.default_rng(seed)
    posts = np.where(rng.random(900) < 0.5, 0, rng.integers(1, 30, 900))
    names = rng.integers(0, accounts, 900)
    seconds = rng.integers(0, 2_000, 900)
    rows = zip(names, posts, seconds, strict=True)
    return data_of([(f"a{name}", f"p{post}", int(second), "") for name, post, second in rows])


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("most", [100, 5_000])
def test_pairs_in_parts_equal_those_made_at_once(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int
):
    data = viral()
    whole = pairs(data)
    assert whole["coincidences"].sum() > 5_000
    for limit in ("_FEWEST", "_MOST", "_AT_ONCE"):
        monkeypatch.setattr(engine("numpy"), limit, most)
    monkeypatch.setattr(engine("duckdb"), "_AT_ONCE", most)
    monkeypatch.setattr("kznet.coordination.parts._BYTES_EACH", 1 << 40)
    pd.testing.assert_frame_equal(pairs(data, engine=name), whole, check_exact=True)


@pytest.mark.parametrize("memory", [1, 1 << 28, 1 << 33])
def test_the_memory_limit_changes_no_pair(memory: int):
    data = viral(seed=1)
    limited = pairs(data, memory=memory)
    pd.testing.assert_frame_equal(limited, pairs(data, engine="duckdb", memory=memory))


def test_ranges_of_coincidences_ascend_and_share_no_pair(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(numpy_, "_MOST", 50)
    monkeypatch.setattr(numpy_, "_FEWEST", 50)
    rng = np.random.default_rng(0)
    thing = np.sort(rng.integers(0, 3, 200))
    time = rng.integers(0, 100, 200)
    time = time[np.lexsort([time, thing])]
    account = rng.integers(0, 20, 200).astype(np.int32)
    ranges = list(numpy_.coincidences(account, thing, time, thing[:0], window=10, memory=1))
    keys = [low.astype(np.int64) * 20 + high for low, high, _, _ in ranges]
    assert len(ranges) > 5
    assert all(one.max() < other.min() for one, other in pairwise(keys))


def test_a_stream_of_tables_is_the_table_and_counts_what_it_lists():
    with pairing(viral()) as found:
        table = found.table(min_objects=2)
        pd.testing.assert_frame_equal(
            pd.concat(found.tables(min_objects=2), ignore_index=True), table
        )
        assert found.count(min_objects=2) == len(table)
        assert found.survivors(0.5) == (found.table()["q"] <= 0.5).sum()
        assert found.survivors(1.0) == found.count() == len(found.table())
        assert len(list(found.tables(min_objects=999))) == 1


def test_q_is_that_of_benjamini_and_hochberg_over_all_pairs():
    table = pairs(viral(accounts=25))
    assert 0 < (table["p"] < 1).sum() < len(table)
    assert np.array_equal(table["q"], false_discovery_control(table["p"]))


def test_an_absent_package_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.delitem(sys.modules, "kznet.engines.duckdb_", raising=False)
    monkeypatch.delattr("kznet.engines.duckdb_", raising=False)
    with pytest.raises(MissingDependencyError, match=r"pip install 'kznet\[duckdb\]'"):
        pairs(viral(), engine="duckdb")
