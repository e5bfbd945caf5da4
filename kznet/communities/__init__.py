"""Who clusters with whom: communities beyond chance, with the confidence of each account."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, triu

from kznet.communities.chance import Chance, chance
from kznet.communities.graph import LayerGraph, combined, layer_graphs
from kznet.communities.scan import MINIMUM_SIZE, WORTHWHILE, Scan, effort, large, scan, trivial
from kznet.communities.summary import summary
from kznet.engines.graph import graph_engine
from kznet.network import Network
from kznet.parallel import spread

__all__ = ["Communities", "communities", "summary"]
_DROPPED = 0.2
_STABLE = 0.75


@dataclass(frozen=True, eq=False)
class Communities:
    """Who is in which community, and what speaks for it.

    Attributes
    ----------
    table
        account; community (1 is the largest; missing where unassigned); confidence, 0 to 1:
        how much of the community stays with the account when a fifth of all ties is dropped.
    status
        ``clear``, ``unstable`` (beyond chance, but starts disagree: name no camp by it) or
        ``none``.
    facts
        What each layer and the layer used have to say: resolution, modularity, chance test,
        agreement.
    """

    table: pd.DataFrame
    status: str
    layers: tuple[str, ...]
    facts: Mapping[str, Any]

    @property
    def membership(self) -> np.ndarray:
        """Community numbers from 0, shape (n,), -1 for none."""
        number: np.ndarray = self.table["community"].fillna(0).to_numpy(dtype=np.int64)
        return number - 1


def communities(net: Network, *, seed: int = 0) -> Communities:
    """Communities at the resolution where independent starts agree, tested against chance.

    Each layer is tested alone; the partition is sought on the sum of the layers that pass.
    Accounts without ties and communities below three accounts are unassigned. A network
    without ties has status ``none`` and its reason, never an error.

    References
    ----------
    Traag, Waltman and van Eck (2019), https://doi.org/10.1038/s41598-019-41695-z; agreement by
    adjusted mutual information: Vinh, Epps and Bailey (2010),
    https://jmlr.org/papers/v11/vinh10a.html
    """
    graphs = layer_graphs(net)
    tests = {graph.name: chance(graph, seed=seed) for graph in graphs}
    passing = [graph for graph in graphs if tests[graph.name].passed] or graphs
    if not any(graph.m for graph in passing):
        return _nothing(net, tests)
    whole = passing[0] if len(passing) == 1 else combined(passing, net)
    test = tests[passing[0].name]  # of several that pass, the sum needs no test of its own
    found = scan(whole, seed=seed)
    membership = _numbered(found.partition)
    confidence = _confidence(whole, found, seed)
    status, reason = _status(found, test)
    layers = {graph.name: _of_layer(graph, tests[graph.name]) for graph in graphs}
    layers[whole.name] = _of_layer(whole, tests.get(whole.name)) | _of_scan(whole, found)
    mixed = confidence[membership > 0] < 0.7
    facts = {
        "layer": whole.name,
        "status": status,
        "reason": reason,
        "share_mixed": float(mixed.mean()) if len(mixed) else 0.0,
        "layers": layers,
    }
    table = _table(net, whole, membership, confidence)
    return Communities(table, status, tuple(graph.name for graph in passing), facts)


def _nothing(net: Network, tests: Mapping[str, Chance]) -> Communities:
    reason = "no ties"
    table = pd.DataFrame({"account": net.accounts.astype("str")})
    table["community"] = pd.Series(pd.NA, index=table.index, dtype="Int64")
    table["confidence"] = np.nan
    facts = {"layer": " + ".join(tests), "status": "none", "reason": reason, "layers": {}}
    return Communities(table, "none", (), facts)


def _numbered(partition: np.ndarray) -> np.ndarray:
    """Numbers from 1 by size, then by smallest id; 0 for communities below three accounts."""
    sizes = np.bincount(partition)
    order = np.lexsort([np.arange(len(sizes)), -sizes])
    number = np.empty(len(sizes), dtype=np.int64)
    number[order] = np.arange(1, len(sizes) + 1)
    number[sizes < MINIMUM_SIZE] = 0
    result: np.ndarray = number[partition]
    return result


def _confidence(graph: LayerGraph, found: Scan, seed: int) -> np.ndarray:
    """Share of an account's community that is still with it when a fifth of the ties is dropped."""
    runs = effort(graph.m).final_starts or effort(graph.m).starts
    run = partial(_kept, graph=graph, found=found, seed=seed)
    kept = spread(run, range(runs), worthwhile=graph.m > WORTHWHILE)
    result: np.ndarray = np.sum(list(kept), axis=0) / runs
    return result


def _kept(draw: int, *, graph: LayerGraph, found: Scan, seed: int) -> np.ndarray:
    """Share of each account's community that one thinned run leaves with it."""
    weights = _thinned(graph.weights, np.random.default_rng([seed, draw]))
    thinned = graph_engine(graph.engine).LeidenGraph(weights)
    iterations = effort(graph.m).final_iterations
    other = thinned.run(resolution=found.resolution, seed=seed + draw, iterations=iterations)
    own = found.partition
    key = own * (int(other.max()) + 1) + other
    _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    result: np.ndarray = (count[inverse] - 1) / np.maximum(np.bincount(own)[own] - 1, 1)
    return result


def _thinned(weights: csr_array, rng: np.random.Generator) -> csr_array:
    """Upper half of a symmetric matrix without a fifth of its ties."""
    upper = triu(weights, k=1, format="coo")
    kept = rng.random(upper.nnz) >= _DROPPED
    place = (upper.row[kept], upper.col[kept])
    return csr_array((upper.data[kept], place), shape=weights.shape)


def _status(found: Scan, test: Chance) -> tuple[str, str]:
    if not test.passed:
        return "none", test.reason
    if trivial(found.partition):
        return "none", "starts agree on no division"
    if found.chosen_agreement < _STABLE:
        return "unstable", "beyond chance, but different starts divide the accounts differently"
    return "clear", ""


def _of_layer(graph: LayerGraph, test: Chance | None) -> dict[str, Any]:
    """Size of a layer's graph and its chance test; a sum of layers is tested by its layers."""
    size = {"accounts": graph.n, "ties": graph.m, "isolates": graph.isolates}
    if test is None:
        return size | {"status": "tested layer by layer", "reason": ""}
    return size | {
        "modularity_at_1": test.modularity,
        "null_mean": test.null_mean,
        "null_max": test.null_max,
        "nulls": test.nulls,
        "z": test.z,
        "status": "beyond chance" if test.passed else "not beyond chance",
        "reason": test.reason,
    }


def _of_scan(graph: LayerGraph, found: Scan) -> dict[str, Any]:
    low, middle, high = found.quartiles
    grid = zip(found.resolutions, found.agreement, found.sizes, strict=True)
    return {
        "gamma": found.resolution,
        "gamma_at_the_end_of_the_scan": found.resolution
        in (found.resolutions[0], found.resolutions[-1]),
        "k": int((np.bincount(found.partition) >= MINIMUM_SIZE).sum()),
        "k_large": large(found.partition),
        "modularity": graph.leiden.modularity(found.partition, resolution=1.0),
        "ami_median": middle,
        "ami_quartiles": [low, high],
        "effort": vars(effort(graph.m)),
        "scan": [[float(gamma), float(agreement), k] for gamma, agreement, k in grid],
    }


def _table(
    net: Network, graph: LayerGraph, membership: np.ndarray, confidence: np.ndarray
) -> pd.DataFrame:
    number = np.zeros(len(net), dtype=np.int64)
    number[graph.positions] = membership
    sure = np.full(len(net), np.nan)
    sure[graph.positions] = confidence
    community = pd.Series(number, dtype="Int64")
    return pd.DataFrame(
        {
            "account": net.accounts.astype("str"),
            "community": community.mask(community == 0),
            "confidence": np.where(number > 0, sure, np.nan),
        }
    )
