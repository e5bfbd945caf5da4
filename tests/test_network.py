import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.network import Network, network

# a ⇄ b follow; a → b repost twice (weights 1 and 2); a → a; c → ? (author unknown)
TIES = pd.DataFrame(
    [
        ("a", "b", "follow", 1.0),
        ("a", "b", "follow", 1.0),
        ("b", "a", "follow", 1.0),
        ("a", "b", "repost", 1.0),
        ("a", "b", "repost", 2.0),
        ("a", "a", "repost", 1.0),
        ("c", None, "repost", 1.0),
    ],
    columns=["source", "target", "kind", "weight"],
)
NET = network(Dataset(ties=TIES))


def test_reposts_add_up_and_follows_do_not():
    edges = NET.edges()
    assert edges.to_numpy().tolist() == [
        ["a", "b", "follow", 1.0],
        ["b", "a", "follow", 1.0],
        ["a", "b", "repost", 3.0],
    ]


def test_ties_to_oneself_are_counted_and_left_out():
    assert NET.loops == {"follow": 0, "repost": 1}


def test_the_total_sums_layers_and_the_undirected_form_is_all_ones():
    assert NET.total.toarray().tolist() == [[0, 4, 0], [1, 0, 0], [0, 0, 0]]
    assert NET.undirected.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_conversions_there_and_back_lose_nothing():
    for other in (
        Network.from_networkx(NET.to_networkx()),
        Network.from_igraph(NET.to_igraph()),
    ):
        pd.testing.assert_frame_equal(other.edges(), NET.edges())
        assert list(other.accounts) == ["a", "b", "c"]


def test_renaming_moves_ties_with_their_accounts():
    renamed = NET.renamed({"a": "z", "b": "y", "c": "x"})
    assert list(renamed.accounts) == ["x", "y", "z"]
    assert renamed.edges().iloc[-1].to_list() == ["z", "y", "repost", 3.0]


def test_an_empty_network_has_no_edges():
    empty = network(Dataset())
    assert len(empty) == 0
    assert empty.edges().empty
    assert empty.to_networkx().number_of_nodes() == 0


def test_a_layer_of_another_shape_is_refused():
    with pytest.raises(DataError, match=r"layer 'follow': found shape \(1, 1\), wanted \(2, 2\)"):
        Network(pd.Index(["a", "b"]), {"follow": csr_array(np.zeros((1, 1)))})
