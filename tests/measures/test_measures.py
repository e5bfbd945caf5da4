import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.dataset import Dataset
from kznet.errors import UnknownNameError
from kznet.measures import MEASURES, centrality, paths, ranks
from kznet.measures.registry import NEEDS, Estimate
from kznet.network import Network, network


def net_of(edges: list[tuple[str, str]]) -> Network:
    return Network.from_networkx(nx.DiGraph(edges))


def value(name: str, net: Network, *extra: object) -> dict[str, float]:
    found = MEASURES[name](net, *extra)
    array = found.value if isinstance(found, Estimate) else found
    return dict(zip(net.accounts, array, strict=True))


# b, c, d → a
STAR = [("b", "a"), ("c", "a"), ("d", "a")]
RING = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]
CLIQUE = [(x, y) for x in "abcd" for y in "abcd" if x != y]


def test_the_middle_of_a_star_has_all_the_audience():
    net = net_of(STAR)
    assert value("in_degree", net) == {"a": 3, "b": 0, "c": 0, "d": 0}
    assert value("out_strength", net) == {"a": 0, "b": 1, "c": 1, "d": 1}
    assert value("harmonic_closeness", net)["a"] == 1
    assert value("hits_authority", net) == {"a": 1, "b": 0, "c": 0, "d": 0}
    assert value("hits_hub", net) == {"a": 0, "b": 1, "c": 1, "d": 1}
    assert value("effective_size", net)["a"] == 3
    assert value("voterank", net)["a"] == 4
    assert value("reciprocity", net)["a"] == 0


@pytest.mark.parametrize("name", ["pagerank", "katz", "eigenvector", "betweenness", "coreness"])
def test_all_accounts_of_a_ring_are_equal(name: str):
    found = list(value(name, net_of(RING)).values())
    assert found == pytest.approx([found[0]] * 4)


def test_a_clique_is_one_core_without_brokers():
    net = net_of(CLIQUE)
    assert set(value("coreness", net).values()) == {3}
    assert set(value("clustering", net).values()) == {1}
    assert set(value("reciprocity", net).values()) == {1}
    assert set(value("betweenness", net).values()) == {0}
    assert value("effective_size", net)["a"] == 1


def test_a_go_between_of_two_groups_brokers_every_chain():
    # a, b → h → c, d with a, b, h in one group and c, d in the other
    net = net_of([("a", "h"), ("b", "h"), ("h", "c"), ("h", "d")])
    membership = dict(zip("abhcd", [0, 0, 0, 1, 1], strict=True))
    groups = np.array([membership[account] for account in net.accounts])
    assert value("brokerage", net, groups)["h"] == 4
    assert value("participation", net, groups)["h"] == 0.5
    assert value("participation", net, groups)["a"] == 0


def test_an_account_with_more_ties_inside_its_community_has_a_positive_z():
    net = net_of(STAR)
    z = value("within_community_z", net, np.zeros(4, dtype=int))
    assert z["a"] == pytest.approx(3**0.5)
    assert z["b"] == pytest.approx(-(3**-0.5))


def test_collective_influence_counts_degrees_at_distance_two():
    # path a - b - c - d - e: CI(c) = (2-1)·((1-1)+(1-1)) = 0, CI(b) = (2-1)·(2-1) = 1
    net = net_of([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    assert value("collective_influence", net) == {"a": 0, "b": 1, "c": 0, "d": 1, "e": 0}


def test_h_index_counts_posts_by_distinct_reposters():
    ties = pd.DataFrame(
        [tuple(row) for row in ("ba1", "ca1", "ba2", "ca2", "ca2", "ba3", "aa3")],
        columns=["source", "target", "post"],
    ).assign(kind="repost")
    data = Dataset(ties=ties)
    assert list(MEASURES["h_index"](network(data), data)) == [2, 0, 0]


def test_known_libraries_agree():
    graph = nx.gnp_random_graph(60, 0.1, seed=3, directed=True)
    graph = nx.relabel_nodes(graph, {i: f"{i:02d}" for i in graph})
    net = Network.from_networkx(graph)
    flat = nx.Graph(graph.to_undirected())
    oracles = {
        "pagerank": nx.pagerank(graph, tol=1e-12, max_iter=500),
        "betweenness": nx.betweenness_centrality(graph),
        "coreness": nx.core_number(flat),
        "clustering": nx.clustering(flat),
        "effective_size": nx.effective_size(flat),
    }
    harmonic = nx.harmonic_centrality(graph)
    oracles["harmonic_closeness"] = {k: v / 59 for k, v in harmonic.items()}
    eigen = nx.eigenvector_centrality_numpy(graph)
    oracles["eigenvector"] = {k: v / max(eigen.values()) for k, v in eigen.items()}
    for name, oracle in oracles.items():
        assert value(name, net) == pytest.approx(dict(oracle), abs=1e-6), name


def test_constraint_agrees_with_networkx_on_weights():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(
        [("a", "b", 2.0), ("b", "c", 1.0), ("c", "a", 3.0), ("a", "d", 1.0)]
    )
    net = Network.from_networkx(graph)
    assert value("constraint", net) == pytest.approx(nx.constraint(graph, weight="weight"))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 12), st.floats(0, 1), st.integers(0, 10**6))
def test_pagerank_sums_to_one_and_renaming_permutes_every_score(n: int, p: float, seed: int):
    graph = nx.gnp_random_graph(n, p, seed=seed, directed=True)
    first = Network.from_networkx(nx.relabel_nodes(graph, {i: f"a{i:02d}" for i in graph}))
    swapped = {i: f"a{n - 1 - i:02d}" for i in graph}
    second = Network.from_networkx(nx.relabel_nodes(graph, swapped))
    assert value("pagerank", first)
    assert sum(value("pagerank", first).values()) == pytest.approx(1)
    for name in MEASURES:
        if NEEDS[name] in ("network", "sources") and name not in (
            "voterank",
            "eigenvector",
            "katz",
        ):
            here, there = value(name, first), value(name, second)
            moved = {f"a{i:02d}": there[swapped[i]] for i in graph}
            assert here == pytest.approx(moved, abs=1e-6, nan_ok=True), name


@pytest.mark.parametrize("edges", [[], [("a", "a")]])
def test_every_measure_answers_on_almost_nothing(edges: list[tuple[str, str]]):
    ties = pd.DataFrame(edges, columns=["source", "target"], dtype="str").assign(kind="repost")
    data = Dataset(ties=ties)
    found = centrality(network(data), membership=np.full(len(data.accounts), -1), data=data)
    assert len(found.table) == len(data.accounts)


def test_layers_are_measured_alone_and_together():
    ties = pd.DataFrame(
        [("a", "b", "follow"), ("b", "a", "repost")], columns=["source", "target", "kind"]
    )
    net = network(Dataset(ties=ties))
    found = centrality(net, measures=["in_degree"])
    assert list(found.table.columns) == [
        "account", "follow_in_degree", "repost_in_degree", "all_in_degree",
    ]  # fmt: skip
    assert list(found.table["all_in_degree"]) == [1, 1]
    assert found.methods["all"]["in_degree"] == "exact"


def test_sampled_paths_come_with_an_error_and_are_near(monkeypatch: pytest.MonkeyPatch):
    net = Network.from_networkx(nx.gnp_random_graph(400, 0.02, seed=1, directed=True))
    exact = centrality(net, measures=["betweenness", "harmonic_closeness"]).table
    monkeypatch.setattr(paths, "EXACT_WORK", 0)
    found = centrality(net, measures=["betweenness", "harmonic_closeness"])
    assert found.methods["follow"]["betweenness"] == "sampled (256 starts)"
    for name in ("follow_betweenness", "follow_harmonic_closeness"):
        off = (found.table[name] - exact[name]).abs() / found.table[f"{name}_se"]
        assert off.mean() < 2
        assert np.corrcoef(found.table[name], exact[name])[0, 1] > 0.8


def test_ranks_are_shared_by_what_cannot_be_told_apart():
    table = pd.DataFrame(
        {
            "account": ["a", "b", "c"],
            "follow_betweenness": [3.0, 2.9, 1.0],
            "follow_betweenness_se": [0.1, 0.1, 0.1],
            "follow_in_degree": [1.0, 5.0, 5.0],
        }
    )
    found = ranks(table)
    assert list(found["follow_betweenness_rank"]) == [1, 1, 3]
    assert list(found["follow_betweenness_rank_high"]) == [2, 2, 3]
    assert list(found["follow_in_degree_rank"]) == [3, 1, 1]


def test_a_misspelt_measure_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"'pagernk'\. Did you mean 'pagerank'\?"):
        centrality(net_of(STAR), measures=["pagernk"])
