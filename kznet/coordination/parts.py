"""Coincidences in parts that fit in memory, each holding all that a range of pairs has."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import psutil

from kznet.coordination.gathered import Gathered, gathered
from kznet.coordination.shares import Shares
from kznet.engines import numpy_
from kznet.memory import available
from kznet.windows import couple

Kernel = Any
_BYTES_EACH: Final = 200
_MOST: Final = 1 << 24
_FEWEST: Final = 1 << 18
_AT_ONCE: Final = 1 << 20
_SAMPLED: Final = 4096
_ROW: Final = np.dtype([("low", "<i4"), ("high", "<i4"), ("object", "<i4"), ("gap", "<i8")])


@contextmanager
def gathered_parts(
    found: Shares, window: int, size: int, *, memory: int | None, kernel: Kernel = numpy_
) -> Iterator[tuple["Parts", np.ndarray]]:
    """All coincidences gathered to pairs, in parts, and in how many pairs each object counts.

    Couples are counted before they are made. Where memory does not hold them, they go to
    temporary files by ranges of pairs, and each range is gathered as the whole would be.
    """
    ends = np.cumsum(kernel.reached(found.object, found.time, window))
    couples = int(ends[-1]) if len(ends) else 0
    close = np.zeros(size, dtype=np.int64)
    most = _fitting(memory)
    with ExitStack() as stack:
        parts = Parts()
        if couples <= most:
            ranges = iter([_all(found, ends, kernel)])
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kznet-")))
            parts = Parts(folder)
            ranges = _spilt(found, ends, -(-couples // most), folder, kernel)
        for rows in ranges:
            pairs, counted = gathered(*rows, size)
            parts.add(pairs)
            close += counted
        yield parts, close


class Parts:
    """Pairs in ascending ranges: in memory, or each in a file."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._held: list[Sequence[np.ndarray]] = []
        self.sizes: list[int] = []

    def add(self, pairs: Gathered) -> None:
        """Append the pairs of one range."""
        arrays = [getattr(pairs, name) for name in Gathered.__dataclass_fields__]
        self.sizes.append(len(pairs))
        if self._folder is None:
            self._held.append(arrays)
            return
        with self._path(len(self.sizes) - 1).open("wb") as file:
            for array in arrays:
                np.save(file, array)

    def __iter__(self) -> Iterator[Gathered]:
        """Read the pairs of one range after the other."""
        for number in range(len(self.sizes)):
            if self._folder is None:
                yield Gathered(*self._held[number])
            else:
                with self._path(number).open("rb") as file:
                    yield Gathered(*(np.load(file) for _ in Gathered.__dataclass_fields__))

    def _path(self, number: int) -> Path:
        return Path(self._folder or "") / f"pairs-{number}"


_Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def _fitting(memory: int | None) -> int:
    """How many coincidences may be in memory at once."""
    room = available() if memory is None else memory - psutil.Process().memory_info().rss
    return min(max(room // _BYTES_EACH, _FEWEST), _MOST)


def _all(found: Shares, ends: np.ndarray, kernel: Kernel) -> _Rows:
    made = list(_made(found, ends, kernel))
    return (
        np.concatenate([rows[0] for rows in made]),
        np.concatenate([rows[1] for rows in made]),
        np.concatenate([rows[2] for rows in made]),
        np.concatenate([rows[3] for rows in made]),
    )


def _made(found: Shares, ends: np.ndarray, kernel: Kernel) -> Iterator[_Rows]:
    couples = int(ends[-1]) if len(ends) else 0
    for begin in range(0, max(couples, 1), _AT_ONCE):
        span = (begin, min(begin + _AT_ONCE, couples))
        low, high, gap, first = kernel.met(found.account, found.time, found.content, ends, span)
        yield low, high, gap, found.object[first]


def _spilt(
    found: Shares, ends: np.ndarray, count: int, folder: Path, kernel: Kernel
) -> Iterator[_Rows]:
    """Coincidences by ranges of pairs, of about equal size, by way of files."""
    bounds = _bounds(found, ends, count)
    paths = [folder / f"couples-{number}" for number in range(len(bounds) + 1)]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("wb")) for path in paths]
        for rows in _made(found, ends, kernel):
            _deal(rows, bounds, files)
    for path in paths:
        kept = np.fromfile(path, dtype=_ROW)
        path.unlink()
        yield kept["low"], kept["high"], kept["gap"], kept["object"]


def _bounds(found: Shares, ends: np.ndarray, count: int) -> np.ndarray:
    """Pairs that divide a sample of the coincidences into so many ranges."""
    step = max(int(ends[-1]) // (_SAMPLED * count), 1)
    first, second = couple(ends, np.arange(0, int(ends[-1]), step))
    a, b = found.account[first], found.account[second]
    key = np.sort(_key(np.minimum(a, b), np.maximum(a, b)))
    return np.unique(key[np.arange(1, count) * len(key) // count])


def _key(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    result: np.ndarray = (low.astype(np.int64) << 32) | high
    return result


def _deal(rows: _Rows, bounds: np.ndarray, files: Sequence[IO[bytes]]) -> None:
    low, high, gap, thing = rows
    part = np.searchsorted(bounds, _key(low, high), side="right").astype(np.uint16)
    sort = np.argsort(part, kind="stable")
    kept = np.empty(len(low), dtype=_ROW)
    kept["low"], kept["high"], kept["gap"], kept["object"] = low, high, gap, thing
    kept = kept[sort]
    cuts = np.cumsum(np.bincount(part, minlength=len(files)))
    for file, begin, stop in zip(files, [0, *cuts[:-1]], cuts, strict=True):
        kept[begin:stop].tofile(file)
