"""Pairs by kznet's own functions: read, gather within the window, and the whole table."""

import sys

from benchmarks.targets.sides.laps import Laps
from kznet.coordination import pairs
from kznet.coordination.parts import gathered_parts
from kznet.coordination.shares import shares_of
from kznet.engines import numpy_
from kznet.loaders import load

_WINDOW = 60_000_000


def main(path: str) -> None:
    """Tell the seconds of the kernel, and of the table with its tests and ids."""
    laps = Laps()
    data = load([path])
    laps.lap("read")
    found, size = shares_of(data), len(data.posts)
    with gathered_parts(found, _WINDOW, size, memory=None, engine=numpy_):
        laps.lap("kernel")
    table = pairs(data, window="60s")
    laps.lap("table")
    laps.tell({"pairs": len(table), "coincidences": int(table["coincidences"].sum())})


if __name__ == "__main__":
    main(sys.argv[1])
