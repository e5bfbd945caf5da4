"""Pairs by kznet's own functions: read, gather within the window, and the whole table."""

import sys

from benchmarks.targets.sides.laps import Laps
from kznet.coordination import pairs
from kznet.coordination.coincidences import coincidences
from kznet.coordination.shares import shares_of
from kznet.loaders import load

_WINDOW = 60_000_000


def main(path: str) -> None:
    """Tell the seconds of the kernel, and of the table with its tests and names."""
    laps = Laps()
    data = load([path])
    laps.lap("read")
    coincidences(shares_of(data), _WINDOW, len(data.accounts))
    laps.lap("kernel")
    table = pairs(data, window="60s")
    laps.lap("table")
    laps.tell({"pairs": len(table), "coincidences": int(table["coincidences"].sum())})


if __name__ == "__main__":
    main(sys.argv[1])
