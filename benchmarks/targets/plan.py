"""Which sides there are, what each runs, and how long that takes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PARTS: Final = ("pairs", "viral", "graph", "run")
_MOST: Final = 1_000_000
_CSV_UP_TO: Final = 1_000_000
_OWN: Final = "benchmarks.targets.sides"


@dataclass(frozen=True)
class Side:
    """One way to an answer.

    Attributes
    ----------
    part, name
        The part of the benchmark and who does it.
    environment
        The virtual environment, by name.
    data
        The kind of data.
    commands
        Run one after the other; words in braces are filled in.
    seconds
        About how long a million rows take.
    most
        Rows beyond which it is not run.
    laps
        Names of the commands, where the cost of each is told.
    """

    part: str
    name: str
    environment: str
    data: str
    commands: tuple[tuple[str, ...], ...]
    seconds: float
    most: int = 10_000_000
    laps: tuple[str, ...] = ()


def _module(name: str, *words: str) -> tuple[tuple[str, ...], ...]:
    return (("{python}", "-m", f"{_OWN}.{name}", *words),)


_KZNET: Final = ("{python}", "-m", "kznet")
_TOOLKIT: Final = ("{python}", "-m", "coordination_network_toolkit", "{scratch}/network.db")
_JOIN: Final = ("co_retweet", "--time_window", "60", "--min_edge_weight", "1")
_SHARES: Final = "{data}/shares.parquet"
_PAIRS: Final = ("-o", "{scratch}/pairs.csv", "--quiet")
SIDES: Final = (
    Side("pairs", "kznet", "kznet", "shares", _module("kznet_pairs", _SHARES), 15),
    Side("pairs", "numpy", "kznet", "shares", _module("numpy_pairs", _SHARES), 3),
    Side("pairs", "numba", "numba", "shares", _module("numba_pairs", _SHARES), 4),
    Side("pairs", "duckdb", "duckdb", "shares", _module("duckdb_pairs", _SHARES), 4),
    Side("pairs", "command", "kznet", "shares", ((*_KZNET, "pairs", "{table}", *_PAIRS),), 20),
    Side(
        "pairs", "toolkit", "toolkit", "shares",
        ((*_TOOLKIT, "preprocess", "{data}/messages.csv"), (*_TOOLKIT, "compute", *_JOIN)),
        150, _MOST, ("preprocess", "compute"),
    ),
    Side("viral", "numba", "numba", "viral", _module("numba_pairs", _SHARES), 20, _MOST),
    Side(
        "viral", "command", "kznet", "viral",
        ((*_KZNET, "pairs", _SHARES, "--memory", "1GiB", *_PAIRS),),
        300, _MOST,
    ),
    Side("graph", "kznet", "kznet", "graph", _module("kznet_graph", "{data}", "{scratch}"), 10),
    Side("graph", "raw", "kznet", "graph", _module("raw_graph", "{data}", "{scratch}"), 4),
    Side(
        "graph", "networkx", "networkx", "graph",
        _module("networkx_graph", "{data}", "{scratch}"), 70, _MOST,
    ),
    Side(
        "run", "kznet", "kznet", "world",
        ((*_KZNET, "run", "{data}", "-o", "{scratch}/case", "--quiet"),),
        300,
    ),
)  # fmt: skip


def chosen(only: Sequence[str], rows: Sequence[int]) -> Iterator[tuple[int, list[Side]]]:
    """Sides that are compared with each other, with their number of rows; smallest first."""
    for size in sorted(rows):
        for part in PARTS:
            wanted = [side for side in SIDES if side.part == part and _asked(side, only)]
            if found := [side for side in wanted if size <= side.most]:
                yield size, found


def known() -> set[str]:
    """Words that choose a part, or one side of it."""
    return {word for side in SIDES for word in (side.part, f"{side.part}:{side.name}")}


def words(command: Collection[str], *, python: Path, data: Path, scratch: Path) -> list[str]:
    """A command with its places filled in; a large table is read as Parquet alone."""
    messages = data / "messages.csv"
    table = messages if messages.is_file() else data / "shares.parquet"
    return [word.format(python=python, data=data, scratch=scratch, table=table) for word in command]


def _asked(side: Side, only: Sequence[str]) -> bool:
    return not only or side.part in only or f"{side.part}:{side.name}" in only
