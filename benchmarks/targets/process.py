"""What a process and all those it starts cost, seen from outside; needs Linux.

Whoever measures stays small: a process begins with the memory mark of the one that starts it.
"""

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
_LONGEST_PAUSE, _SHARE = 0.5, 10


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds, most memory of the whole tree in bytes, and the exit code."""

    wall: float
    cpu: float
    peak: int
    code: int


def measured(command: Sequence[str], *, out: Path, log: Path, limit: float) -> Cost:
    """Run a command to its end, or end it and its children after `limit` seconds.

    CPU seconds are those of the process and of all it waited for. Memory is the larger of the
    system's own mark for the largest process and of the sum over the tree (shared pages counted
    once), which is looked at all the time but at most a tenth of it.
    """
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    with out.open("wb") as output, log.open("ab") as errors:
        begin = perf_counter()
        process = subprocess.Popen(  # noqa: S603  # commands of this package alone
            command, cwd=ROOT, env=env, stdout=output, stderr=errors, start_new_session=True
        )
        watch = _Watch(process.pid, limit)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = max(watch.finish(), used.ru_maxrss * 1024)
    return Cost(wall, used.ru_utime + used.ru_stime, peak, process.returncode)


class _Watch:
    """A thread that keeps the most memory of a tree of processes, and ends it when time is up."""

    def __init__(self, root: int, limit: float) -> None:
        self._root, self._limit = root, limit
        self._peak, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def finish(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak

    def _run(self) -> None:
        begin, pause = perf_counter(), 0.0
        while not self._over.wait(min(max(pause, 0.02), _LONGEST_PAUSE)):
            look = perf_counter()
            self._peak = max(self._peak, _memory(_tree(self._root)))
            pause = (perf_counter() - look) * _SHARE
            if look - begin > self._limit:
                os.killpg(self._root, signal.SIGKILL)
                return


def _tree(root: int) -> list[int]:
    """A process and all below it, as far as they still are."""
    found = [root]
    for pid in found:
        for task in _words(Path(f"/proc/{pid}/task"), "children"):
            found.extend(int(child) for child in task.split())
    return found


def _words(folder: Path, name: str) -> list[str]:
    try:
        return [(task / name).read_text() for task in folder.iterdir()]
    except OSError:
        return []


def _memory(pids: Sequence[int]) -> int:
    """Bytes in memory: of one process as it is, of several with shared pages counted once."""
    if len(pids) == 1:
        return _resident(pids[0])
    return sum(_proportional(pid) for pid in pids)


def _resident(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
