"""The machine in words."""

import os
import platform
from pathlib import Path

from benchmarks.targets.readings import Readings


def machine() -> str:
    """Cores that may be used, memory and kind of processor."""
    cores = len(os.sched_getaffinity(0))
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    kib = next(int(line.split()[1]) for line in lines if line.startswith("MemTotal:"))
    return f"{cores} cores, {kib / 2**20:.0f} GiB of memory, {platform.machine()}"


def busy(kept: Readings) -> str:
    """How much else ran: the most processes that were about to run when a side began."""
    loads = [row.value for row in kept.rows if row.measure == "load"]
    return f"at most {max(loads, default=0.0):.1f} processes were running when a side began"
