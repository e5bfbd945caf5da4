"""How time and memory grow with the rows: which lines each plot has."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from benchmarks.targets.drawing import COLOURS, Line, drawn
from benchmarks.targets.readings import Readings
from benchmarks.targets.values import GB, total

_PAIRS: Final = ("kznet", "numba", "numpy", "duckdb")
_GRAPH: Final = ("kznet", "raw", "networkx")
_WORK: Final = ("build", "measures")


def plots(kept: Readings) -> dict[str, str]:
    """Each plot for which two sizes were measured, as SVG by its name."""
    return {
        name: drawn(title, {key: line for key, line in lines.items() if line})
        for name, title, lines in _lines(kept)
        if len({x for line in lines.values() for x, _ in line}) > 1
    }


def _lines(kept: Readings) -> Iterator[tuple[str, str, Mapping[str, Line]]]:
    found = {side: _laps(kept, "pairs", side, ("kernel",)) for side in _PAIRS}
    yield "pairs", "Seconds to find pairs within 60 s, without reading", found
    commands = {"kznet pairs": "command", "co_retweet (toolkit)": "toolkit"}
    found = {name: _read(kept, "pairs", side, "wall") for name, side in commands.items()}
    yield "commands", "Seconds of a whole command that finds pairs", found
    found = {side: _laps(kept, "graph", side, _WORK) for side in _GRAPH}
    yield "graph", "Seconds to build, PageRank, HITS and coreness", found
    yield "run", "Seconds of kznet run, and of its longest steps", _steps(kept)
    peaks = {"kznet run": ("run", "kznet"), "kznet pairs": ("pairs", "command")}
    found = {
        name: [(n, peak / GB) for n, peak in _read(kept, part, side, "peak")]
        for name, (part, side) in peaks.items()
    }
    yield "memory", "Peak memory of all processes, GB", found


def _steps(kept: Readings) -> dict[str, Line]:
    steps = [m for m in kept.measures("run", "kznet") if m.endswith("/seconds")]
    found = {name.rpartition("/")[0]: _read(kept, "run", "kznet", name) for name in steps}
    longest = sorted(found, key=lambda name: -max((y for _, y in found[name]), default=0.0))
    most = {name: found[name] for name in longest[: len(COLOURS) - 1]}
    return {"whole run": _read(kept, "run", "kznet", "wall"), **most}


def _read(kept: Readings, part: str, side: str, measure: str) -> Line:
    read = [(n, kept.median(part, n, side, measure)) for n in kept.sizes(part, side)]
    return [(n, value) for n, value in read if value]


def _laps(kept: Readings, part: str, side: str, names: Sequence[str]) -> Line:
    sizes = kept.sizes(part, side)
    read = [(n, total(kept, part, n, side, names, "seconds")) for n in sizes]
    return [(n, value) for n, value in read if value]
