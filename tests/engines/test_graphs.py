from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from kznet.engines import waves
from kznet.engines.graph import GraphEngine, graph_engine
from kznet.engines.igraph_ import LeidenGraph
from kznet.errors import MissingDependencyError, UnknownNameError

NAMES = [
    "igraph",
    pytest.param(
        "networkit",
        marks=pytest.mark.skipif(find_spec("networkit") is None, reason="networkit is missing"),
    ),
]


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> GraphEngine:
    return graph_engine(request.param)


def matrix_of(graph: nx.DiGraph) -> csr_array:
    return csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), dtype=float))


def folded(matrix: csr_array) -> csr_array:
    either = csr_array(matrix + matrix.T)
    return csr_array((np.ones(either.nnz), either.indices, either.indptr), shape=either.shape)


def listed(values: dict[int, float]) -> list[float]:
    return [values[i] for i in sorted(values)]


def partition(membership: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(membership == label).tolist()) for label in membership}


@st.composite
def graphs(draw: st.DrawFn) -> nx.DiGraph:
    n = draw(st.integers(1, 12))
    place = st.integers(0, n - 1)
    ties = st.tuples(place, place, st.integers(1, 3))
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    for source, target, weight in draw(st.lists(ties, max_size=40)):
        if source != target:
            graph.add_edge(source, target, weight=weight)
    return graph


# 0 – 1 – 2 – 3 – 4, both ways
PATH = nx.path_graph(5, create_using=nx.Graph).to_directed()
# two cliques of five, one tie between them
BARBELL = nx.barbell_graph(5, 0).to_directed()


@settings(max_examples=40, deadline=None)
@given(graph=graphs())
@pytest.mark.parametrize("name", NAMES)
def test_every_engine_equals_the_reference_library(name: str, graph: nx.DiGraph):
    engine, matrix = graph_engine(name), matrix_of(graph)
    both = folded(matrix)
    plain = nx.from_scipy_sparse_array(both)
    everyone = np.arange(len(graph))
    wanted = {
        "pagerank": nx.pagerank(graph, tol=1e-13, max_iter=2_000),
        "betweenness": nx.betweenness_centrality(graph, normalized=False),
        "coreness": nx.core_number(plain),
        "clustering": nx.clustering(plain),
        "inverse_distances": nx.harmonic_centrality(graph),
    }
    found = {
        "pagerank": engine.pagerank(matrix),
        "betweenness": engine.betweenness(matrix),
        "coreness": engine.coreness(both),
        "clustering": engine.clustering(both),
        "inverse_distances": engine.inverse_distances(matrix, [everyone])[0],
    }
    for measure, values in wanted.items():
        assert found[measure] == pytest.approx(listed(values), abs=1e-9), measure
    weak, strong = (
        partition(engine.components(matrix, connection=connection))
        for connection in ("weak", "strong")
    )
    assert weak == set(map(frozenset, nx.weakly_connected_components(graph)))
    assert strong == set(map(frozenset, nx.strongly_connected_components(graph)))


@settings(max_examples=40, deadline=None)
@given(graph=graphs())
@pytest.mark.parametrize("name", NAMES)
def test_sets_of_starts_add_up_to_all_starts(name: str, graph: nx.DiGraph):
    engine, matrix = graph_engine(name), matrix_of(graph)
    sets = np.array_split(np.arange(len(graph)), 3)
    betweenness = engine.betweenness(matrix, sets)
    assert betweenness.shape == (3, len(graph))
    assert betweenness.sum(axis=0) == pytest.approx(engine.betweenness(matrix), abs=1e-9)
    everyone = engine.inverse_distances(matrix, [np.arange(len(graph))])[0]
    assert engine.inverse_distances(matrix, sets).sum(axis=0) == pytest.approx(everyone)


def test_fixed_points_of_a_strongly_connected_graph_equal_the_reference(engine: GraphEngine):
    graph = nx.gnp_random_graph(30, 0.2, seed=3, directed=True)
    matrix = matrix_of(graph)
    hubs, authorities = nx.hits(graph, max_iter=10_000, tol=1e-14)
    authority, hub = engine.hits(matrix)
    eigenvector = listed(nx.eigenvector_centrality(graph, max_iter=10_000, tol=1e-13))
    assert authority / authority.sum() == pytest.approx(listed(authorities), abs=1e-8)
    assert hub / hub.sum() == pytest.approx(listed(hubs), abs=1e-8)
    vector, value = engine.eigenvector(matrix)
    assert vector == pytest.approx(np.array(eigenvector) / max(eigenvector), abs=1e-8)
    largest = np.abs(np.linalg.eigvals(matrix.toarray())).max()
    assert value == pytest.approx(largest, rel=1e-6)
    walks = listed(nx.katz_centrality_numpy(graph, alpha=0.85 / largest))
    assert engine.katz(matrix, largest=largest) == pytest.approx(
        np.array(walks) / max(walks), abs=1e-8
    )


def test_a_path_has_known_values(engine: GraphEngine):
    matrix = matrix_of(PATH)
    assert engine.betweenness(matrix).tolist() == [0, 6, 8, 6, 0]
    assert engine.coreness(matrix).tolist() == [1] * 5
    assert engine.clustering(matrix).tolist() == [0] * 5
    assert engine.constraint(matrix) == pytest.approx([1, 0.5, 0.5, 0.5, 1])
    assert engine.inverse_distances(matrix, [np.array([0])])[0] == pytest.approx(
        [0, 1, 1 / 2, 1 / 3, 1 / 4]
    )


def test_more_than_a_word_of_starts_is_met(engine: GraphEngine):
    graph = nx.gnp_random_graph(150, 0.03, seed=1, directed=True)
    found = engine.inverse_distances(matrix_of(graph), np.array_split(np.arange(150), 7))
    assert found.sum(axis=0) == pytest.approx(listed(nx.harmonic_centrality(graph)))


def test_very_long_paths_are_walked_start_by_start(engine: GraphEngine):
    length = waves.DEEPEST + 50
    matrix = matrix_of(nx.path_graph(length, create_using=nx.DiGraph))
    assert waves.inverse_distances(matrix, [np.array([0])]) is None
    found = engine.inverse_distances(matrix, [np.array([0, 5]), np.array([length - 1])])
    assert found[0, length - 1] == pytest.approx(1 / (length - 1) + 1 / (length - 6))
    assert not found[1].any()


def test_leiden_finds_two_cliques_and_repeats_itself(engine: GraphEngine):
    graph = engine.LeidenGraph(matrix_of(BARBELL))
    found = graph.run(resolution=1.0, seed=1, iterations=-1)
    halves = {frozenset(range(5)), frozenset(range(5, 10))}
    assert partition(found) == halves
    assert np.array_equal(found, graph.run(resolution=1.0, seed=1, iterations=-1))


def test_labels_spread_over_a_clique_and_no_further(engine: GraphEngine):
    cliques = matrix_of(nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5)))
    halves = {frozenset(range(5)), frozenset(range(5, 10))}
    assert partition(engine.label_propagation(cliques, seed=1)) == halves


def test_modularity_equals_the_reference(engine: GraphEngine):
    graph = nx.gnp_random_graph(20, 0.3, seed=2)
    nx.set_edge_attributes(graph, {e: 1 + i % 3 for i, e in enumerate(graph.edges)}, "weight")
    membership = np.arange(20) % 4
    groups = [set(np.flatnonzero(membership == k).tolist()) for k in range(4)]
    found = engine.LeidenGraph(matrix_of(graph)).modularity(membership, resolution=1.5)
    assert found == pytest.approx(nx.community.modularity(graph, groups, resolution=1.5))


def test_rewired_graphs_keep_degrees_and_weights_and_little_else():
    graph = nx.gnp_random_graph(60, 0.2, seed=2)
    nx.set_edge_attributes(graph, {e: 1 + i % 3 for i, e in enumerate(graph.edges)}, "weight")
    before = LeidenGraph(matrix_of(graph))
    after, again = (before.rewired(seed=5, swaps=3).upper() for _ in range(2))
    both = csr_array(after + after.T)
    assert np.diff(both.indptr).tolist() == [graph.degree[i] for i in range(60)]
    assert sorted(after.data) == sorted(before.upper().data)
    assert (after != again).nnz == 0
    assert before.upper().multiply(after).nnz < 0.5 * after.nnz


def test_the_modularity_of_chance_does_not_depend_on_the_engine(engine: GraphEngine):
    matrix = matrix_of(nx.gnm_random_graph(200, 1_500, seed=4))
    graph = engine.LeidenGraph(matrix).rewired(seed=1, swaps=10)
    found = graph.run(resolution=1.0, seed=0, iterations=-1)
    assert 0.15 < graph.modularity(found, resolution=1.0) < 0.25


def test_engines_leave_the_global_generators_alone(engine: GraphEngine):
    import random

    random.seed(1)
    np.random.seed(1)  # noqa: NPY002  # the global generator is what is tested
    state = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002  # as above
    engine.LeidenGraph(matrix_of(BARBELL)).run(resolution=1.0, seed=1, iterations=2)
    engine.label_propagation(matrix_of(BARBELL), seed=1)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == state  # noqa: NPY002  # as above


def test_an_engine_that_is_not_known_is_named_with_those_that_are():
    with pytest.raises(UnknownNameError, match=r"unknown graph engine 'networkid'.*networkit"):
        graph_engine("networkid")


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch):
    with without("networkit", monkeypatch), pytest.raises(MissingDependencyError) as error:
        graph_engine("networkit")
    assert str(error.value) == (
        "engine 'networkit' needs an optional package: pip install 'kznet[networkit]'"
    )


@contextmanager
def without(package: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if a package were not installed."""
    import sys

    import kznet.engines

    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, package, None)
        patch.delitem(sys.modules, f"kznet.engines.{package}_", raising=False)
        patch.delattr(kznet.engines, f"{package}_", raising=False)
        yield
