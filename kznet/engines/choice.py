"""Which engine computes what: as asked for, or by rows and memory, with the reason in words."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from kznet.errors import MissingDependencyError, UnknownNameError
from kznet.registry import unknown

ENGINES: Final = ("auto", "igraph", "networkit", "duckdb", "spark")
_EXTRAS: Final = {"networkit": "networkit", "duckdb": "duckdb", "spark": "pyspark"}
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
        raise UnknownNameError(unknown("engine", asked, dict.fromkeys(ENGINES)))
    if asked == "auto":
        return _by_size(rows, memory)
    need(asked)
    graph = "networkit" if asked == "networkit" else "igraph"
    pairs = "duckdb" if asked == "duckdb" else "numpy"
    return Choice(graph, pairs, "asked for", memory)


def need(engine: str) -> None:
    """Refuse an engine whose package is not installed.

    Raises
    ------
    MissingDependencyError
        It is not.
    """
    if engine in _EXTRAS and find_spec(_EXTRAS[engine]) is None:
        raise missing(engine)


def missing(engine: str) -> MissingDependencyError:
    """What to say where the package of an engine is not installed."""
    how = f"pip install 'kznet[{engine}]'"
    return MissingDependencyError(f"engine {engine!r} needs an optional package: {how}")


def _by_size(rows: int, memory: int | None) -> Choice:
    if rows < _MANY_TIES:
        return Choice(why=f"{rows:,} ties: fewer than {_MANY_TIES:,}", memory=memory)
    if find_spec("networkit") is None:
        return Choice(why=f"{rows:,} ties, and networkit is not installed", memory=memory)
    why = f"{rows:,} ties: from {_MANY_TIES:,} on networkit is faster"
    return Choice("networkit", why=why, memory=memory)
