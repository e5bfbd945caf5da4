"""Plots over time: reposts by day, and how the window decides which pairs stand out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from kznet.analysis import Analysis
from kznet.mechanisms.evidence import JOIN
from kznet.report.days import MOST_BINS, STEPS, date_of, days_of
from kznet.report.plots.bars import Bar, columns
from kznet.report.plots.figure import Figure, Part
from kznet.report.plots.svg import Scale
from kznet.report.texts import Texts

_TOGETHER: Final = "amplification"


def timeline(analysis: Analysis, texts: Texts) -> Figure | None:
    """Reposts a day, or over more days where the range is long; None where none has a time."""
    ties = analysis.dataset.of_kind("repost")
    days = days_of(ties["time"].dropna())
    if not len(days) or days.min() == days.max():
        return None
    step = next((s for s in STEPS if (days.max() - days.min()) // s < MOST_BINS), STEPS[-1])
    first = int(days.min())
    counts = np.bincount((days - first) // step)
    together = np.bincount(*_together(analysis, first, step), minlength=len(counts))
    names = [texts.day(date_of(first + step * k)) for k in range(len(counts))]
    rows = [
        Bar(name, float(count), texts.number(int(count)), part=float(part))
        for name, count, part in zip(names, counts, together[: len(counts)], strict=True)
    ]
    return _figure(rows, step, int(np.argmax(counts)), texts)


def sweep(analysis: Analysis, texts: Texts) -> Figure | None:
    """Pairs that stand out at each window; None where the windows were not compared."""
    facts = analysis.facts.get("pairs") or {}
    found: Sequence[Mapping[str, Any]] = facts.get("sweep") or ()
    if not found or not max(row["survivors"] for row in found):
        return None
    used = facts.get("window")
    bars = [
        Bar(row["window"], float(row["survivors"]), texts.number(row["survivors"]),
            _kind(row["window"] == used))
        for row in found
    ]  # fmt: skip
    best = max(found, key=lambda row: row["survivors"])
    heading = texts("plot.sweep", {"n": best["survivors"], "window": _window(best, texts)})
    return Figure(
        key="plot-sweep",
        heading=heading,
        parts=[Part(_columns([_renamed(bar, texts) for bar in bars], heading, texts, every=1))],
        caption=texts("plot.sweep.caption", {"window": texts.span(str(used))}),
        heads=[texts(f"plot.sweep.{head}") for head in ("window", "pairs", "left", "same")],
        rows=[_row(row, texts) for row in found],
    )


def _figure(rows: list[Bar], step: int, busiest: int, texts: Texts) -> Figure:
    middle = float(np.median([row.amount for row in rows]))
    told = {"n": step, "middle": texts.number(middle), "most": rows[busiest].words}
    key = "plot.timeline.daily" if step == 1 else "plot.timeline"
    heading = texts(key, {**told, "day": rows[busiest].name})
    drawing = _columns(rows, heading, texts, every=max(len(rows) // 2, 1))
    return Figure(
        key="plot-timeline",
        heading=heading,
        parts=[Part(drawing)],
        caption=texts("plot.timeline.caption"),
        heads=[texts(f"plot.timeline.{head}") for head in ("from", "reposts", "together")],
        rows=[[row.name, row.words, texts.number(row.part)] for row in rows],
    )


def _together(analysis: Analysis, first: int, step: int) -> tuple[np.ndarray, np.ndarray]:
    """Bins and sizes of the groups that are listed as evidence of a call by amplification."""
    called = analysis.hubs.loc[analysis.hubs["status"] == "hub", "account"]
    rows = analysis.evidence[analysis.evidence["mechanism"] == _TOGETHER]
    rows = rows[rows["account"].isin(called) & rows["time"].notna()]
    bins = (days_of(rows["time"]) - first) // step
    accounts = rows["accounts"].fillna("").str.count(re.escape(JOIN)).to_numpy("float64") + 1
    inside = bins >= 0
    return bins[inside], accounts[inside]


def _columns(rows: list[Bar], title: str, texts: Texts, *, every: int) -> Any:
    most = max(row.amount for row in rows)
    ticks = [(tick, texts.number(tick)) for tick in Scale(0, most, start=0, end=1).ticks()]
    last = len(rows) - 1
    names = sorted({*range(0, last + 1 - every // 2, every), last})
    return columns(rows, title=title, ticks=ticks, names=names)


def _kind(marked: bool) -> str:
    return "amount marked" if marked else "amount"


def _row(row: Mapping[str, Any], texts: Texts) -> list[str]:
    numbers = [texts.number(row[name]) for name in ("pairs", "survivors")]
    return [_window(row, texts), *numbers, texts.share(row["jaccard"], digits=0)]


def _renamed(bar: Bar, texts: Texts) -> Bar:
    return Bar(texts.span(bar.name), bar.amount, bar.words, bar.kind)


def _window(row: Mapping[str, Any], texts: Texts) -> str:
    return texts.span(str(row["window"]))
