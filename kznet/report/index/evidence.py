"""Plots of the calls: how far accounts reach, and what was observed beside what chance leaves."""

from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis
from kznet.report.links import Links
from kznet.report.plots.band import band
from kznet.report.plots.figure import Figure, Part
from kznet.report.plots.forest import Point, forest
from kznet.report.plots.svg import Scale, Tick
from kznet.report.profiles import known_names, name_of, split
from kznet.report.texts import Texts

_MOST_CALLED: Final = 20
_MOST_OTHERS: Final = 8
_MOST_BANDS: Final = 12
_CHANCE: Final = ("null_low", "null_median", "null_high")


def reach(analysis: Analysis, texts: Texts) -> Figure | None:
    """The called accounts and the widest others, by reach; None where no reach is known."""
    table = analysis.hubs[analysis.hubs["exposure"].notna()]
    called = (table["status"] == "hub").to_numpy()
    kept = _first(called, _MOST_CALLED) | _first(~called, _MOST_OTHERS)
    if table.empty:
        return None
    names = known_names(analysis)
    rows = [(name_of(names, row["account"]), _point(row)) for row in table[kept].to_dict("records")]
    most = float(np.nanmax(table.loc[kept, ["exposure", "exposure_high"]].to_numpy("float64")))
    scale = Scale(0, most or 1.0, start=0, end=1)
    heading = _reach_heading(table, called, texts)
    return Figure(
        key="plot-reach",
        heading=heading,
        parts=[Part(forest(rows, title=heading, scale=scale, ticks=share_ticks(scale, texts)))],
        caption=texts("plot.reach.caption"),
        heads=[texts(f"index.head.{head}") for head in ("account", "status", "reach")],
        rows=[
            [name, texts("status.hub" if point.series == 0 else "plot.notcalled"), told]
            for (name, point), told in zip(rows, _intervals(rows, texts), strict=True)
        ],
    )


def bands(analysis: Analysis, texts: Texts, links: Links) -> Figure | None:
    """One drawing for each test behind a call; None where nothing was called."""
    tests = analysis.tests[analysis.tests["status"] == "tested"]
    if not {"observed", *_CHANCE} <= set(tests.columns):
        return None
    whole = tests[tests[["observed", *_CHANCE]].notna().all(axis=1)]
    called = analysis.hubs.loc[analysis.hubs["status"] == "hub", ["account", "mechanism"]]
    behind = called.assign(mechanism=called["mechanism"].map(split)).explode("mechanism")
    rows = behind.merge(whole, on=["account", "mechanism"]).to_dict("records")
    if not rows:
        return None
    outside = sum(not row["null_low"] <= row["observed"] <= row["null_high"] for row in rows)
    known = known_names(analysis)
    several = len({row["mechanism"] for row in rows}) > 1
    told = [(_title(row, known, texts, several), _words(row, texts)) for row in rows]
    return Figure(
        key="plot-bands",
        heading=texts("plot.bands", {"outside": outside, "n": len(rows)}),
        parts=[
            _band(row, title, words, links)
            for row, (title, words) in zip(rows[:_MOST_BANDS], told, strict=False)
        ],
        caption=texts("plot.bands.caption"),
        heads=[texts("index.head.account"), texts("plot.bands.found")],
        rows=[[title, f"{words[0]}; {words[1]}"] for title, words in told],
    )


def share_ticks(scale: Scale, texts: Texts) -> list[Tick]:
    """Ticks of an axis of shares, in whole percent where that tells them apart."""
    ticks = scale.ticks()
    digits = 0 if all(abs(100 * tick - round(100 * tick)) < 1e-9 for tick in ticks) else 1
    return [(tick, texts.share(tick, digits=digits)) for tick in ticks]


def _band(row: Any, title: str, words: tuple[str, str], links: Links) -> Part:
    low, middle, high = (float(row[name]) for name in _CHANCE)
    drawing = band(
        float(row["observed"]), (low, middle, high), words=words, title="; ".join((title, *words))
    )
    href = links.dossier(row["account"]) or links.account(row["account"])
    return Part(drawing, name=title, href=href)


def _title(row: Any, known: pd.DataFrame, texts: Texts, several: bool) -> str:
    name = name_of(known, row["account"])
    return f"{name} · {texts('mechanism.' + row['mechanism'])}" if several else name


def _words(row: Any, texts: Texts) -> tuple[str, str]:
    figures = [float(row[name]) for name in ("observed", "null_low", "null_high")]
    large = max(abs(figure) for figure in figures) >= 100  # beside which decimals say nothing
    observed, low, high = (
        texts.number(float(round(figure)) if large else figure) for figure in figures
    )
    return (
        texts("plot.bands.observed", {"value": observed}),
        texts("plot.bands.chance", {"low": low, "high": high}),
    )


def _first(kept: np.ndarray, most: int) -> np.ndarray:
    return np.asarray(kept & (np.cumsum(kept) <= most))


def _point(row: Any) -> Point:
    series = 0 if row["status"] == "hub" else 1
    return Point(row["exposure"], row["exposure_low"], row["exposure_high"], series)


def _intervals(rows: list[tuple[str, Point]], texts: Texts) -> list[str]:
    return [
        f"{texts.share(point.value)} ({texts.share(point.low)} – {texts.share(point.high)})"
        for _, point in rows
    ]


def _reach_heading(table: pd.DataFrame, called: np.ndarray, texts: Texts) -> str:
    if not called.any():
        most = {"n": len(table), "most": texts.share(table["exposure"].max())}
        return texts("plot.reach.none", most)
    order = table["exposure"].rank(ascending=False, method="min")[called]
    most_called = table.loc[called, "exposure"].max()
    values = {"most": texts.share(most_called), "rank": int(order.min()), "n": len(table)}
    return texts("plot.reach", values)
