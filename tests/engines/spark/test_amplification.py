from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.amplification import amplification
from kznet.mechanisms.amplification.there import amplification_there, screen

if TYPE_CHECKING:
    from kznet.engines.spark.world import World


def test_coarse_stamps_are_spread_by_the_same_random_numbers(
    there: "Callable[[Dataset], World]",
) -> None:
    """Stamps of whole minutes, posts of unknown time, a repost before its post, a machine."""
    from kznet.engines.spark import Cluster

    rng = np.random.default_rng(1)
    post = np.repeat(np.arange(40), 12)
    minute = rng.integers(1, 300, len(post)) + 1_000 * post
    ties = pd.DataFrame(
        {
            "source": [f"x:r{code:02}" for code in rng.integers(0, 30, len(post))],
            "target": [f"x:a{code % 3}" for code in post],
            "kind": "repost",
            "post": [f"x:p{code:02}" for code in post],
            "time": pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(minute, unit="min"),
        }
    )
    machine = ties.groupby("post").head(1).assign(source="x:machine")
    machine["time"] = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(
        [1_000 * int(name[-2:]) + 1 for name in machine["post"]], unit="min"
    )
    posts = pd.DataFrame({"post": sorted(set(ties["post"]))})
    posts["time"] = [
        pd.NaT if place % 5 == 0 else pd.Timestamp("2024-01-01", tz="UTC")
        + pd.Timedelta(1_000 * place + (200 if place == 7 else 0), unit="min")
        for place in range(len(posts))
    ]  # fmt: skip
    data = Dataset(ties=pd.concat([ties, machine]).assign(resolution=60.0), posts=posts)
    found = Cluster(there(data)).gathered(screen, seed=4)
    remote = amplification_there(found, gated=set(), q=0.05, seed=4)
    local = amplification(data, q=0.05, seed=4)
    pd.testing.assert_frame_equal(remote.tests, local.tests)
    pd.testing.assert_frame_equal(remote.screens, local.screens)
    assert dict(remote.facts) == dict(local.facts)
    assert local.facts["resolution_seconds"] == 60
    assert local.facts["posts_that_start_with_their_first_repost"] == 8
    assert "x:machine" in set(local.screens["account"])
    assert (local.tests["status"] == "tested").sum() == 3
