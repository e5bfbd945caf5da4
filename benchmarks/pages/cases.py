"""Invented worlds of the sizes that are measured."""

from dataclasses import replace
from time import process_time
from typing import Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis, analyze, bare
from kznet.communities import summary
from kznet.communities.graph import combined, layer_graphs
from kznet.dataset import Dataset
from kznet.network import Network
from kznet.report.map.layout import packed, sizes
from kznet.report.map.selection import audience
from kznet.simulate import simulate, world

LARGE_ACCOUNTS: Final = 20_000
LARGE_TIES: Final = 60_000
SMALLEST_GROUP: Final = 3


def small() -> Analysis:
    """About 2,000 accounts: enough for a map of 1,500."""
    return analyze(simulate(seed=0, world=world("demo")).dataset)


def large() -> Analysis:
    """20,000 accounts and 60,000 ties with communities and audience, without tests of hubs."""
    wide = replace(world("demo"), amplifiers=LARGE_ACCOUNTS, follows=(2.0, 1.0), days=30)
    whole = bare(_cut(simulate(seed=0, world=wide).dataset))
    groups = _groups(whole.network)
    table = whole.dataset.accounts[["account", "name", "role"]].merge(groups, on="account")
    reach = pd.Series(audience(whole.network), index=whole.network.accounts)
    return replace(
        whole,
        membership=groups,
        communities=summary(groups, whole.dataset, whole.network, status="clear"),
        centrality=table.assign(all_in_strength=reach.reindex(table["account"]).to_numpy()),
        facts={**whole.facts, "communities": {"status": "clear"}},
    )


def layout_seconds(analysis: Analysis) -> float:
    """CPU seconds in which all accounts and all ties are laid out at once."""
    net = analysis.network
    ties = net.total.tocoo()
    frame = pd.DataFrame({"source": ties.row, "target": ties.col, "weight": ties.data})
    groups = analysis.membership.set_index("account")["community"].reindex(net.accounts)
    start = process_time()
    numbers = groups.fillna(-1).to_numpy(dtype=np.int64)
    packed(frame, numbers, radii=sizes(audience(net)), seed=analysis.seed)
    return process_time() - start


def _groups(net: Network) -> pd.DataFrame:
    """Communities of one run: to test them takes minutes and changes no page's cost."""
    tied = combined(layer_graphs(net), net)
    run = tied.leiden.run(resolution=1.0, seed=0, iterations=2)
    found = pd.Series(run, index=net.accounts[tied.positions])
    sizes = found.value_counts()
    numbers = sizes.rank(method="first", ascending=False)[sizes >= SMALLEST_GROUP]
    known = found.map(numbers).reindex(net.accounts).astype("Int64")
    groups = pd.DataFrame({"account": net.accounts.astype("str"), "community": known.array})
    return groups.assign(confidence=1.0)


def _cut(data: Dataset) -> Dataset:
    rng = np.random.default_rng(0)
    kept = np.sort(rng.choice(len(data.ties), size=min(LARGE_TIES, len(data.ties)), replace=False))
    ties, accounts = data.ties.iloc[kept].reset_index(drop=True), data.accounts
    linked = np.isin(accounts["account"], np.union1d(ties["source"], ties["target"]))
    order = np.argsort(~linked, kind="stable")[:LARGE_ACCOUNTS]
    return replace(data, accounts=accounts.iloc[np.sort(order)].reset_index(drop=True), ties=ties)
