"""Invented worlds of the sizes that are measured."""

from dataclasses import replace
from time import process_time
from typing import Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis, analyze, bare
from kznet.communities import communities, summary
from kznet.dataset import Dataset
from kznet.report.map.layout import packed, sizes
from kznet.report.map.selection import audience
from kznet.simulate import simulate, world

LARGE_ACCOUNTS: Final = 20_000
LARGE_TIES: Final = 60_000


def small() -> Analysis:
    """About 2,000 accounts: enough for a map of 1,500."""
    return analyze(simulate(seed=0, world=world("demo")).dataset)


def large() -> Analysis:
    """20,000 accounts and 60,000 ties with communities and audience, without tests of hubs."""
    wide = replace(world("demo"), amplifiers=LARGE_ACCOUNTS, follows=(2.0, 1.0), days=30)
    whole = bare(_cut(simulate(seed=0, world=wide).dataset))
    groups = communities(whole.network)
    table = whole.dataset.accounts[["account", "name", "role"]].merge(groups.table, on="account")
    reach = pd.Series(audience(whole.network), index=whole.network.accounts)
    return replace(
        whole,
        membership=groups.table,
        communities=summary(groups.table, whole.dataset, whole.network, status=groups.status),
        centrality=table.assign(all_in_strength=reach.reindex(table["account"]).to_numpy()),
        facts={**whole.facts, "communities": dict(groups.facts)},
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


def _cut(data: Dataset) -> Dataset:
    rng = np.random.default_rng(0)
    kept = np.sort(rng.choice(len(data.ties), size=min(LARGE_TIES, len(data.ties)), replace=False))
    ties, accounts = data.ties.iloc[kept].reset_index(drop=True), data.accounts
    linked = np.isin(accounts["account"], np.union1d(ties["source"], ties["target"]))
    order = np.argsort(~linked, kind="stable")[:LARGE_ACCOUNTS]
    return replace(data, accounts=accounts.iloc[np.sort(order)].reset_index(drop=True), ties=ties)
