import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.evaluation.variants import coarser_stamps, fewer_reposts, seen_as


@pytest.fixture
def data() -> Dataset:
    times = pd.date_range("2024-02-01T00:00:07Z", periods=400, freq="61s")
    ties = pd.DataFrame({"source": "x:b", "target": "x:a", "kind": "repost", "time": times,
                         "post": [f"p{i}" for i in range(400)]})  # fmt: skip
    follow = pd.DataFrame({"source": ["x:b"], "target": ["x:a"], "kind": ["follow"]})
    return Dataset(ties=pd.concat([ties, follow], ignore_index=True))


def test_so_many_reposts_are_kept_and_everything_else(data: Dataset):
    found = fewer_reposts(data, share=0.25, seed=1)
    assert 70 <= len(found.of_kind("repost")) <= 130
    assert len(found.of_kind("follow")) == 1
    assert len(found.posts) == 400


def test_stamps_are_cut_to_whole_units(data: Dataset):
    found = coarser_stamps(data, seconds=60)
    assert (found.of_kind("repost")["time"].dt.second == 0).all()
    assert found.ties["resolution"].isna().all()


def test_a_variant_is_named_by_what_it_does(data: Dataset):
    assert len(seen_as(data, "kept 0.1", seed=1).ties) < 100
    assert (seen_as(data, "stamps 3600 s").of_kind("repost")["time"].dt.minute == 0).all()
    assert seen_as(data, "as made") is data
