"""The default engine for pairs: what every other one must equal."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import numpy as np

from kznet.memory import available
from kznet.windows import couple, numbered, reached

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
_BYTES_EACH: Final = 200
_FEWEST: Final = 1 << 18
_MOST: Final = 1 << 20
_MOST_FILES: Final = 200
_AT_ONCE: Final = 1 << 18
_SAMPLED: Final = 4096
_ROW: Final = np.dtype([("low", "<i4"), ("high", "<i4"), ("gap", "<i8"), ("object", "<i4")])


def coincidences(
    account: np.ndarray,
    thing: np.ndarray,
    time: np.ndarray,
    content: np.ndarray,
    *,
    window: int,
    memory: int | None = None,
) -> Iterator[Rows]:
    """Couples of shares of one object at most `window` apart, by ranges of pairs of accounts.

    They are counted before they are made. More than a million or so go to temporary files by
    ranges of pairs, so that all that a pair has comes in one range: small ranges stay in the
    processor's cache, and are sorted in half the time of one large one.

    Parameters
    ----------
    account, thing, time
        Of each share, sorted by object and time.
    content
        Empty where no share has one; below 0 where this one has none. Two of the same content
        are no couple, nor are two of one account.
    window
        Largest gap, in the unit of `time`.
    memory
        Bytes that the work may take; three fifths of what is free where not given.

    Yields
    ------
    low, high, gap, object
        The two accounts by code; the gap, negative where `high` was first; the object. Ranges
        ascend by (low, high); inside one, objects do.
    """
    shares = _Shares(account, thing, time, content, np.cumsum(reached(thing, time, window)))
    room = available() if memory is None else memory
    most = min(max(room // _BYTES_EACH, _FEWEST), _MOST)
    if shares.couples <= most:
        yield _joined(list(shares.met()))
    else:
        yield from _spilt(shares, min(-(-shares.couples // most), _MOST_FILES))


@dataclass(frozen=True, eq=False)
class _Shares:
    """Shares in order, and the running sums of how many later ones each reaches."""

    account: np.ndarray
    thing: np.ndarray
    time: np.ndarray
    content: np.ndarray
    ends: np.ndarray

    @property
    def couples(self) -> int:
        return int(self.ends[-1]) if len(self.ends) else 0

    def met(self) -> Iterator[Rows]:
        for begin in range(0, max(self.couples, 1), _AT_ONCE):
            stop = min(begin + _AT_ONCE, self.couples)
            yield self._of(*numbered(self.ends, begin, stop))

    def sample(self, size: int) -> Rows:
        step = max(self.couples // size, 1)
        return self._of(*couple(self.ends, np.arange(0, self.couples, step)))

    def _of(self, first: np.ndarray, second: np.ndarray) -> Rows:
        a, b = self.account[first], self.account[second]
        keep = a != b
        if len(self.content):
            keep &= (self.content[first] != self.content[second]) | (self.content[first] < 0)
        if not keep.all():
            first, second, a, b = first[keep], second[keep], a[keep], b[keep]
        gap = self.time[second] - self.time[first]
        gap = np.where(a < b, gap, -gap)
        return np.minimum(a, b), np.maximum(a, b), gap, self.thing[first]


def _joined(made: Sequence[Rows]) -> Rows:
    low, high, gap, thing = (np.concatenate(column) for column in zip(*made, strict=True))
    return low, high, gap, thing


def _spilt(shares: _Shares, count: int) -> Iterator[Rows]:
    """Coincidences by ranges of pairs, of about equal size, by way of files."""
    bounds = _bounds(shares.sample(_SAMPLED * count), count)
    with tempfile.TemporaryDirectory(prefix="kznet-") as folder:
        paths = [Path(folder) / str(number) for number in range(len(bounds) + 1)]
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("wb")) for path in paths]
            for rows in shares.met():
                _deal(rows, bounds, files)
        for path in paths:
            kept = np.fromfile(path, dtype=_ROW)
            path.unlink()
            low, high, gap, thing = (kept[name] for name in _ROW.names or ())
            yield low, high, gap, thing


def _bounds(sample: Rows, count: int) -> np.ndarray:
    """Pairs that divide a sample of the coincidences into so many ranges."""
    key = np.sort(_key(sample))
    return np.unique(key[np.arange(1, count) * len(key) // count])


def _key(rows: Rows) -> np.ndarray:
    result: np.ndarray = (rows[0].astype(np.int64) << 32) | rows[1]
    return result


def _deal(rows: Rows, bounds: np.ndarray, files: Sequence[IO[bytes]]) -> None:
    """Append each coincidence to the file of its range."""
    part = np.searchsorted(bounds, _key(rows), side="right").astype(np.uint16)
    sort = np.argsort(part, kind="stable")
    kept = np.empty(len(part), dtype=_ROW)
    for name, column in zip(_ROW.names or (), rows, strict=True):
        kept[name] = column[sort]
    cuts = np.cumsum(np.bincount(part, minlength=len(files)))
    for file, begin, stop in zip(files, [0, *cuts[:-1]], cuts, strict=True):
        kept[begin:stop].tofile(file)
