"""What a side found and what it says of its own work, as figures by name."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.targets.process import ROOT

_STEP = {"seconds": "seconds", "cpu_seconds": "cpu", "peak_memory_bytes": "peak", "rows": "rows"}


def answer(out: Path, scratch: Path) -> dict[str, float]:
    """Figures from the last output, a table of pairs, a database or a manifest: what there is."""
    found = _told(out)
    if (path := scratch / "pairs.csv").is_file():
        found |= _pairs(path)
    if (path := scratch / "network.db").is_file():
        found |= _network(path)
    if (path := scratch / "case" / "manifest.json").is_file():
        found |= _steps(json.loads(path.read_text(encoding="utf-8")))
    return found


def _told(out: Path) -> dict[str, float]:
    lines = out.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    if not lines or not lines[-1].startswith("{"):
        return {}
    return {str(name): float(value) for name, value in json.loads(lines[-1]).items()}


def _pairs(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.targets.counted", str(path)]
    made = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, text=True)  # noqa: S603  # our own module
    return dict(json.loads(made.stdout))


def _network(path: Path) -> dict[str, float]:
    """The toolkit lists each couple in both directions, and each account beside itself."""
    query = (
        "SELECT count(*), coalesce(sum(weight), 0) FROM co_retweet_network WHERE user_1 < user_2"
    )
    with closing(sqlite3.connect(path)) as base:
        pairs, coincidences = base.execute(query).fetchone()
    return {"pairs": pairs, "coincidences": coincidences}


def _steps(manifest: Mapping[str, Any]) -> dict[str, float]:
    """Figures of each step as ``step/figure``; seconds alone where no more was measured."""
    steps = manifest.get("steps") or [
        {"step": name, "seconds": seconds} for name, seconds in manifest["timings"].items()
    ]
    found: dict[str, float] = {}
    for step in steps:
        for name, told in _STEP.items():
            if (value := step.get(name)) is not None:
                place = f"{step['step']}/{told}"
                together = max if told == "peak" else sum
                found[place] = together([found.get(place, 0.0), float(value)])
    return found
