"""What was wanted of the detectors, as data, and what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from kznet.evaluation.figures import members
from kznet.evaluation.figures.detectors import BY_P, EVERY, QUICK
from kznet.evaluation.figures.innocent import ALL
from kznet.evaluation.figures.outcomes import ANY
from kznet.evaluation.figures.power import TARGETED
from kznet.evaluation.labels import DISCLOSED, MECHANISMS, ORDINARY
from kznet.simulate import GENERATORS

MET: Final = "met"
MISSED: Final = "missed"
FEW: Final = "too little data"
UNKNOWN: Final = "not measured"
VERDICTS: Final = (MET, MISSED, FEW, UNKNOWN)
FAST: Final = "fast_bursts"
_M1, _M2, _M3 = MECHANISMS
_LIST: Final = {"mechanism": ANY}


@dataclass(frozen=True)
class Target:
    """One figure that was wanted: where it stands in the tables, and what it should be.

    `rows` says which rows of `table` are meant; of several the worst one counts. Rows with
    fewer than `fewest` in the column `number` say too little, and the verdict is open.
    """

    name: str
    table: str
    column: str
    wanted: float
    at: Literal["least", "most", "above"] = "least"
    rows: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    number: str = ""
    fewest: int = 20


def _recall(name: str, mechanism: str, cell: str, wanted: float) -> Target:
    rows = {"mechanism": mechanism, "cut": TARGETED, "cell": cell}
    return Target(name, "recall", "recall", wanted, rows=rows, number="planted")


_HARD: Final = (ALL, ORDINARY, DISCLOSED, FAST)
TARGETS: Final = (
    Target("precision of the whole list", "precision", "precision", 0.95, rows=_LIST,
           number="calls"),
    Target("precision of the whole list, without labelled staff", "precision",
           "precision_without_staff", 0.95, rows=_LIST, number="calls_without_staff"),
    Target("realised false-discovery proportion, whole list", "discoveries", "fdp", 0.05, "most",
           rows=_LIST, number="worlds"),
    Target("realised false-discovery proportion, without labelled staff", "discoveries",
           "fdp_without_staff", 0.05, "most", rows=_LIST, number="worlds"),
    _recall("recall of amplification, jitter up to 1 min", _M1, "jitter up to 1 min", 0.95),
    _recall("recall of amplification, jitter 5 min", _M1, "jitter 5 min", 0.90),
    _recall("recall of bait and switch, strength of .3 and more", _M2,
            "strength of .3 and more", 0.80),
    _recall("recall of pseudo-official sources, recognition up to .25, 9 recognisers or more", _M3,
            "recognition up to .25, 9 recognisers or more", 0.70),
    Target("false-positive rate, worst class of look-alikes", "false_positives", "rate", 0.02,
           "most", rows=_LIST, apart=_HARD, number="accounts"),
    Target("upper bound of that rate, over at least 200 accounts a class", "false_positives",
           "rate_high", 0.05, "most", rows=_LIST, apart=_HARD, number="accounts", fewest=200),
    Target("false-positive rate, bursts joined by fast accounts", "false_positives", "rate", 0.10,
           "most", rows={**_LIST, "group": FAST}, number="accounts"),
    Target("called bodies with disclosed staff that are labelled so", "false_positives",
           "labelled_share", 0.95, rows={**_LIST, "group": DISCLOSED}, number="called"),
    Target("AUROC of amplification, jitter up to 5 min", "detectors", "auroc", 0.98,
           rows={"mechanism": _M1, "detector": BY_P, "plants": QUICK}, number="positives"),
    Target("AUROC of amplification, all plants", "detectors", "auroc", 0.98,
           rows={"mechanism": _M1, "detector": BY_P, "plants": EVERY}, number="positives"),
    Target("AUROC of amplification above the best baseline's", "lead", "lead", 0.0, "above",
           rows={"plants": QUICK}),
    Target("precision of named members", "members", "precision", 0.98,
           rows={"set": members.ALL}, number="named"),
    Target("precision of named members, without disclosed staff", "members", "precision", 0.98,
           rows={"set": members.UNDISCLOSED}, number="named"),
    Target("recall of members, all planted crews", "members", "recall", 0.75,
           rows={"set": members.ALL}, number="planted"),
)  # fmt: skip


def measured(tables: Mapping[str, pd.DataFrame], *, q: float) -> pd.DataFrame:
    """Every target beside what was measured, by generator; they are about simulated worlds alone.

    Returns
    -------
    DataFrame
        generator, target, at ("least", "most", "above"), wanted, measured, low, high (bounds of
        95 % where the figure has them), number (what it is over), worst (which row it is of,
        where there are several), verdict (one of `VERDICTS`).
    """
    named = {one for table in tables.values() for one in table.get("generator", ())}
    generators = sorted(named & set(GENERATORS))
    found = [
        {"generator": generator} | _row(target, _meant(target, tables[target.table], generator, q))
        for generator in generators
        for target in TARGETS
    ]
    columns = ["generator", "target", "at", "wanted", "measured", "low", "high", "number"]
    return pd.DataFrame(found, columns=[*columns, "worst", "verdict"])


def _meant(target: Target, table: pd.DataFrame, generator: str, q: float) -> pd.DataFrame:
    """Rows of a table that a target is about, those that say something first."""
    rows = table[table["generator"] == generator] if "generator" in table else table
    if rows.empty:
        return rows
    if "level" in rows:
        rows = rows[rows["level"] == q]
    for name, value in target.rows.items():
        rows = rows[rows[name] == value]
    if target.apart:
        rows = rows[~rows["group"].isin(target.apart)]
    return rows[rows[target.column].notna()] if target.column in rows else rows.iloc[:0]


def _row(target: Target, rows: pd.DataFrame) -> dict[str, object]:
    told: dict[str, object] = {"target": target.name, "at": target.at, "wanted": target.wanted}
    if rows.empty:
        return told | {"verdict": UNKNOWN}
    up = target.at == "most"
    worst = rows.sort_values(target.column, ascending=not up, kind="stable").iloc[0]
    number = worst.get(target.number) if target.number else None
    value = float(worst[target.column])
    enough = not target.number or bool((rows[target.number] >= target.fewest).all())
    base = target.column.removesuffix("_high")
    bounds = {} if base != target.column else {"low": f"{base}_low", "high": f"{base}_high"}
    said = {name: worst.get(column) for name, column in bounds.items()}
    several = str(worst["group"]) if len(rows) > 1 else ""
    verdict = (MET if _holds(target, value) else MISSED) if enough else FEW
    found = {"measured": value, "number": number, "worst": several, "verdict": verdict}
    return told | said | found


def _holds(target: Target, value: float) -> bool:
    if target.at == "above":
        return value > target.wanted
    return value >= target.wanted if target.at == "least" else value <= target.wanted
