"""Which engine computes what: as asked for, or by rows and memory, with the reason in words."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from kznet.errors import MissingDependencyError, UnknownNameError
from kznet.memory import available, words
from kznet.registry import unknown

ENGINES: Final = ("auto", "igraph", "networkit", "duckdb", "spark")
_EXTRAS: Final = {"networkit": "networkit", "duckdb": "duckdb", "spark": "pyspark"}
_BYTES_A_ROW: Final = 600
_MANY_TIES: Final = 10_000_000


@dataclass(frozen=True)
class Choice:
    """Engines by name: `graph` for networks, `pairs` for couples of shares; and `why`.

    `memory` is the most bytes that work in pieces may hold; what is free where it is None.
    """

    graph: str = "igraph"
    pairs: str = "numpy"
    why: str = "the default"
    memory: int | None = None


def choose(asked: str = "auto", *, rows: int, memory: int | None = None) -> Choice:
    """Choose the engines for so many rows.

    Parameters
    ----------
    asked
        ``auto`` or the name of an engine. A cluster (``spark``) is never chosen unasked.
    rows
        Ties in the data.
    memory
        Bytes that work in pieces may hold.

    Raises
    ------
    MissingDependencyError
        The package of an engine that was asked for is not installed.
    UnknownNameError
        There is no such engine.
    """
    if asked not in ENGINES:
        raise UnknownNameError(unknown("engine", asked, ENGINES))
    if asked == "auto":
        return _by_size(rows, memory)
    need(asked)
    graph = "networkit" if asked == "networkit" else "igraph"
    pairs = "duckdb" if asked == "duckdb" else _in_memory()
    return Choice(graph, pairs, "asked for", memory)


def need(engine: str) -> None:
    """Refuse an engine whose package is not installed.

    Raises
    ------
    MissingDependencyError
        It is not.
    """
    if engine in _EXTRAS and find_spec(_EXTRAS[engine]) is None:
        how = f"pip install 'kznet[{engine}]'"
        raise MissingDependencyError(f"engine {engine!r} needs an optional package: {how}")


def _by_size(rows: int, memory: int | None) -> Choice:
    graph, pairs = "igraph", _in_memory()
    why = f"{rows:,} ties are few enough for the default"
    if rows >= _MANY_TIES:
        graph = "networkit" if find_spec("networkit") else "igraph"
        why = f"{rows:,} ties are many, and networkit is {'' if graph != 'igraph' else 'not '}there"
    limit = available() if memory is None else memory
    if rows * _BYTES_A_ROW > limit and find_spec("duckdb"):
        pairs = "duckdb"
        why += f"; {words(limit)} of memory are too little for pairs at once"
    return Choice(graph, pairs, why, memory)


def _in_memory() -> str:
    return "numba" if find_spec("numba") else "numpy"
