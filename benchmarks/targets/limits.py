"""The limits that kznet is held to, each a line: what, how far, and where the figure comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.targets.values import (
    GB,
    GIB,
    Value,
    amount,
    differing,
    growth,
    laps,
    largest,
    wholes,
)

MILLION: Final = 1_000_000
TEN: Final = 10_000_000
_KERNEL: Final = ("kernel",)
_READ: Final = ("read", "kernel")
_GRAPH: Final = ("build", "measures")
_BARE: Final = ("numba", "numpy")
_TOOLKIT: Final = "coordination-network-toolkit"


@dataclass(frozen=True)
class Limit:
    """What may be at most how much.

    `told` writes bound and value; `value` is by the wall clock or by CPU seconds, and nothing
    where it was not measured. Without a bound the line only informs.
    """

    what: str
    value: Value
    told: Callable[[float], str]
    most: float | None = None


def limits() -> Iterator[Limit]:
    """Every limit, in the order of the table."""
    yield from _of_pairs()
    yield from _of_many_pairs()
    yield from _of_graphs()
    yield from _of_runs()


def _of_pairs() -> Iterator[Limit]:
    compute = laps("pairs", _KERNEL, ("compute",), by=("toolkit",), rows=MILLION)
    yield Limit(f"pairs, 1M shares: the kernel by {_TOOLKIT}'s `compute`", compute, ratio, 1 / 50)
    both = ("preprocess", "compute")
    work = laps("pairs", ("read", "table"), both, by=("toolkit",), rows=MILLION)
    yield Limit("… reading and the whole table by `preprocess` and `compute`", work, ratio, 1 / 50)
    whole = wholes("pairs", "command", "toolkit", rows=MILLION)
    yield Limit("… `kznet pairs` by the same commands, from the same file", whole, ratio)
    kernel = laps("pairs", _KERNEL, _KERNEL, by=_BARE, rows=MILLION)
    yield Limit("… the kernel by the faster bare one", kernel, ratio, 1.5)
    read = laps("pairs", _READ, _READ, by=_BARE, rows=MILLION)
    yield Limit("… reading and kernel by those of the bare one", read, ratio, 3)
    table = laps("pairs", ("table",), _KERNEL, by=_BARE, rows=MILLION)
    yield Limit("… the whole table, with tests and ids, by the bare kernel", table, ratio)
    peak = amount("pairs", "command", "peak", rows=MILLION, unit=GB)
    yield Limit("… peak memory of `kznet pairs`", peak, gb, 1.5)
    yield Limit("… pairs on which sides differ", differing("pairs", rows=MILLION), count, 0)


def _of_many_pairs() -> Iterator[Limit]:
    kernel = laps("pairs", _KERNEL, _KERNEL, by=("duckdb",), rows=TEN)
    yield Limit("pairs, 10M shares: the kernel by DuckDB's join", kernel, ratio, 0.5)
    peak = amount("pairs", "command", "peak", rows=TEN, unit=GB)
    yield Limit("… peak memory of `kznet pairs`", peak, gb, 4)
    yield Limit("… pairs on which sides differ", differing("pairs", rows=TEN), count, 0)
    limited = amount("viral", "command", "peak", rows=MILLION, unit=GIB)
    yield Limit("pairs, 1M viral shares: peak memory with `--memory 1GiB`", limited, gib, 1.3)
    yield Limit("… pairs on which sides differ", differing("viral", rows=MILLION), count, 0)


def _of_graphs() -> Iterator[Limit]:
    for side, name, most in (("networkx", "networkx", 1 / 15), ("raw", "the raw calls", 1.3)):
        what = f"graph, 1M ties: build, PageRank, HITS and coreness by {name}"
        value = laps("graph", _GRAPH, _GRAPH, by=(side,), rows=MILLION)
        yield Limit(what, value, ratio, most)
    rank = largest("graph", "pagerank apart", rows=MILLION)
    yield Limit("… largest relative difference of PageRank", rank, small, 1e-6)
    core = largest("graph", "coreness apart", rows=MILLION)
    yield Limit("… largest difference of coreness", core, count, 0)


def _of_runs() -> Iterator[Limit]:
    for rows, seconds, memory in ((MILLION, 300, 4), (TEN, 1_800, 16)):
        words = f"{rows // MILLION}M reposts, {rows // MILLION}M follows, {rows // 10:,} accounts"
        wall = amount("run", "kznet", "wall", rows=rows)
        yield Limit(f"`kznet run`, {words}: wall time", wall, minutes, seconds)
        peak = amount("run", "kznet", "peak", rows=rows, unit=GIB)
        yield Limit("… peak memory of all its processes", peak, gib, memory)
    grown = growth(small=MILLION, large=TEN)
    what = "growth: time a row at 10M by that at 1M, the step that grows most"
    yield Limit(what, grown, ratio, 1.5)


def ratio(value: float) -> str:
    """Write a quotient, a small one as a fraction.

    >>> ratio(0.02), ratio(1.5)
    ('1/50', '1.50×')
    """
    return f"1/{1 / value:.0f}" if 0 < value < 0.2 else f"{value:.2f}×"


def gb(value: float) -> str:
    """GB to two decimals."""
    return f"{value:.2f} GB"


def gib(value: float) -> str:
    """GiB to two decimals."""
    return f"{value:.2f} GiB"


def minutes(value: float) -> str:
    """Seconds, from two minutes on as minutes."""
    return f"{value:.1f} s" if value < 120 else f"{value / 60:.1f} min"


def count(value: float) -> str:
    """A whole number."""
    return f"{value:,.0f}"


def small(value: float) -> str:
    """A difference."""
    return f"{value:.1g}"
