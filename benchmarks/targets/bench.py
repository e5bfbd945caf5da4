"""Run the sides in turn and keep what they cost."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from benchmarks.targets.answers import answer
from benchmarks.targets.environments import python
from benchmarks.targets.plan import Side, words
from benchmarks.targets.process import ROOT, Cost, measured
from benchmarks.targets.readings import Reading, Readings, add, read

READINGS: Final = "readings.csv"
_LIMIT: Final = 7_200.0


def measure(out: Path, size: int, sides: Sequence[Side], *, runs: int) -> None:
    """Run each side that lacks readings, all sides once before any runs again.

    A side that fails is not run again here, but the next time.
    """
    failed: set[str] = set()
    for run in range(1, runs + 1):
        for side in sides:
            known = read(out / READINGS).runs(side.part, size, side.name)
            if run in known or side.name in failed:
                continue
            _say(f"{side.part}, {size:,} rows, {side.name}, run {run} of {runs}")
            found = _one(out, size, side, run)
            add(out / READINGS, found)
            failed |= set() if found else {side.name}
    if sides[0].part == "graph":
        add(out / READINGS, _apart(out, size, read(out / READINGS)))


def estimate(
    kept: Readings, groups: Sequence[tuple[int, Sequence[Side]]], *, runs: int
) -> Iterator[str]:
    """Words on how long the missing runs take, a line for each part and size and one for all."""
    whole = 0.0
    for size, sides in groups:
        if seconds := _left(kept, size, sides, runs=runs):
            whole += seconds
            yield f"{sides[0].part}, {size:,} rows: about {seconds / 60:.1f} min"
    yield f"about {whole / 60:.0f} min to go, data and environments aside"


def _left(kept: Readings, size: int, sides: Sequence[Side], *, runs: int) -> float:
    """Seconds of the missing runs, by those of the same side where there are any."""
    total = 0.0
    for side in sides:
        each = kept.median(side.part, size, side.name, "wall") or side.seconds * size / 1e6
        total += each * len(set(range(1, runs + 1)) - kept.runs(side.part, size, side.name))
    return total


def _one(out: Path, size: int, side: Side, run: int) -> list[Reading]:
    name = f"{side.part}-{size}-{side.name}"
    scratch, log = out / "scratch" / name, out / "logs" / f"{name}-{run}.txt"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    log.parent.mkdir(exist_ok=True)
    log.unlink(missing_ok=True)
    runner = python(side.environment, out / "environments")
    data, output, costs = _data(out, side.data, size), scratch / "output.txt", []
    load = os.getloadavg()[0]
    for command in side.commands:
        full = words(command, python=runner, data=data, scratch=scratch)
        costs.append(measured(full, out=output, log=log, limit=_LIMIT))
        if costs[-1].code:
            _say(f"  failed with code {costs[-1].code}; see {log}")
            shutil.rmtree(scratch)
            return []
    figures = _cost(costs, side.laps) | {"load": load} | answer(output, scratch)
    _keep(out, scratch, name)
    return [Reading(side.part, size, side.name, run, *each) for each in figures.items()]


def _cost(costs: Sequence[Cost], laps: Sequence[str]) -> dict[str, float]:
    """Of all commands together, and of each that has a name."""
    found: dict[str, float] = {
        "wall": round(sum(each.wall for each in costs), 3),
        "cpu": round(sum(each.cpu for each in costs), 3),
        "peak": max(each.peak for each in costs),
    }
    for lap, cost in zip(laps, costs, strict=False):
        found |= {f"{lap} seconds": round(cost.wall, 3), f"{lap} cpu": round(cost.cpu, 3)}
    return found


def _keep(out: Path, scratch: Path, name: str) -> None:
    """Keep what later steps compare or read, and nothing else of what the side wrote."""
    for path, ending in (("answer.npy", "npy"), ("case/manifest.json", "json")):
        if (scratch / path).is_file():
            (out / "answers").mkdir(exist_ok=True)
            shutil.copy(scratch / path, out / "answers" / f"{name}.{ending}")
    shutil.rmtree(scratch)


def _data(out: Path, kind: str, size: int) -> Path:
    """Folder of the data, made where it is not there yet."""
    folder = out / "data" / f"{kind}-{size}"
    if not folder.is_dir():
        _say(f"  making {folder.name}")
        partial = folder.with_name(f"{folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        _own("data", kind, str(size), str(partial))
        partial.rename(folder)
    return folder


def _apart(out: Path, size: int, kept: Readings) -> list[Reading]:
    """How far each side's measures are from those of the raw calls."""
    begins = f"graph-{size}-"
    paths = sorted((out / "answers").glob(f"{begins}*.npy"))
    first = out / "answers" / f"{begins}raw.npy"
    if first not in paths:
        return []
    compared = [str(path) for path in paths if path != first]
    found = json.loads(_own("agreement", str(first), *compared))
    return [
        Reading("graph", size, name.removeprefix(begins), 1, measure, value)
        for name, figures in found.items()
        for measure, value in figures.items()
        if kept.median("graph", size, name.removeprefix(begins), measure) is None
    ]


def _own(module: str, *given: str) -> str:
    command = [sys.executable, "-m", f"benchmarks.targets.{module}", *given]
    made = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own modules
    return made.stdout


def _say(text: str) -> None:
    click.echo(text, err=True)
