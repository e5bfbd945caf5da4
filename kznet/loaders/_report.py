"""The load report: what each file gave, and every row that was set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kznet.loaders._part import Part, worded
from kznet.provenance import REJECTED_COLUMNS, FileReport, no_rejected_rows


@dataclass(frozen=True, eq=False)
class Reading:
    """A file that was read: its format, by what it was recognised, and what it gave."""

    name: str
    sha256: str
    format: str
    why: str
    part: Part


def file_report(
    reading: Reading, kinds: pd.Series, aside: pd.DataFrame, resolution: float | None
) -> FileReport:
    """Sum up one file; `kinds` of its ties and `aside` are those after the merge."""
    part = reading.part
    times = [rows["time"] for rows in (part.ties, part.posts) if rows["time"].notna().any()]
    reasons = aside["reason"].value_counts().sort_index()
    return FileReport(
        name=reading.name,
        format=reading.format,
        recognised_by=reading.why,
        sha256=reading.sha256,
        rows=part.rows,
        used=part.used,
        ties={str(kind): int(n) for kind, n in sorted(kinds.value_counts().items()) if n},
        accounts=_accounts(part),
        rejected={str(reason): int(n) for reason, n in reasons.items()},
        warnings=worded(part.warnings),
        first=_stamp(min(each.min() for each in times)) if times else "",
        last=_stamp(max(each.max() for each in times)) if times else "",
        resolution=resolution,
    )


def rejected_rows(names: Sequence[str], aside: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One table of all rows set aside, by file and place in it."""
    frames = [
        _in_order(rows).assign(file=name)
        for name, rows in zip(names, aside, strict=True)
        if len(rows)
    ]
    if not frames:
        return no_rejected_rows()
    return pd.concat(frames, ignore_index=True)[list(REJECTED_COLUMNS)].astype("str")


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by their number in the file, however they came to be set aside."""
    number = pd.to_numeric(rows["line"].str.extract(r"([0-9]+)$", expand=False))
    return rows.iloc[number.argsort(kind="stable")]


def _accounts(part: Part) -> int:
    columns = (part.ties["source"], part.ties["target"], part.posts["account"])
    known = [part.accounts["account"], *(pd.Series(each.dropna().unique()) for each in columns)]
    return int(pd.concat([each.astype("str") for each in known]).nunique())


def _stamp(time: pd.Timestamp) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
