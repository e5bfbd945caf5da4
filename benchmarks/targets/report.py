"""The readings as tables in Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from benchmarks.targets.limits import MILLION, TEN, Limit, limits
from benchmarks.targets.plan import PARTS, SIDES
from benchmarks.targets.readings import Readings
from benchmarks.targets.values import GB, steps

_TITLES: Final = {"pairs": "Pairs", "viral": "Pairs of viral posts", "graph": "Graph", "run": "Run"}
_LAPS: Final = ("read", "build", "kernel", "table", "measures", "preprocess", "compute")


def report(
    kept: Readings,
    *,
    versions: Mapping[str, Mapping[str, str]],
    machine: str,
    more: Mapping[str, str] | None = None,
) -> str:
    """Limits, the sides at every size, the steps of a run, other benchmarks, and the versions."""
    parts = [limits_table(kept), *(_part(kept, part) for part in PARTS), _steps(kept)]
    parts += [f"### {title}\n\n{text.strip()}" for title, text in (more or {}).items()]
    tools = [f"- {name}: {_listed(found)}" for name, found in versions.items()]
    made = "\n".join(["### Machine and versions", "", f"- {machine}", *tools])
    return "\n\n".join([*filter(None, parts), made]) + "\n"


def limits_table(kept: Readings) -> str:
    """One row a limit: bound, value by the wall clock and by CPU seconds, and whether it is met."""
    heads = ("what", "limit", "measured", "by CPU", "met")
    return table(heads, [_limit(kept, each) for each in limits()])


def _limit(kept: Readings, limit: Limit) -> list[str]:
    wall, cpu = limit.value(kept, "seconds"), limit.value(kept, "cpu")
    bound = "" if limit.most is None else _bound(limit)
    met = "" if limit.most is None else "not measured"
    if limit.most is not None and wall is not None:
        met = "yes" if wall <= limit.most else "**no**"
    return [limit.what, bound, *("" if v is None else limit.told(v) for v in (wall, cpu)), met]


def _bound(limit: Limit) -> str:
    most = limit.most or 0.0
    return f"≤ {limit.told(most)}" if most else limit.told(most)


def _part(kept: Readings, part: str) -> str:
    """One row a size and side."""
    names = [side.name for side in SIDES if side.part == part]
    laps = [lap for lap in _LAPS if any(f"{lap} seconds" in kept.measures(part, n) for n in names)]
    heads = ["rows", "side", "runs", "wall s", "CPU s", "peak GB", *(f"{lap} s" for lap in laps)]
    sizes = sorted({size for name in names for size in kept.sizes(part, name)})
    rows = [
        _side(kept, part, size, name, laps)
        for size in sizes
        for name in names
        if kept.runs(part, size, name)
    ]
    return f"### {_TITLES[part]}\n\n{table(heads, rows)}" if rows else ""


def _side(kept: Readings, part: str, size: int, name: str, laps: Sequence[str]) -> list[str]:
    peak = kept.median(part, size, name, "peak")
    figures = [kept.median(part, size, name, measure) for measure in ("wall", "cpu")]
    figures.append(None if peak is None else peak / GB)
    figures += [kept.median(part, size, name, f"{lap} seconds") for lap in laps]
    return [f"{size:,}", name, str(len(kept.runs(part, size, name))), *map(figure, figures)]


def _steps(kept: Readings) -> str:
    """One row a step of a run: seconds, CPU seconds and peak at each size, and growth."""
    sizes = kept.sizes("run", "kznet")
    measures = kept.measures("run", "kznet")
    names = list(dict.fromkeys(m.rpartition("/")[0] for m in measures if "/" in m))
    kinds = [k for k in ("seconds", "cpu", "peak") if any(m.endswith(f"/{k}") for m in measures)]
    if not names:
        return ""
    grown = steps(kept, small=MILLION, large=TEN, clock="seconds")
    heads = ["step", *(f"{size:,}: {_unit(kind)}" for size in sizes for kind in kinds), "growth"]
    rows = [
        [
            name,
            *(_step(kept, size, name, kind) for size in sizes for kind in kinds),
            figure(grown.get(name)),
        ]
        for name in names
    ]
    return f"### Steps of a run\n\n{table(heads, rows)}"


def _unit(kind: str) -> str:
    return {"seconds": "s", "cpu": "CPU s", "peak": "peak GB"}[kind]


def _step(kept: Readings, size: int, name: str, kind: str) -> str:
    value = kept.median("run", size, "kznet", f"{name}/{kind}")
    return figure(value / GB if value is not None and kind == "peak" else value)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def figure(value: float | None) -> str:
    """Three figures, or nothing."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _listed(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in found.items())
