"""Pairs in ranges, as many of them in memory as it holds."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import psutil

from kznet.coordination.gathered import Gathered, gathered
from kznet.coordination.shares import Shares
from kznet.memory import available

_BYTES_EACH: Final = 44
_SHARE: Final = 4


class Engine(Protocol):
    """What `kznet.engines.numpy_` and its like have for pairs."""

    def coincidences(
        self,
        account: np.ndarray,
        thing: np.ndarray,
        time: np.ndarray,
        content: np.ndarray,
        *,
        window: int,
        memory: int | None = None,
    ) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
        """Couples of shares of one object at most `window` apart, by ranges of pairs."""


class Parts:
    """Pairs in ascending ranges: the first in memory, and in files from the limit on."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most
        self._held: list[Gathered | Path] = []
        self.count = 0

    def add(self, pairs: Gathered) -> None:
        """Append the pairs of one range."""
        self.count += len(pairs)
        if self.count <= self._most:
            self._held.append(pairs)
            return
        path = self._folder / f"{len(self._held)}"
        with path.open("wb") as file:
            for field in fields(Gathered):
                np.save(file, getattr(pairs, field.name))
        self._held.append(path)

    def __iter__(self) -> Iterator[Gathered]:
        """Read the pairs of one range after the other."""
        for held in self._held:
            if isinstance(held, Gathered):
                yield held
            else:
                with held.open("rb") as file:
                    yield Gathered(*(np.load(file) for _ in fields(Gathered)))


@contextmanager
def gathered_parts(
    found: Shares, window: int, size: int, *, memory: int | None, engine: Engine
) -> Iterator[tuple[Parts, np.ndarray]]:
    """All coincidences gathered to pairs, and in how many pairs each object counts."""
    room = available() if memory is None else memory - psutil.Process().memory_info().rss
    close = np.zeros(size, dtype=np.int64)
    ranges = engine.coincidences(
        found.account, found.object, found.time, found.content, window=window, memory=max(room, 0)
    )
    with tempfile.TemporaryDirectory(prefix="kznet-") as folder:
        parts = Parts(Path(folder), room // _SHARE // _BYTES_EACH)
        for rows in ranges:
            pairs, counted = gathered(*rows, size)
            parts.add(pairs)
            close += counted
        yield parts, close
