import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from kznet.network import Network
from kznet.report.ego import ego, ego_drawing
from tests.report.conftest import build

# b → a (3 reposts, 1 follow), c → a, d → b, a → d; e stands alone
NET = Network(
    pd.Index(["a", "b", "c", "d", "e"], dtype="str"),
    {
        "repost": csr_array((np.array([3.0, 1, 1, 1]), ([1, 2, 3, 0], [0, 0, 1, 3])), shape=(5, 5)),
        "follow": csr_array((np.array([1.0]), ([1], [0])), shape=(5, 5)),
    },
)


def test_an_ego_network_holds_the_account_its_ties_and_those_among_them() -> None:
    found = ego(NET, "a")
    assert list(NET.accounts[found.positions]) == ["a", "b", "d", "c"]
    assert found.neighbours == 3
    rows = found.ties[["source", "target", "kind", "weight"]].to_numpy().tolist()
    assert rows == [[0, 1, "repost", 4.0], [0, 2, "repost", 1.0], [0, 3, "repost", 1.0],
                    [1, 2, "repost", 1.0]]  # fmt: skip


def test_those_asked_for_come_first_and_the_room_is_kept() -> None:
    found = ego(NET, "a", first=["e", "c", "nobody"], most=3)
    assert list(NET.accounts[found.positions]) == ["a", "e", "c"]


def test_an_account_without_ties_stands_alone() -> None:
    found = ego(NET, "e")
    assert (len(found), found.neighbours, len(found.ties)) == (1, 0, 0)


def test_a_drawing_rings_those_marked_and_is_the_same_each_time() -> None:
    analysis = build(200)
    account = analysis.hubs["account"].iloc[0]
    found = ego(analysis.network, account)
    marked = analysis.network.accounts[found.positions][1:4].tolist()
    first, again = (ego_drawing(analysis, found, marked=marked, title="t") for _ in range(2))
    assert first == again
    assert first.count('class="ring"') == 4
