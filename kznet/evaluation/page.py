"""index.html of an evaluation: how often calls are right, in words, plots and tables."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

import kznet
from kznet.evaluation import words
from kznet.evaluation.figures.innocent import ALL
from kznet.evaluation.figures.outcomes import ANY
from kznet.evaluation.labels import MECHANISMS
from kznet.evaluation.plots import Series, chart, shares
from kznet.evaluation.targets import VERDICTS
from kznet.evaluation.words import bounds, count, figure
from kznet.mechanisms.amplification import NAME
from kznet.report.markup import environment, policy, script
from kznet.report.plots.forest import Point, forest
from kznet.report.plots.svg import Scale
from kznet.report.texts import read_texts

Tables = Mapping[str, pd.DataFrame]

_SECTIONS: Final = {
    "results": "Found",
    "targets": "Targets",
    "innocent": "Innocent accounts",
    "power": "Power",
    "detectors": "Other methods",
    "calibration": "Calibration",
    "degraded": "Worse data",
    "members": "Members",
    "groups": "Camps and roles",
    "coverage": "Intervals",
    "made": "How it was made",
}
_SHOWN: Final = (
    (MECHANISMS[0], "jitter (s)", "seconds"),
    (MECHANISMS[0], "size × participation", "members who join a post"),
    (MECHANISMS[0], "size", "members"),
    (MECHANISMS[0], "camouflage", "share of ordinary reposts"),
    (MECHANISMS[1], "strength", "share of self-interest after the turn"),
    (MECHANISMS[1], "growth", "growth of reposts before it"),
    (MECHANISMS[2], "recognition", "share of what is usual"),
    (MECHANISMS[2], "derivation", "share of what is usual"),
)


def page(tables: Tables, *, q: float, made: str, options: Mapping[str, Any]) -> str:
    """Return the page as text: self-contained, and it asks for nothing."""
    scripts = {"theme": script("storage.js", "theme.js")}
    names = words.generators(tables)
    found = [_generator(tables, one, q) for one in names]
    values: dict[str, Any] = {
        "policy": policy([*scripts.values()]),
        "scripts": scripts,
        "version": kznet.__version__,
        "made": made,
        "options": {key: _told(value) for key, value in options.items()},
        "generators": found,
        "verdicts": VERDICTS,
        "heads": {
            "target": words.TARGET_HEADS,
            "class": words.CLASS_HEADS,
            "mechanism": words.MECHANISM_HEADS,
            "detector": words.DETECTOR_HEADS,
        },
        "any_targets": any(one["targets"] for one in found),
        "power": _power(tables["recall"], names),
        "rankings": _rankings(tables["detectors"]),
        "calibration": _calibration(tables["calibration"], names),
        "degraded": _degraded(tables["degraded"]),
        "members": _members(tables["members"]),
        "groups": _groups(tables["groups"]),
        "alike": _alike(tables["groups"]),
        "coverage": _coverage(tables["coverage"]),
    }
    kept = {"targets": "any_targets", "detectors": "rankings"}
    values["contents"] = [
        (part, name)
        for part, name in _SECTIONS.items()
        if values.get(kept.get(part, part), part in ("results", "innocent", "made"))
    ]
    return environment(read_texts("en")).get_template("evaluation.html").render(values)


def _generator(tables: Tables, generator: str, q: float) -> dict[str, Any]:
    table = tables["false_positives"]
    here = table[(table["generator"] == generator) & (table["level"] == q)]
    here = here[here["mechanism"] == ANY].sort_values(["rate", "group"], ascending=[False, True])
    rows = [(words.name(str(row["group"])), _point(row, "rate")) for row in here.to_dict("records")]
    most = min(max([0.1, *(point.high for _, point in rows if point.high < 0.9)]), 1.0)
    title = "Share of innocent accounts called, by class"
    return {
        "title": words.title(generator),
        "headline": words.headline(tables, generator, q=q),
        "targets": words.target_rows(tables, generator),
        "verdicts": words.verdicts(tables, generator),
        "mechanisms": words.mechanism_rows(tables, generator, q=q),
        "detectors": words.detector_rows(tables, generator),
        "classes": words.class_rows(tables, generator, q=q),
        "innocent": _forest(rows, title, most),
    }


def _forest(rows: list[tuple[str, Point]], title: str, most: float = 1.0) -> Markup:
    scale = Scale(0, most, start=0, end=1)
    return forest(rows, title=title, scale=scale, ticks=shares(scale))


def _power(table: pd.DataFrame, generators: list[str]) -> list[dict[str, Any]]:
    """One plot a grade, with a series for each generator."""
    found = []
    for mechanism, cut, axis in _SHOWN:
        mine = table[(table["mechanism"] == mechanism) & (table["cut"] == cut)]
        cells = list(dict.fromkeys(mine["cell"]))
        if cells:
            series = [_series(mine, one, "cell", cells, "recall") for one in generators]
            title = f"{words.name(mechanism).capitalize()}: {cut}"
            found.append({"title": title, "svg": chart(cells, series, title=title, axis=axis)})
    return found


def _series(
    table: pd.DataFrame, generator: str, column: str, cells: list[Any], name: str
) -> Series:
    mine = table[table["generator"] == generator].drop_duplicates(column).set_index(column)
    points = [
        _point(mine.loc[cell].to_dict(), name) if cell in mine.index else Point(float("nan"))
        for cell in cells
    ]
    return Series(generator, points)


def _rankings(table: pd.DataFrame) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "auroc" not in table:
        return found
    mine = table[(table["mechanism"] == NAME) & table["auroc"].notna()]
    for (generator, plants), here in mine.groupby(["generator", "plants"], sort=True):
        ordered = here.sort_values("auroc", ascending=False, kind="stable")
        rows = [
            (words.name(row["detector"]), Point(row["auroc"])) for row in ordered.to_dict("records")
        ]
        title = f"{words.title(str(generator)).partition(' (')[0]}: {plants}"
        found.append({"title": title, "svg": _forest(rows, f"AUROC, {title}")})
    return found


def _calibration(table: pd.DataFrame, generators: list[str]) -> list[dict[str, Any]]:
    found = []
    for mechanism in MECHANISMS:
        mine = table[(table["mechanism"] == mechanism) & (table["group"] == ALL)]
        alphas = sorted(set(mine["alpha"]))
        if alphas:
            series = [_series(mine, one, "alpha", alphas, "share") for one in generators]
            title = words.name(mechanism).capitalize()
            ticks = [f"{alpha:g}".lstrip("0") for alpha in alphas]
            svg = chart(ticks, series, title=title, axis="α", expected=alphas)
            found.append({"title": title, "svg": svg})
    return found


def _degraded(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "title": words.title(str(generator)),
            "rows": [
                [
                    str(row["variant"]),
                    count(row["planted"]),
                    count(row["found"]),
                    figure(row["recall"]),
                    bounds(row["recall_low"], row["recall_high"]),
                    count(row["innocent_accounts"]),
                    count(row["innocent_called"]),
                    figure(row["rate"]),
                ]
                for row in here.to_dict("records")
            ],
        }
        for generator, here in table.groupby("generator")
    ]


def _members(table: pd.DataFrame) -> list[list[str]]:
    return [
        [
            f"{row['set']} ({row['generator']})",
            count(row["named"]),
            count(row["right"]),
            figure(row["precision"]),
            bounds(row["precision_low"], row["precision_high"]),
            count(row["planted"]),
            count(row["found"]),
            figure(row["recall"]),
            bounds(row["recall_low"], row["recall_high"]),
        ]
        for row in table.to_dict("records")
    ]


def _groups(table: pd.DataFrame) -> list[list[str]]:
    return [
        [
            f"{row['quantity']}, {row['by']} ({row['generator']})",
            str(row["group"]),
            count(row["accounts"]),
            count(row["called"]),
            figure(row["rate"]),
            bounds(row["rate_low"], row["rate_high"]),
        ]
        for row in table[table["mechanism"] == ANY].to_dict("records")
    ]


def _alike(table: pd.DataFrame) -> list[str]:
    """One line a comparison: lowest and highest share, and p."""
    mine = table[table["mechanism"] == ANY]
    lines = []
    for (generator, quantity, by), here in mine.groupby(["generator", "quantity", "by"]):
        low, high = here["rate"].min(), here["rate"].max()
        span = f"{words.percent(low)} to {words.percent(high)} over {len(here)} groups"
        p = figure(here["p_equal"].iloc[0])
        lines.append(f"{words.title(str(generator))}, {quantity} by {by}: {span}, p = {p}")
    return lines


def _coverage(table: pd.DataFrame) -> list[list[str]]:
    return [
        [
            str(row["interval"]),
            str(row["posts"]),
            count(row["intervals"]),
            count(row["covered"]),
            figure(row["coverage"]),
            bounds(row["coverage_low"], row["coverage_high"]),
        ]
        for row in table.to_dict("records")
    ]


def _point(row: Mapping[Any, Any], name: str) -> Point:
    return Point(float(row[name]), float(row[f"{name}_low"]), float(row[f"{name}_high"]))


def _told(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list | tuple) else str(value)
