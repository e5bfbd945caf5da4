from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.coordination import pairs, sweep, too_coarse
from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.loaders import load

Share = tuple[str, str, int]


def data_of(shares: list[Share], content: list[str] | None = None) -> Dataset:
    ties = pd.DataFrame(shares, columns=["source", "post", "second"]).assign(kind="repost")
    ties["time"] = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(ties["second"], unit="s")
    return Dataset(ties=ties.assign(content=content) if content else ties)


def test_the_window_includes_its_border_and_ends_there():
    data = data_of([("a", "p", 0), ("b", "p", 60), ("c", "p", 121)])
    assert pairs(data, window="60s")[["source", "target"]].to_numpy().tolist() == [["a", "b"]]


def test_shares_with_stamps_coarser_than_the_window_are_left_out_and_counted():
    data = data_of([("a", "p", 0), ("b", "p", 0), ("c", "p", 0)])
    coarse = Dataset(ties=data.ties.assign(resolution=[60.0, 60.0, 3600.0]))
    assert len(pairs(coarse, window="60s")) == 1
    assert (too_coarse(coarse, window="60s"), too_coarse(coarse, window="1h")) == (1, 0)
    assert len(pairs(coarse, window="1h")) == 3
    assert too_coarse(data) == 0


def test_a_pair_across_a_minute_is_not_lost():
    assert len(pairs(data_of([("a", "p", 59), ("b", "p", 61)]), window="10s")) == 1


def test_objects_gaps_and_the_leader_are_those_of_the_pair():
    data = data_of([("a", "p", 0), ("b", "p", 10), ("a", "q", 0), ("b", "q", 30), ("c", "q", 500)])
    row = pairs(data).iloc[0]
    assert (row["objects"], row["median_gap"], row["leader"]) == (2, 20.0, "a")
    assert (row["coincidences"], row["shared_objects"], row["lead_share"]) == (2, 2, 1.0)


def test_no_leader_where_neither_is_first_more_often():
    data = data_of([("a", "p", 0), ("b", "p", 10), ("b", "q", 0), ("a", "q", 10)])
    assert pd.isna(pairs(data)["leader"].iloc[0])


def test_a_second_share_near_another_account_still_counts():
    assert len(pairs(data_of([("a", "p", 0), ("a", "p", 1000), ("b", "p", 1005)]))) == 1


def test_the_same_content_and_an_object_itself_are_no_shares():
    same = data_of([("a", "p", 0), ("b", "p", 1)], ["c", "c"])
    assert pairs(same).empty
    itself = data_of([("a", "p", 0), ("b", "p", 1)], ["p", "c"])
    assert pairs(itself).empty


def test_one_meeting_is_no_evidence_and_many_unlikely_ones_are():
    crowd = [(f"x{i}", f"p{k}", 1000 * i) for k in range(12) for i in range(1, 20)]
    crew = [(name, f"p{k}", s) for k in range(12) for name, s in (("a", 100), ("b", 105))]
    table = pairs(data_of(crowd + crew))
    assert (table["source"].iloc[0], table["target"].iloc[0]) == ("a", "b")
    assert table["q"].iloc[0] < 1e-6
    assert pairs(data_of(crowd + crew[:2]))["p"].iloc[0] == 1.0


@pytest.mark.parametrize("shares", [[], [("a", "p", 0)], [("a", "p", 0), ("a", "p", 0)]])
def test_nothing_to_pair_gives_an_empty_table(shares: list[Share]):
    table = pairs(data_of(shares))
    assert table.empty
    assert "q" in table.columns


SHARES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("pqr"), st.integers(0, 300)), max_size=25
)


@settings(max_examples=40, deadline=None)
@given(SHARES, st.integers(1, 200), st.integers(0, 5))
def test_pairs_are_those_of_the_plain_definition(shares: list[Share], window: int, turn: int):
    wanted: dict[tuple[str, str], set[str]] = {}
    for a, p, s in shares:
        for b, o, t in shares:
            if a < b and p == o and abs(s - t) <= window:
                wanted.setdefault((a, b), set()).add(p)
    turned = shares[turn:] + shares[:turn]
    table = pairs(data_of(turned), window=f"{window}s")
    found = dict(
        zip(zip(table["source"], table["target"], strict=True), table["objects"], strict=True)
    )
    assert found == {pair: len(objects) for pair, objects in wanted.items()}
    assert table["p"].between(0, 1).all()
    larger = pairs(data_of(shares), window=f"{window + 30}s")
    assert set(found) <= set(zip(larger["source"], larger["target"], strict=True))


def test_the_tail_is_that_of_all_outcomes_counted():
    # 3 objects shared by a, b and a third: each has 1 close pair of 3, so p = 1/3 three times
    shares = [("a", f"p{k}", 0) for k in range(3)] + [("c", f"p{k}", 10_000) for k in range(3)]
    shares += [("b", f"p{k}", 5) for k in range(3)]
    table = pairs(data_of(shares))
    assert table["p"].iloc[0] == pytest.approx((1 / 27) / (1 - 8 / 27))


def test_windows_that_meet_too_many_coincidences_are_left_out():
    # a, b within 5 s; c joins them within a minute: 1 couple, then 3
    data = data_of([("a", "p", 0), ("b", "p", 5), ("c", "p", 40)])
    assert list(sweep(data, windows=["60s", "10s"], most=2)["window"]) == ["10s"]
    assert list(sweep(data, windows=["60s", "10s"], most=3)["window"]) == ["10s", "60s"]


def test_a_sweep_compares_windows_and_suggests_at_most_one():
    table = sweep(data_of([("a", "p", 0), ("b", "p", 20)]), windows=["1min", "10s"])
    assert list(table["window"]) == ["10s", "1min"]
    assert list(table["pairs"]) == [0, 1]
    assert table["suggested"].sum() <= 1


def test_a_window_that_is_no_duration_is_refused():
    with pytest.raises(DataError, match="duration 'soon' is not like '60s'"):
        pairs(Dataset(), window="soon")


@pytest.mark.parametrize(("window", "count"), [(10, 1_092), (60, 6_206)])
def test_russian_sample_equals_two_other_tools(shared_data: Path, window: int, count: int):
    folder = shared_data / "coortweet"
    table = pairs(load(folder / "russian_coord_tweets.csv.gz"), window=f"{window}s")
    assert len(table) == count
    wanted = pd.read_csv(folder / f"expected_edges_russian_tw{window}_mp1.csv")
    bare = table.assign(
        source=table["source"].str.partition(":")[2], target=table["target"].str.partition(":")[2]
    )
    both = wanted.merge(
        bare, left_on=["account_id", "account_id_y"], right_on=["source", "target"], how="outer"
    )
    assert len(both) == count
    assert (both["weight"] == both["coincidences"]).all()
    assert np.allclose(both["avg_time_delta"], both["mean_gap"])
