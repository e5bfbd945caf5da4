from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from kznet.coordination import pairs
from kznet.coordination.tails import tails
from kznet.dataset import Dataset
from kznet.loaders import load

if TYPE_CHECKING:
    from kznet.engines.spark.world import World

MINUTE = 60_000_000
SAMPLE = Path(__file__).parents[2] / "data" / "coortweet" / "shares.csv"


@pytest.fixture(scope="module")
def viral(there: "Callable[[Dataset], World]") -> "tuple[Dataset, World]":
    """One post that 60 accounts share within two minutes, many at the same second, and others."""
    rng = np.random.default_rng(0)
    post = np.where(rng.random(300) < 0.6, 0, rng.integers(1, 9, 300))
    second = np.where(post == 0, rng.integers(0, 120, 300), rng.integers(0, 40_000, 300))
    ties = pd.DataFrame(
        {
            "source": [f"x:a{code:02}" for code in rng.integers(0, 60, 300)],
            "kind": "repost",
            "post": [f"x:p{code}" for code in post],
            "time": pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(second, unit="s"),
        }
    )
    data = Dataset(ties=ties)
    return data, there(data)


@pytest.mark.parametrize("largest", [50_000, 7])
def test_a_viral_object_cut_into_lots_meets_as_often(
    viral: "tuple[Dataset, World]", largest: int
) -> None:
    from kznet.engines.spark.arrow import gathered
    from kznet.engines.spark.close import coincidences, shares

    data, made = viral
    met = coincidences(shares(made, MINUTE).where("fine"), MINUTE, largest=largest)
    found = gathered(met.groupBy("low", "high").count()).to_pandas()
    expected = pairs(data, window="60s")
    assert found["count"].sum() == expected["coincidences"].sum()
    assert sorted(found["count"]) == sorted(expected["coincidences"])


def test_pairs_of_a_share_list_are_those_of_one_machine(
    there: "Callable[[Dataset], World]",
) -> None:
    from kznet.engines.spark import Cluster

    data = load(SAMPLE)
    found = next(Cluster(there(data)).pairs(MINUTE, tails).tables())
    expected = pairs(data, window="60s")
    assert found["objects"].tolist() == expected["objects"].tolist()
    np.testing.assert_allclose(found[["p", "q"]], expected[["p", "q"]], rtol=1e-9)
    assert len(found)
