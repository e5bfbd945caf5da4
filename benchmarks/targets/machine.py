"""The machine in words."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """Cores that may be used, memory and kind of processor."""
    cores = len(os.sched_getaffinity(0))
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    kib = next(int(line.split()[1]) for line in lines if line.startswith("MemTotal:"))
    return f"{cores} cores, {kib / 2**20:.0f} GiB of memory, {platform.machine()}"
