"""Whether a graph has more community structure than random graphs with its degrees."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.sparse import csr_array

from kznet.communities.graph import LayerGraph
from kznet.communities.scan import WORTHWHILE, Effort, effort
from kznet.engines.igraph_ import LeidenGraph
from kznet.parallel import parts, spread

_SPARSE = 1.2
_TASKS = 8


@dataclass(frozen=True)
class Chance:
    """Modularity at resolution 1 against rewired graphs; `reason` is empty where it passes."""

    modularity: float
    nulls: int
    null_mean: float
    null_max: float
    z: float
    reason: str

    @property
    def passed(self) -> bool:
        """Whether the graph is beyond chance."""
        return not self.reason


def chance(graph: LayerGraph, *, seed: int) -> Chance:
    """Best modularity of a few starts, against the same on graphs rewired as a whole.

    References
    ----------
    Rewiring that keeps degrees: Maslov and Sneppen (2002),
    https://doi.org/10.1126/science.1065103; modularity: Newman and Girvan (2004),
    https://doi.org/10.1103/PhysRevE.69.026113
    """
    nan = float("nan")
    if graph.m == 0:
        return Chance(nan, 0, nan, nan, nan, "no ties")
    work = effort(graph.m)
    observed = _best(graph.leiden, work, seed)
    if graph.m < _SPARSE * graph.n:
        return Chance(observed, 0, nan, nan, nan, "too sparse to test")
    run = partial(_null, weights=graph.weights, work=work, seed=seed)
    tasks = parts(list(range(work.nulls)), count=_TASKS)
    nulls = np.concatenate(list(spread(run, tasks, worthwhile=graph.m > WORTHWHILE)))
    deviation = nulls.std(ddof=1)
    z = float((observed - nulls.mean()) / deviation) if deviation > 1e-12 else nan
    reason = _reason(observed, nulls, z)
    return Chance(observed, len(nulls), float(nulls.mean()), float(nulls.max()), z, reason)


def _null(draws: list[int], *, weights: csr_array, work: Effort, seed: int) -> np.ndarray:
    graph = LeidenGraph(weights)
    return np.array([_best(graph.rewired(seed=seed + draw), work, seed) for draw in draws])


def _best(graph: LeidenGraph, work: Effort, seed: int) -> float:
    found = [
        graph.run(resolution=1.0, seed=seed + s, iterations=work.iterations)
        for s in range(work.null_starts)
    ]
    return max(graph.modularity(membership, resolution=1.0) for membership in found)


def _reason(observed: float, nulls: np.ndarray, z: float) -> str:
    if np.isnan(z):
        return "random graphs with these degrees are all alike"
    if observed <= nulls.max() or z <= 3:
        return "no more community structure than random graphs with the same degrees"
    return ""
