from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.analysis import Analysis
from kznet.dataset import Dataset
from kznet.network import network
from kznet.report.map.selection import audience, select

Make = Callable[..., Analysis]


@pytest.fixture(scope="module")
def world(make: Make) -> Analysis:
    return make(1500, hubs=5)


def test_a_small_network_is_shown_whole(make: Make) -> None:
    analysis = make(50)
    chosen = select(analysis, top=400)
    assert len(chosen) == 50
    assert len(chosen.ties) == chosen.among
    assert chosen.strongest == 0


@pytest.mark.parametrize("n", [0, 1, 2])
def test_almost_nothing_can_be_selected(make: Make, n: int) -> None:
    chosen = select(make(n, hubs=0), top=400)
    assert len(chosen) == n
    assert list(chosen.ties.columns) == ["source", "target", "kind", "weight"]


def test_as_many_accounts_as_asked_for_are_shown_each_once(world: Analysis) -> None:
    chosen = select(world, top=100)
    assert len(chosen) == 100
    assert (np.diff(chosen.positions) > 0).all()


def test_every_called_hub_is_shown_even_beyond_the_room(world: Analysis) -> None:
    called = world.hubs.loc[world.hubs["status"] == "hub", "account"]
    chosen = select(world, top=3)
    assert set(called) == set(world.network.accounts[chosen.positions])


def test_each_community_of_some_size_is_represented(world: Analysis) -> None:
    chosen = select(world, top=100)
    community = world.membership.set_index("account")["community"]
    shown = community.reindex(world.network.accounts[chosen.positions]).dropna()
    assert set(shown) == set(world.communities["community"])


def test_within_a_community_the_largest_audience_is_shown(world: Analysis) -> None:
    chosen = set(select(world, top=100).positions)
    reach = pd.Series(audience(world.network), world.network.accounts)
    largest = world.membership.set_index("account").assign(reach=reach)
    largest = largest[largest["community"] == 0]["reach"].idxmax()
    assert world.network.accounts.get_loc(largest) in chosen


def test_ties_join_shown_accounts_and_stay_within_the_room(world: Analysis) -> None:
    chosen = select(world, top=60)
    assert chosen.ties[["source", "target"]].to_numpy().max() < len(chosen)
    assert len(chosen.ties) <= 300
    assert chosen.among >= len(chosen.ties)


def test_a_tie_keeps_its_ends_and_weight(world: Analysis) -> None:
    chosen = select(world, top=60)
    tie = chosen.ties.iloc[0]
    source, target = chosen.positions[[tie["source"], tie["target"]]]
    assert world.network.layers[tie["kind"]][source, target] == tie["weight"]


def test_when_ties_are_left_out_each_account_keeps_its_strongest(make: Make) -> None:
    # every account of 12 reposts every other with a weight of its own: 132 ties for 60 places
    n = 12
    ids = [f"x:{i:02}" for i in range(n)]
    rows = [(a, b, "repost", float(10 * i + j + 1)) for i, a in enumerate(ids)
            for j, b in enumerate(ids) if a != b]  # fmt: skip
    data = Dataset(ties=pd.DataFrame(rows, columns=["source", "target", "kind", "weight"]))
    analysis = replace(make(0, hubs=0), dataset=data, network=network(data))
    chosen = select(analysis, top=400)
    assert chosen.among == 132
    assert 0 < len(chosen.ties) <= 60
    assert chosen.strongest >= 1
    best = chosen.ties.groupby("source")["weight"].max()
    assert best.to_list() == [10.0 * i + 12 - (i == 11) for i in range(n)]


def test_the_selection_does_not_depend_on_chance(world: Analysis) -> None:
    one, two = select(world, top=80), select(world, top=80)
    assert (one.positions == two.positions).all()
    pd.testing.assert_frame_equal(one.ties, two.ties)
