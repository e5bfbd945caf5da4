import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.dataset import Dataset
from kznet.measures import centrality, intervals, ranks
from kznet.network import network

MEASURES = ("in_degree", "in_strength", "pagerank")


def reposts(rows: list[tuple[str, str, str | None]], kind: str = "repost") -> Dataset:
    """Ties from (who, whom, which post)."""
    ties = pd.DataFrame(rows, columns=["source", "target", "post"], dtype="str")
    return Dataset(ties=ties.assign(kind=kind))


def measured(data: Dataset, *, seed: int = 0) -> pd.DataFrame:
    found = centrality(network(data), measures=MEASURES, data=data, seed=seed)
    return found.table.set_index("account")


def interval(table: pd.DataFrame, name: str = "in_strength") -> list[tuple[int, int]]:
    columns = [table[f"repost_{name}_rank_{end}"] for end in ("low", "high")]
    return list(zip(*columns, strict=True))


def spread(author: str, posts: int, each: int) -> list[tuple[str, str, str | None]]:
    return [(f"r{i}", author, f"{author}{k:02d}") for k in range(posts) for i in range(each)]


def test_clear_ranks_have_no_width_and_those_without_audience_share_the_bottom():
    # 3 reposters of a (40 posts) and of b (10): 120 against 30, far beyond what posts decide
    table = measured(reposts(spread("a", 40, 3) + spread("b", 10, 3)))
    assert interval(table) == [(1, 1), (2, 2), (3, 5), (3, 5), (3, 5)]
    assert table.columns[-1] == "repost_pagerank_rank_high"


def test_one_post_of_many_reposts_is_a_rank_that_another_draw_takes_away():
    # a has one post of 30 reposts, absent from a third of the draws; b has 10 posts of 2
    a, b, *_ = interval(measured(reposts(spread("a", 1, 30) + spread("b", 10, 2))))
    assert a == (1, 32)
    assert b == (1, 2)


def test_equal_accounts_hold_each_others_ranks():
    table = measured(reposts(spread("a", 12, 4) + spread("b", 12, 4)))
    for name in MEASURES:
        assert interval(table, name)[:2] == [(1, 2), (1, 2)]


def test_draws_agree_with_measures_taken_of_the_ties_drawn():
    rng = np.random.default_rng(0)
    rows = [(f"u{a}", f"u{b}", f"p{b}{c}") for a, b, c in rng.integers(0, 6, (60, 3))]
    data = reposts(rows)
    layer = intervals._layer(data, "repost")
    weight = layer.drawn(next(layer.draws(4))[0])
    graph = nx.DiGraph()
    graph.add_nodes_from(range(layer.n))
    pairs = [t for t in zip(layer.source, layer.target, weight, strict=True) if t[2] > 0]
    graph.add_weighted_edges_from(pairs)
    wanted = {
        "in_degree": dict(graph.in_degree),
        "in_strength": dict(graph.in_degree(weight="weight")),
        "pagerank": nx.pagerank(graph, tol=1e-12, max_iter=500),
    }
    begin = np.full(layer.n, 1 / layer.n)
    for name, value in wanted.items():
        found = intervals._VALUES[name](layer, weight, begin)
        assert found == pytest.approx([value[i] for i in range(layer.n)], abs=1e-7), name


ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from("abcdef"),
        st.sampled_from(["p", "q", "r", "s", None]),
    ),
    min_size=1,
    max_size=25,
)


@settings(deadline=None, max_examples=20)
@given(rows=ROWS, seed=st.integers(0, 3))
def test_the_observed_ranks_lie_within_and_the_order_of_rows_is_free(rows: list, seed: int):
    known = [(a, b, None if p is None else f"{b}-{p}") for a, b, p in rows]
    table = measured(reposts(known), seed=seed)
    pd.testing.assert_frame_equal(table, measured(reposts(known[::-1]), seed=seed))
    if "repost_in_strength_rank_low" not in table:
        assert all(a == b or p is None for a, b, p in rows)
        return
    for name in MEASURES:
        value = table[f"repost_{name}"]
        low, high = (table[f"repost_{name}_rank_{end}"] for end in ("low", "high"))
        assert (low <= value.rank(ascending=False, method="min")).all()
        assert (high >= value.rank(ascending=False, method="max")).all()
        assert low.min() == 1
        assert high.max() == len(table)


def test_another_seed_may_move_the_ends_and_the_same_does_not():
    data = reposts([row for k in range(9) for row in spread(f"h{k}", 6 + k, 3)])
    assert interval(measured(data)) == interval(measured(data))
    assert interval(measured(data)) != interval(measured(data, seed=1))


def test_follows_and_reposts_without_posts_have_no_interval(monkeypatch: pytest.MonkeyPatch):
    rows = spread("a", 3, 2)
    for data in (reposts(rows, "follow"), reposts([(a, b, None) for a, b, _ in rows])):
        assert not any("_rank_" in column for column in measured(data))
    monkeypatch.setattr(intervals, "MOST_TIES", 1)
    assert not any("_rank_" in column for column in measured(reposts(rows)))


def test_the_ranks_of_a_table_are_its_intervals_where_it_has_them():
    data = reposts(spread("a", 12, 4) + spread("b", 11, 4) + spread("c", 1, 1))
    table = centrality(network(data), measures=["in_strength"], data=data).table
    found = ranks(table)
    assert list(found.columns) == [
        "account", "repost_in_strength_rank", "repost_in_strength_rank_high",
    ]  # fmt: skip
    assert list(found["repost_in_strength_rank"])[:2] == [1, 1]
    assert list(found["repost_in_strength_rank_high"])[:2] == [2, 2]
