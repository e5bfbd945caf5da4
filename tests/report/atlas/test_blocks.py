from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from kznet.analysis import Analysis
from kznet.network import Network
from kznet.report.atlas.blocks import blocks
from kznet.report.atlas.near import incoming, outgoing, strongest
from kznet.report.atlas.world import world
from kznet.report.near import among, pairs

# a0 → a1 (1), a1 → a0 (2), a1 → b2 (4), b2 → b3 (8), b3 → a0 (16); c4 is in no community
ROWS, COLUMNS, WEIGHTS = [0, 1, 1, 2, 3], [1, 0, 2, 3, 0], [1.0, 2.0, 4.0, 8.0, 16.0]
Make = Callable[..., Analysis]


def drawn(make: Make) -> Analysis:
    analysis = make(5, communities=1)
    layer = csr_array((WEIGHTS, (ROWS, COLUMNS)), shape=(5, 5))
    net = Network(analysis.network.accounts, {"repost": layer, "follow": 0.5 * layer})
    group = pd.array([1, 1, 7, 7, None], dtype="Int64")
    member = analysis.membership.assign(community=group)
    facts = {**analysis.facts, "communities": {"status": "clear"}}
    return replace(analysis, network=net, membership=member, facts=facts)


def test_communities_are_summed_to_one_node_each(make: Make) -> None:
    seen = blocks(drawn(make))
    assert seen.numbers.tolist() == [1, 7]
    assert seen.accounts.tolist() == [2, 2]
    assert seen.weight.toarray().tolist() == [[4.5, 6.0], [24.0, 12.0]]
    assert seen.ties.toarray().tolist() == [[4, 2], [2, 2]]
    assert seen.into.tolist() == [6, 4]


def test_members_come_by_reach(make: Make) -> None:
    seen = blocks(drawn(make))
    assert [seen.members(block).tolist() for block in (0, 1)] == [[0, 1], [3, 2]]


def test_unclear_communities_give_no_nodes(make: Make) -> None:
    analysis = drawn(make)
    facts = {**analysis.facts, "communities": {"status": "unstable"}}
    seen = blocks(replace(analysis, facts=facts))
    assert len(seen.numbers) == 0
    assert set(seen.group.tolist()) == {-1}


def test_the_strongest_ties_come_first_and_kinds_are_summed(make: Make) -> None:
    seen = world(drawn(make))
    into, out = incoming(seen, 0), outgoing(seen, 1)
    assert [x.tolist() for x in strongest(seen.blocks.reach, into)] == [[3, 1], [24.0, 3.0]]
    assert [x.tolist() for x in strongest(seen.blocks.reach, out)] == [[2, 0], [6.0, 3.0]]
    assert [x.tolist() for x in strongest(seen.blocks.reach, outgoing(seen, 4))] == [[], []]


def test_ties_among_a_few_are_those_of_the_whole_network(make: Make) -> None:
    seen = world(drawn(make))
    found = among(seen.layers, np.array([3, 0, 4, 1]))
    kept = found[found["kind"] == "repost"]
    rows = set(kept[["source", "target", "weight"]].itertuples(index=False, name=None))
    assert rows == {(0, 1, 16.0), (1, 3, 1.0), (3, 1, 2.0)}


def test_a_tied_pair_is_one_row_with_its_weightiest_kind(make: Make) -> None:
    found = pairs(among(world(drawn(make)).layers, np.array([0, 1, 2, 3])), 4)
    assert found[["source", "target"]].to_numpy().tolist() == [[0, 3], [0, 1], [2, 3], [1, 2]]
    assert found["weight"].tolist() == [24.0, 4.5, 12.0, 6.0]
    assert set(found["kind"]) == {"repost"}


def test_a_rank_is_shared_by_equal_values(make: Make) -> None:
    seen = world(make(40))
    column = seen.measures["all_in_degree"]
    ranks = column.rank(ascending=False, method="min").tolist()
    assert [seen.rank("all_in_degree", value) for value in column] == ranks
