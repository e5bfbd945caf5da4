"""Whether a graph has more community structure than random graphs with its degrees."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from kznet.communities.graph import LayerGraph
from kznet.communities.scan import WORTHWHILE, Effort, effort
from kznet.engines.graph import Leiden
from kznet.parallel import parts, spread

_SPARSE = 1.2
_TASKS = 8
_OBSERVED = [-1]


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
    run = partial(_drawn, graph=graph, work=work, seed=seed)
    if graph.m < _SPARSE * graph.n:
        return Chance(run(_OBSERVED)[0], 0, nan, nan, nan, "too sparse to test")
    tasks = [*parts(list(range(work.nulls)), count=_TASKS), _OBSERVED]
    *drawn, (observed,) = spread(run, tasks, worthwhile=graph.m > WORTHWHILE)
    nulls = np.concatenate(drawn)
    deviation = nulls.std(ddof=1)
    z = float((observed - nulls.mean()) / deviation) if deviation > 1e-12 else nan
    reason = _reason(observed, nulls, z)
    return Chance(observed, len(nulls), float(nulls.mean()), float(nulls.max()), z, reason)


def _drawn(draws: list[int], *, graph: LayerGraph, work: Effort, seed: int) -> list[float]:
    """Modularity of rewired graphs, by their number; of the graph itself for -1."""
    graphs = (
        graph.leiden.rewired(seed=seed + draw, swaps=work.swaps) if draw >= 0 else graph.leiden
        for draw in draws
    )
    return [_best(each, work, seed) for each in graphs]


def _best(graph: Leiden, work: Effort, seed: int) -> float:
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
