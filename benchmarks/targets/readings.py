"""Every reading, kept in one CSV file as soon as it is there, so that a run can be taken up."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Reading:
    """One figure of one run of a side."""

    part: str
    rows: int
    side: str
    run: int
    measure: str
    value: float


HEADER = [each.name for each in fields(Reading)]


@dataclass(frozen=True)
class Readings:
    """All figures so far."""

    rows: tuple[Reading, ...] = ()

    def median(self, part: str, rows: int, side: str, measure: str) -> float | None:
        """Median over the runs; nothing where there is none."""
        wanted = (part, rows, side, measure)
        found = [r.value for r in self.rows if (r.part, r.rows, r.side, r.measure) == wanted]
        return median(found) if found else None

    def runs(self, part: str, rows: int, side: str) -> set[int]:
        """Numbers of the runs that there are."""
        return {r.run for r in self.rows if (r.part, r.rows, r.side) == (part, rows, side)}

    def sizes(self, part: str, side: str) -> list[int]:
        """Numbers of rows at which a side was measured, ascending."""
        return sorted({r.rows for r in self.rows if (r.part, r.side) == (part, side)})

    def measures(self, part: str, side: str) -> list[str]:
        """Names of the measures of a side, in the order in which they came."""
        found = (r.measure for r in self.rows if (r.part, r.side) == (part, side))
        return list(dict.fromkeys(found))


def read(path: Path) -> Readings:
    """All readings of a file; none where it is not there."""
    if not path.is_file():
        return Readings()
    with path.open(encoding="utf-8", newline="") as file:
        found = [
            Reading(
                r["part"], int(r["rows"]), r["side"], int(r["run"]), r["measure"], float(r["value"])
            )
            for r in csv.DictReader(file)
        ]
    return Readings(tuple(found))


def add(path: Path, rows: Iterable[Reading]) -> None:
    """Append to the file at once."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(HEADER)
        writer.writerows(astuple(row) for row in rows)


def forget(path: Path, places: Collection[tuple[str, int, str]]) -> None:
    """Leave out what was read of these parts, sizes and sides."""
    kept = [row for row in read(path).rows if (row.part, row.rows, row.side) not in places]
    path.unlink(missing_ok=True)
    add(path, kept)
