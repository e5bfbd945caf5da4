"""The headline of an evaluation in sentences, and as Markdown that another text can quote."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from kznet.evaluation.figures.detectors import BY_P, EVERY
from kznet.evaluation.figures.innocent import ALL
from kznet.evaluation.figures.outcomes import ANY
from kznet.evaluation.labels import MECHANISMS
from kznet.evaluation.plan import DEGRADED
from kznet.evaluation.targets import VERDICTS
from kznet.mechanisms.amplification import NAME as AMPLIFICATION

MISSING: Final = "–"
GENERATORS: Final = {
    "latency": "Primary generator (every repost has a latency)",
    "sessions": "Second generator (accounts read a feed in sittings)",
    "given": "Labelled data",
}
DETECTOR_HEADS: Final = (
    "method",
    "plants",
    "AUROC",
    "AUPRC",
    "recall at 1 %",
    "recall at 5 %",
    "calls",
    "right",
)
SIGNS: Final = {"least": "≥", "most": "≤", "above": ">"}
TARGET_HEADS: Final = ("figure", "wanted", "measured", "95 % bounds", "over", "verdict")
MECHANISM_HEADS: Final = (
    "mechanism",
    "calls",
    "right",
    "precision",
    "95 % bounds",
    "planted",
    "recall",
    "95 % bounds",
    "innocent called",
    "95 % bounds",
    "AUROC",
    "AUPRC",
)
CLASS_HEADS: Final = ("class", "accounts", "worlds", "called", "share", "95 % bounds")
Tables = Mapping[str, pd.DataFrame]


def generators(tables: Tables) -> list[str]:
    """Generators that an evaluation has figures of."""
    return sorted(tables["precision"]["generator"].unique())


def title(generator: str) -> str:
    """A generator's name in words."""
    return GENERATORS.get(generator, generator)


def headline(tables: Tables, generator: str, *, q: float) -> list[str]:
    """What was found, in a few sentences with counts."""
    whole = _one(tables["precision"], generator, q, mechanism=ANY)
    innocent = _one(tables["false_positives"], generator, q, mechanism=ANY, group=ALL)
    staff, wrong = whole["staff"], whole["calls"] - whole["right"] - whole["staff"]
    named = f", {staff:,} bodies reposted by their disclosed staff and labelled so" if staff else ""
    right = percent(whole["precision_without_staff"])
    lines = [
        f"Of {innocent['accounts']:,} innocent accounts {innocent['called']:,} were called, "
        f"{staff:,} of them under the label that disclosed staff account for it: without these "
        f"{percent((innocent['called'] - staff) / max(innocent['accounts'], 1))}.",
        f"Of {whole['calls']:,} calls {whole['right']:,} are of planted accounts{named}, "
        f"and {wrong:,} are wrong: of the unlabelled ones {right} are right "
        f"({_between(whole, 'precision_without_staff')}).",
        f"Of {whole['planted']:,} planted accounts, of whatever strength, {whole['right']:,} were "
        f"called ({percent(whole['recall'])}, {_between(whole, 'recall')}).",
    ]
    return lines + _on_degraded(tables["degraded"], generator)


def _on_degraded(table: pd.DataFrame, generator: str) -> list[str]:
    mine = table[(table["generator"] == generator) & table["variant"].isin(DEGRADED[:1])]
    return [
        f"With half of the reposts lost, {row['found']:,} of {row['planted']:,} crews with jitter "
        f"up to 5 min were still called."
        for row in mine.to_dict("records")
    ]


def verdicts(tables: Tables, generator: str) -> str:
    """How many targets were met, missed and not measured."""
    counts = tables["targets"].query("generator == @generator")["verdict"].value_counts()
    said = [f"{counts[name]} {name}" for name in VERDICTS if name in counts]
    return ", ".join(said)


def summary(tables: Tables, *, q: float, made: str) -> str:
    """Headline, targets and false positives by class as Markdown, for other texts to quote."""
    parts = [f"# Evaluation\n\n{made}"]
    for generator in generators(tables):
        parts.append(f"## {title(generator)}\n\n" + "\n".join(headline(tables, generator, q=q)))
        targets = target_rows(tables, generator)
        if targets:
            table = markdown([*TARGET_HEADS], targets)
            parts.append(f"Targets: {verdicts(tables, generator)}.\n\n{table}")
        table = markdown([*MECHANISM_HEADS], mechanism_rows(tables, generator, q=q))
        parts.append(f"By mechanism:\n\n{table}")
        beside = detector_rows(tables, generator)
        if beside:
            table = markdown([*DETECTOR_HEADS], beside)
            parts.append(f"Beside other methods, on the same accounts and events:\n\n{table}")
        table = markdown([*CLASS_HEADS], class_rows(tables, generator, q=q))
        parts.append(f"Called among the innocent, by class:\n\n{table}")
    return "\n\n".join(parts) + "\n"


def target_rows(tables: Tables, generator: str) -> list[list[str]]:
    """Every target beside what was measured, ready to be shown."""
    mine = tables["targets"][tables["targets"]["generator"] == generator]
    return [
        [
            row["target"] + (f" ({name(row['worst'])})" if row["worst"] else ""),
            f"{SIGNS[row['at']]} {row['wanted']:g}",
            figure(row["measured"]),
            bounds(row["low"], row["high"]),
            count(row["number"]),
            str(row["verdict"]),
        ]
        for row in mine.fillna({"worst": ""}).to_dict("records")
    ]


def mechanism_rows(tables: Tables, generator: str, *, q: float) -> list[list[str]]:
    """Calls, ranking and false positives of each mechanism and of the whole list."""
    ranked = tables["detectors"]
    return [
        [
            "whole list" if mechanism == ANY else name(mechanism),
            *(count(row[column]) for column in ("calls", "right")),
            figure(row["precision"]),
            bounds(row["precision_low"], row["precision_high"]),
            count(row["planted"]),
            figure(row["recall"]),
            bounds(row["recall_low"], row["recall_high"]),
            figure(wrong["rate"]),
            bounds(wrong["rate_low"], wrong["rate_high"]),
            *_ranking(ranked, generator, mechanism),
        ]
        for mechanism in (*MECHANISMS, ANY)
        for row in [_one(tables["precision"], generator, q, mechanism=mechanism)]
        for wrong in [_one(tables["false_positives"], generator, q, mechanism=mechanism, group=ALL)]
    ]


def _ranking(table: pd.DataFrame, generator: str, mechanism: str) -> list[str]:
    """AUROC and AUPRC of a test over all plants."""
    wanted = (table["generator"] == generator) & (table["mechanism"] == mechanism)
    mine = table[wanted & (table["detector"] == BY_P) & (table["plants"] == EVERY)]
    row = mine.iloc[0].to_dict() if len(mine) else {}
    return [figure(row.get("auroc")), figure(row.get("auprc"))]


def detector_rows(tables: Tables, generator: str) -> list[list[str]]:
    """Ranking figures of amplification and of the baselines, ready to be shown."""
    table = tables["detectors"]
    mine = table[(table["generator"] == generator) & (table["mechanism"] == AMPLIFICATION)]
    return [
        [
            name(row["detector"]),
            str(row["plants"]),
            *(figure(row[column]) for column in ("auroc", "auprc", "recall_at_1", "recall_at_5")),
            *(count(row[column]) for column in ("calls", "right")),
        ]
        for row in mine.to_dict("records")
    ]


def class_rows(tables: Tables, generator: str, *, q: float) -> list[list[str]]:
    """False positives of the whole list by class, ready to be shown."""
    table = tables["false_positives"]
    here = table[(table["generator"] == generator) & (table["level"] == q)]
    here = here[here["mechanism"] == ANY].sort_values(["rate", "group"], ascending=[False, True])
    return [
        [
            name(row["group"]),
            count(row["accounts"]),
            count(row["worlds"]),
            count(row["called"]),
            figure(row["rate"]),
            bounds(row["rate_low"], row["rate_high"]),
        ]
        for row in here.to_dict("records")
    ]


def markdown(heads: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown; the first column is text, the others are figures."""
    rule = "|".join([" --- ", *(" ---: " for _ in heads[1:])])
    lines = [f"| {' | '.join(heads)} |", f"|{rule}|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def name(group: str) -> str:
    """A class or mechanism as words."""
    return group.replace("_", " ")


def figure(value: object) -> str:
    """A share to three decimals; a dash where there is none."""
    return MISSING if _missing(value) else f"{float(str(value)):.3f}"


def count(value: object) -> str:
    """A whole number with its thousands apart; a dash where there is none."""
    return MISSING if _missing(value) else f"{int(float(str(value))):,}"


def bounds(low: object, high: object) -> str:
    """Two bounds; a dash where there are none."""
    return MISSING if _missing(low) or _missing(high) else f"{figure(low)} to {figure(high)}"


def percent(value: object) -> str:
    """A share of one in per cent with one decimal."""
    return MISSING if _missing(value) else f"{100 * float(str(value)):.1f} %"


def _missing(value: object) -> bool:
    return value is None or bool(pd.isna(str(value) if isinstance(value, str) else value))  # type: ignore[call-overload]  # a cell of any type


def _between(row: Mapping[str, object], column: str) -> str:
    return f"{percent(row[f'{column}_low'])} to {percent(row[f'{column}_high'])}"


def _one(table: pd.DataFrame, generator: str, q: float, **wanted: str) -> dict[str, Any]:
    """Return the one row of a table that is meant."""
    rows = table[(table["generator"] == generator) & (table["level"] == q)]
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return dict(rows.iloc[0])
