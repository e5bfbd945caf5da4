"""What is held to a limit, computed from the readings: nothing where a side was not measured."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from benchmarks.targets.readings import Readings

Clock = Literal["seconds", "cpu"]
Value = Callable[[Readings, Clock], float | None]
GB: Final = 1e9
GIB: Final = 2.0**30
_WHOLE: Final = {"seconds": "wall", "cpu": "cpu"}
_STEP_SECONDS: Final = 1.0


def wholes(part: str, one: str, other: str, *, rows: int) -> Value:
    """Whole processes of one side by those of another."""

    def value(kept: Readings, clock: Clock) -> float | None:
        ours = kept.median(part, rows, one, _WHOLE[clock])
        theirs = kept.median(part, rows, other, _WHOLE[clock])
        return ours / theirs if ours is not None and theirs else None

    return value


def laps(
    part: str, ours: Sequence[str], theirs: Sequence[str], *, by: Sequence[str], rows: int
) -> Value:
    """Parts of kznet's work by those of the fastest of some sides."""

    def value(kept: Readings, clock: Clock) -> float | None:
        own = total(kept, part, rows, "kznet", ours, clock)
        others = [total(kept, part, rows, side, theirs, clock) for side in by]
        known = [each for each in others if each]
        return own / min(known) if own is not None and known else None

    return value


def amount(part: str, side: str, measure: str, *, rows: int, unit: float = 1.0) -> Value:
    """One figure as it was read, in a unit."""

    def value(kept: Readings, clock: Clock) -> float | None:
        found = kept.median(part, rows, side, measure) if clock == "seconds" else None
        return None if found is None else found / unit

    return value


def differing(part: str, *, rows: int) -> Value:
    """How far the numbers of pairs and coincidences of all sides lie apart, added up."""

    def value(kept: Readings, clock: Clock) -> float | None:
        if clock == "cpu":
            return None
        apart = 0.0
        for measure in ("pairs", "coincidences"):
            read = [r for r in kept.rows if (r.part, r.rows, r.measure) == (part, rows, measure)]
            if len({r.side for r in read}) < 2:
                return None
            apart += max(r.value for r in read) - min(r.value for r in read)
        return apart

    return value


def largest(part: str, measure: str, *, rows: int) -> Value:
    """The largest such figure of any side."""

    def value(kept: Readings, clock: Clock) -> float | None:
        place = (part, rows, measure)
        read = [r.value for r in kept.rows if (r.part, r.rows, r.measure) == place]
        return max(read) if read and clock == "seconds" else None

    return value


def growth(*, small: int, large: int) -> Value:
    """Time a row of a run at one size by that at another, of the step that grows most.

    Steps under a second at the larger size are left out: they say more of the clock.
    """

    def value(kept: Readings, clock: Clock) -> float | None:
        grown = steps(kept, small=small, large=large, clock=clock)
        return max(grown.values()) if grown else None

    return value


def steps(kept: Readings, *, small: int, large: int, clock: Clock) -> dict[str, float]:
    """Growth of each step of a run that takes a second or more at the larger size."""
    found = {}
    for measure in kept.measures("run", "kznet"):
        name, _, kind = measure.rpartition("/")
        before = kept.median("run", small, "kznet", measure)
        after = kept.median("run", large, "kznet", measure)
        if name and kind == clock and before and after and after >= _STEP_SECONDS:
            found[name] = after / before * small / large
    return found


def total(
    kept: Readings, part: str, rows: int, side: str, names: Sequence[str], clock: Clock
) -> float | None:
    """Sum of some parts of a side's work; nothing where one is missing."""
    read = [kept.median(part, rows, side, f"{name} {clock}") for name in names]
    known = [each for each in read if each is not None]
    return sum(known) if len(known) == len(read) else None
