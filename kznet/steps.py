"""What each step of a run took: seconds, processor time, memory, rows."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

import psutil

Progress = Callable[[str, int, int], None]
_PAUSE: Final = 0.1
_LOOKS_A_LIST: Final = 10


@dataclass(frozen=True)
class Step:
    """One step of a run.

    `seconds` on the clock; `cpu_seconds` of this process and its workers; `peak_memory_bytes`,
    the most memory that they held together, looked at ten times a second; `rows`, how many rows,
    ties or accounts the step went over.
    """

    step: str
    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    rows: int


class Watch:
    """Measures steps one after the other, and tells whoever listens which one runs."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._steps: list[Step] = []
        self._progress = progress

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that have ended so far."""
        return tuple(self._steps)

    @contextmanager
    def step(self, name: str, *, rows: int = 0) -> Iterator[Callable[[int], None]]:
        """Measure what happens inside as one step; gives a function that tells its rows later."""
        if self._progress:
            self._progress(name, 0, 0)
        cpu, begin = _cpu_seconds(), time.perf_counter()
        told = [rows]
        with _memory() as most:
            yield told.append
        spent = (time.perf_counter() - begin, max(_cpu_seconds() - cpu, 0.0))
        seconds, cpu_seconds = (round(value, 3) for value in spent)
        self._steps.append(Step(name, seconds, cpu_seconds, most[0], told[-1]))

    def within(self, name: str) -> Callable[[int, int], None] | None:
        """How a step tells what of it is done, and how much there is."""
        if self._progress is None:
            return None
        progress = self._progress
        return lambda done, total: progress(name, done, total)


@contextmanager
def _memory() -> Iterator[list[int]]:
    """Give a list whose one number is the most memory held until the end."""
    most, ended = [_held(_processes())], threading.Event()

    def look() -> None:
        looks, known = 0, _processes()
        while not ended.wait(_PAUSE):
            looks += 1
            if looks % _LOOKS_A_LIST == 0:
                known = _processes()
            most[0] = max(most[0], _held(known))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield most
    finally:
        ended.set()
        looking.join()
        most[0] = max(most[0], _held(_processes()))


def _held(processes: Sequence[psutil.Process]) -> int:
    """Bytes that these processes hold."""
    total = 0
    for each in processes:
        with suppress(psutil.Error):
            total += each.memory_info().rss
    return total


def _cpu_seconds() -> float:
    """Processor time of this process and its workers, those that have ended among them."""
    total = 0.0
    for each in _processes():
        with suppress(psutil.Error):
            spent = each.cpu_times()
            total += spent.user + spent.system
            total += spent.children_user + spent.children_system
    return total


def _processes() -> list[psutil.Process]:
    own = psutil.Process()
    with suppress(psutil.Error):
        return [own, *own.children(recursive=True)]
    return [own]
