"""The resolution at which different starts agree, and the best partition there."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain, combinations

import numpy as np

from kznet.communities.agreement import adjusted_mutual_information
from kznet.communities.graph import LayerGraph
from kznet.parallel import parts, spread

WORTHWHILE = 5_000

_FEW_ACCOUNTS = 5_000
_FIXED_PAIRS = 40
_TASKS = 8
MINIMUM_SIZE = 3


@dataclass(frozen=True)
class Effort:
    """How much work a graph of some size is given.

    `final_starts` at the chosen resolution run for `final_iterations` (-1: to the end), as do
    the thinned runs; where there are none, the starts of the scan are final. `swaps` are those
    a tie of a rewired graph.
    """

    resolutions: int
    starts: int
    iterations: int
    final_starts: int
    nulls: int
    null_starts: int
    swaps: int
    final_iterations: int


def effort(m: int) -> Effort:
    """Full rule up to 50,000 ties, reduced in three steps above; the facts say which."""
    if m <= 50_000:
        return Effort(13, 20, -1, 0, 20, 4, 10, -1)
    if m <= 500_000:
        return Effort(7, 8, 2, 20, 10, 1, 10, -1)
    if m <= 5_000_000:
        return Effort(5, 5, 2, 5, 3, 1, 3, -1)
    return Effort(3, 3, 2, 0, 2, 1, 2, 2)


@dataclass(frozen=True, eq=False)
class Start:
    """What one start of Leiden came to, and its modularity at the resolution that it had."""

    membership: np.ndarray
    quality: float


@dataclass(frozen=True, eq=False)
class Scan:
    """Agreement by resolution, the one chosen, and the partition of highest quality there."""

    resolutions: np.ndarray
    agreement: np.ndarray
    sizes: tuple[int, ...]
    resolution: float
    partition: np.ndarray
    quartiles: tuple[float, float, float]

    @property
    def chosen_agreement(self) -> float:
        """Mean agreement of the starts at the chosen resolution."""
        return float(self.agreement[np.argmin(np.abs(self.resolutions - self.resolution))])


def scan(graph: LayerGraph, *, seed: int) -> Scan:
    """Agreement of Leiden starts over resolutions .3 to 3, and the partition where it is best.

    Trivial partitions count as no agreement; among resolutions within .01 of the best the one
    nearest 1 is taken.

    References
    ----------
    Modularity with a resolution: Reichardt and Bornholdt (2006),
    https://doi.org/10.1103/PhysRevE.74.016110
    """
    work = effort(graph.m)
    grid = np.exp(np.linspace(np.log(0.3), np.log(3.0), work.resolutions))
    grid[np.argmin(np.abs(np.log(grid)))] = 1.0
    run = partial(_at, graph=graph, work=work, seed=seed)
    worthwhile = graph.m > WORTHWHILE
    longest_first = grid[::-1].tolist()
    found = list(spread(run, longest_first, worthwhile=worthwhile))[::-1]
    runs, scores = [each for each, _ in found], [values for _, values in found]
    agreement = np.array([values.mean() if len(values) else 0.0 for values in scores])
    at = _choose(grid, agreement)
    gamma = float(grid[at])
    final = _final(graph, gamma, seed) if work.final_starts else runs[at]
    quartiles = np.quantile(scores[at], [0.25, 0.5, 0.75]) if len(scores[at]) else np.zeros(3)
    best = best_partition(final)
    count = tuple(large(each[0].membership) for each in runs)
    low, middle, high = (float(value) for value in quartiles)
    return Scan(grid, agreement, count, gamma, best, (low, middle, high))


def _at(
    gamma: float, *, graph: LayerGraph, work: Effort, seed: int
) -> tuple[list[Start], np.ndarray]:
    seeds = range(seed, seed + work.starts)
    found = starts(seeds, graph=graph, gamma=gamma, iterations=work.iterations)
    return found, pair_scores([start.membership for start in found])


def _final(graph: LayerGraph, gamma: float, seed: int) -> list[Start]:
    """More starts at the chosen resolution, in no order that matters."""
    work = effort(graph.m)
    seeds = parts(list(range(seed, seed + work.final_starts)), count=_TASKS)
    run = partial(starts, graph=graph, gamma=gamma, iterations=work.final_iterations)
    return list(chain.from_iterable(spread(run, seeds, worthwhile=graph.m > WORTHWHILE)))


def starts(
    seeds: Iterable[int], *, graph: LayerGraph, gamma: float, iterations: int
) -> list[Start]:
    """Partitions of Leiden from these seeds, numbered by first account."""
    found = []
    for seed in seeds:
        run = graph.leiden.run(resolution=gamma, seed=seed, iterations=iterations)
        quality = graph.leiden.modularity(run, resolution=gamma)
        found.append(Start(first_seen(run), quality))
    return found


def best_partition(found: list[Start]) -> np.ndarray:
    """Return the partition of highest modularity; of equals the first in lexicographic order."""
    top = max(start.quality for start in found)
    equals = [start.membership for start in found if start.quality >= top - 1e-12]
    distinct = {membership.tobytes(): membership for membership in equals}
    return min(distinct.values(), key=np.ndarray.tolist)


def first_seen(membership: np.ndarray) -> np.ndarray:
    """Renumber communities by the order in which their first account comes."""
    _, first, inverse = np.unique(membership, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def trivial(membership: np.ndarray) -> bool:
    """Whether one community holds over 90 %, or fewer than two have three accounts."""
    sizes = np.bincount(membership)
    return bool(sizes.max() > 0.9 * len(membership) or (sizes >= MINIMUM_SIZE).sum() < 2)


def large(membership: np.ndarray) -> int:
    """Communities that hold at least 1 % of the accounts."""
    return int((np.bincount(membership) >= max(0.01 * len(membership), 1)).sum())


def pair_scores(partitions: list[np.ndarray]) -> np.ndarray:
    """Adjusted mutual information of pairs of partitions; 0 where either is trivial.

    All pairs, above 5,000 accounts a fixed 40 of them; identical partitions are 1 uncomputed.
    """
    couples = list(combinations(range(len(partitions)), 2))
    if len(partitions[0]) > _FEW_ACCOUNTS and len(couples) > _FIXED_PAIRS:
        drawn = np.random.default_rng(0).choice(len(couples), _FIXED_PAIRS, replace=False)
        couples = [couples[i] for i in sorted(drawn)]
    keys = [p.tobytes() for p in partitions]
    dull = [trivial(p) for p in partitions]
    known: dict[tuple[bytes, bytes], float] = {}
    scores = []
    for i, j in couples:
        key = (min(keys[i], keys[j]), max(keys[i], keys[j]))
        if key not in known:
            known[key] = _agreement(partitions[i], partitions[j], dull[i] or dull[j])
        scores.append(known[key])
    return np.array(scores)


def _agreement(first: np.ndarray, second: np.ndarray, dull: bool) -> float:
    if dull:
        return 0.0
    if np.array_equal(first, second):
        return 1.0
    return adjusted_mutual_information(first, second)


def _choose(grid: np.ndarray, agreement: np.ndarray) -> int:
    nearest_one = np.abs(np.log(grid))
    top = agreement.max()
    if top < 0.5:
        return int(np.argmin(nearest_one))
    candidates = np.flatnonzero(agreement >= top - 0.01)
    order = np.lexsort([grid[candidates], nearest_one[candidates].round(12)])
    return int(candidates[order[0]])
