"""Everything that was found about one dataset, and the one call that finds it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

import pandas as pd

from kznet.cluster import Elsewhere
from kznet.communities import Communities, communities, summary
from kznet.coordination.listing import listing, windows
from kznet.coordination.pairing import pairing
from kznet.dataset import Dataset
from kznet.engines.choice import choose
from kznet.hubs import hubs
from kznet.measures import centrality
from kznet.network import Network, network
from kznet.references import References
from kznet.schema import KINDS
from kznet.steps import Progress, Step, Watch

TABLES: Final = (
    "centrality",
    "membership",
    "communities",
    "pairs",
    "hubs",
    "tests",
    "evidence",
    "screens",
    "explanations",
)


@dataclass(frozen=True, eq=False)
class Analysis:
    """The tables of one run and what they were made with.

    Attributes
    ----------
    dataset, network
        What was measured.
    centrality
        One row an account: account, name, role, community, confidence, `<layer>_<measure>`.
    membership
        account, community (Int64, missing where unassigned), confidence (0 to 1).
    communities
        One row a community, by number.
    pairs, hubs, evidence
        The tables of the same names.
    tests
        One row an account and mechanism: observed, null, p, q, effect, status, reason.
    screens
        Accounts set apart before the tests: account, screen, detail.
    explanations
        Innocent explanations checked for each call: account, mechanism, explanation, found,
        figure, words.
    facts
        What each step has to say of itself (resolution, chance test, exact or sampled, …).
    options, seed, warnings
        What it was made with, and what to beware of.
    steps
        What each step took.
    """

    dataset: Dataset
    network: Network
    centrality: pd.DataFrame
    membership: pd.DataFrame
    communities: pd.DataFrame
    pairs: pd.DataFrame
    hubs: pd.DataFrame
    tests: pd.DataFrame
    evidence: pd.DataFrame
    screens: pd.DataFrame
    explanations: pd.DataFrame
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    warnings: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def analyze(
    data: Dataset,
    *,
    window: str = "60s",
    min_objects: int = 1,
    references: References | None = None,
    q: float = 0.05,
    seed: int = 0,
    there: Elsewhere | None = None,
    progress: Progress | None = None,
    engine: str = "auto",
    memory: int | None = None,
) -> Analysis:
    """Measure position, communities, coordination and evidence in one go.

    Parameters
    ----------
    data
        What was loaded.
    window, min_objects
        Of coordinated pairs.
    references
        Registry of confirmed official accounts and lexicon; the shipped ones where not given.
    q
        Level of the false-discovery control, for pairs and for each mechanism.
    seed
        Of all random steps; the same seed gives the same tables.
    there
        The same data on a cluster, which then measures pairs, positions and amplification.
    progress
        Called with the name of a step, what of it is done, and how much there is.
    engine, memory
        What computes, and how many bytes it may hold: see `kznet.engines.choice.choose`.
    """
    watch, ties = Watch(progress), len(data.ties)
    choice = choose(engine, rows=ties, memory=memory)
    with watch.step("network", rows=ties):
        net = replace(network(data), engine=choice.graph)
    with watch.step("communities", rows=ties):
        groups = communities(net, seed=seed)
        grouped = summary(groups.table, data, net, status=groups.status)
    with watch.step("centrality", rows=ties):
        known = there.measures if there else None
        position = centrality(net, membership=groups.membership, data=data, known=known, seed=seed)
    with watch.step("pairs", rows=ties):
        found = (
            there.pairing(data, window=window)
            if there
            else pairing(data, window=window, memory=memory, engine=choice.pairs)
        )
        coordinated = listing(found, window=window, min_objects=min_objects, q=q)
    with watch.step("windows", rows=ties):
        partial = there is not None and there.partial
        compared = [] if partial else windows(data, window=window, q=q, memory=memory)
    with watch.step("hubs", rows=ties):
        called = hubs(
            data,
            net,
            membership=groups.table,
            references=references,
            q=q,
            seed=seed,
            there=there,
            progress=watch.within("hubs"),
        )
    facts = {
        "engine": asdict(choice),
        "coverage": coverage(data, net),
        "centrality": position.methods,
        "communities": dict(groups.facts),
        "pairs": dict(coordinated.facts) | {"sweep": compared},
        "hubs": dict(called.facts),
    } | ({"cluster": dict(there.facts)} if there else {})
    return Analysis(
        data,
        net,
        centrality=labelled(position.table, data, groups),
        membership=groups.table,
        communities=grouped,
        pairs=coordinated.table,
        hubs=called.table,
        tests=called.tests,
        evidence=called.evidence,
        screens=called.screens,
        explanations=called.explanations,
        facts=facts,
        options={"window": window, "min_objects": min_objects, "q": q, "seed": seed},
        seed=seed,
        warnings=data.report.warnings + coordinated.warnings,
        steps=watch.steps,
    )


def bare(data: Dataset) -> Analysis:
    """Return a dataset and its network as an analysis in which nothing was measured."""
    net = network(data)
    facts = {"coverage": coverage(data, net)}
    nothing = analyze(Dataset())
    return replace(
        nothing, dataset=data, network=net, facts=facts, warnings=data.report.warnings, steps=()
    )


def labelled(table: pd.DataFrame, data: Dataset, groups: Communities) -> pd.DataFrame:
    """Put name, role, community and confidence before the measures of a centrality table."""
    rows = table.merge(data.accounts[["account", "name", "role"]], on="account", how="left")
    rows = rows.merge(groups.table, on="account", how="left")
    first = ["account", "name", "role", "community", "confidence"]
    return rows[first + [name for name in table.columns if name != "account"]]


def coverage(data: Dataset, net: Network) -> dict[str, Any]:
    """Return what was loaded, in numbers: accounts, ties, posts, loops, time range, files."""
    counts = data.ties["kind"].value_counts()
    times = pd.concat([data.ties["time"], data.posts["time"]]).dropna()
    rejected = data.report.rejected["reason"].value_counts()
    return {
        "accounts": len(data.accounts),
        "ties": {kind: int(counts[kind]) for kind in KINDS if counts[kind]},
        "without_target": int(data.ties["target"].isna().sum()),
        "loops": dict(net.loops),
        "posts": len(data.posts),
        "first": times.min().isoformat() if len(times) else "",
        "last": times.max().isoformat() if len(times) else "",
        "files": [asdict(file) for file in data.report.files],
        "rejected": {str(reason): int(count) for reason, count in sorted(rejected.items())},
    }
