from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from sklearn.metrics import adjusted_mutual_info_score

from kznet.communities import communities, summary
from kznet.communities.agreement import adjusted_mutual_information
from kznet.communities.graph import LayerGraph
from kznet.communities.scan import effort, trivial
from kznet.dataset import Dataset
from kznet.loaders import load
from kznet.network import Network, network


def planted(blocks: int, size: int, inside: float, outside: float, seed: int = 0) -> Network:
    chance = [[inside if a == b else outside for b in range(blocks)] for a in range(blocks)]
    graph = nx.stochastic_block_model([size] * blocks, chance, seed=seed, directed=True)
    return Network.from_networkx(nx.relabel_nodes(graph, {i: f"a{i:04d}" for i in graph}))


def test_planted_blocks_are_found_and_sure():
    found = communities(planted(3, 30, 0.3, 0.02))
    assert found.status == "clear"
    truth = np.repeat(range(3), 30)
    assert adjusted_mutual_info_score(truth, found.membership) == pytest.approx(1.0)
    assert found.table["confidence"].min() > 0.9


def test_a_random_graph_has_no_communities():
    found = communities(
        Network.from_networkx(nx.gnp_random_graph(120, 0.08, seed=1, directed=True))
    )
    assert found.status == "none"
    assert "no more community structure" in found.facts["reason"]


@pytest.mark.parametrize(
    ("graph", "reason"),
    [
        (nx.DiGraph(), "no ties"),
        (nx.empty_graph(1, create_using=nx.DiGraph), "no ties"),
        (nx.star_graph(20), "too sparse"),
        (nx.complete_graph(8), "alike"),
    ],
)
def test_edge_cases_answer_none_with_a_reason(graph: nx.Graph, reason: str):
    found = communities(Network.from_networkx(graph))
    assert found.status == "none"
    assert reason in found.facts["reason"]
    assert len(found.table) == len(graph)


def test_a_noise_layer_is_tested_and_left_out():
    follow = planted(2, 40, 0.3, 0.02).layers["follow"]
    noise = planted(1, 80, 0.1, 0.1, seed=5).layers["follow"]
    net = Network(pd.Index([f"a{i:04d}" for i in range(80)]), {"follow": follow, "repost": noise})
    found = communities(net)
    assert found.layers == ("follow",)
    assert found.facts["layers"]["repost"]["status"] == "not beyond chance"


def test_accounts_without_ties_and_tiny_groups_are_unassigned():
    graph = planted(2, 20, 0.5, 0.02).to_networkx()
    graph.add_edge("z1", "z2", kind="follow", weight=1.0)
    graph.add_node("z3")
    table = communities(Network.from_networkx(graph)).table.set_index("account")
    assert table.loc[["z1", "z2", "z3"], "community"].isna().all()


def test_equally_good_partitions_do_not_keep_the_search_going():
    # at resolution 1.687 a star of three ties has two best partitions that lead to each other
    graph = LayerGraph(
        "follow", csr_array(np.array([[0.0, 1, 1, 1]] + [[1.0, 0, 0, 0]] * 3)), np.arange(4), 0
    )
    assert len(graph.leiden.run(resolution=1.687, seed=0, iterations=-1)) == 4


def test_agreement_equals_the_reference_library():
    rng = np.random.default_rng(0)
    for n, a, b in [(1, 1, 1), (5, 2, 5), (40, 3, 4), (200, 20, 2), (200, 60, 70)]:
        first, second = rng.integers(0, a, n), rng.integers(0, b, n)
        wanted = adjusted_mutual_info_score(first, second)
        assert adjusted_mutual_information(first, second) == pytest.approx(wanted, abs=1e-9)


def test_trivial_partitions_are_recognised():
    assert trivial(np.zeros(10, dtype=int))
    assert trivial(np.array([0] * 19 + [1]))
    assert trivial(np.array([0] * 12 + [1, 1, 2, 2]))
    assert not trivial(np.array([0] * 6 + [1] * 4))


def test_a_community_is_labelled_only_where_its_camp_is_enriched():
    net = planted(2, 30, 0.4, 0.02)
    camp = ["north"] * 30 + ["north", "south"] * 15
    accounts = pd.DataFrame({"account": net.accounts, "camp": camp, "role": "media"})
    data = Dataset(accounts=accounts, ties=net.edges())
    table = summary(communities(net).table, data, net)
    assert sorted(table["label"]) == ["mixed", "north"]
    assert list(table["size"]) == [30, 30]
    hidden = summary(communities(net).table, data, net, status="unstable")
    assert hidden["label"].isna().all()


def test_the_house_of_representatives_divides_into_its_parties(shared_data: Path):
    folder = shared_data / "congress_following"
    edges = pd.read_csv(folder / "follow_edges.csv", dtype=str)
    data = load(folder / "follow_edges.csv", accounts=[folder / "accounts.csv"])
    net = network(data)
    found = communities(net)
    facts = found.facts["layers"]["follow"]
    assert (found.status, facts["k"], round(facts["modularity"], 4)) == ("clear", 2, 0.4024)
    assert len(edges) == int(net.total.sum())
    parties = data.accounts["camp"].to_numpy()[found.membership >= 0]
    crossed = pd.crosstab(found.membership[found.membership >= 0], parties)
    assert sorted(crossed.to_numpy().ravel()) == [0, 0, 214, 221]


def test_shuffled_rows_give_the_same_communities(shared_data: Path, tmp_path: Path):
    folder = shared_data / "congress_following"
    edges = pd.read_csv(folder / "follow_edges.csv", dtype=str)
    edges.sample(frac=1, random_state=1).to_csv(tmp_path / "shuffled.csv", index=False)
    first = communities(network(load(folder / "follow_edges.csv")))
    second = communities(network(load(tmp_path / "shuffled.csv")))
    pd.testing.assert_frame_equal(first.table, second.table)


def test_larger_networks_are_never_given_more():
    given = [effort(m) for m in (50_000, 50_001, 500_001, 5_000_001)]
    assert len(set(given)) == 4
    for less, more in zip(given[1:], given, strict=False):
        assert less.resolutions * less.starts < more.resolutions * more.starts
        assert less.nulls <= more.nulls
        assert less.swaps <= more.swaps
    assert all(each.nulls > 1 for each in given)


def test_agreement_of_many_accounts_leaves_out_only_what_has_no_chance():
    rng = np.random.default_rng(1)
    first = rng.choice(12, 20_000, p=np.arange(1, 13) / 78)
    second = np.where(rng.random(20_000) < 0.6, first, rng.integers(0, 12, 20_000))
    wanted = adjusted_mutual_info_score(first, second)
    assert adjusted_mutual_information(first, second) == pytest.approx(wanted, abs=1e-12)
