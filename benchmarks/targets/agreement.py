"""How far the sides' measures of a graph lie apart: ``python -m benchmarks.targets.agreement``."""

import json
import sys
from pathlib import Path
from typing import Final

import numpy as np

NAMES: Final = ("pagerank", "authority", "hub", "coreness")


def apart(one: np.ndarray, other: np.ndarray) -> dict[str, float]:
    """Largest difference of each measure, PageRank's relative to the value."""
    if one.shape != other.shape:
        return {f"{name} apart": float("inf") for name in NAMES}
    difference = np.abs(one - other)
    difference[0] /= np.maximum(other[0], np.finfo(float).tiny)
    return {f"{name} apart": float(difference[i].max()) for i, name in enumerate(NAMES)}


def main(first: str, *others: str) -> None:
    """Compare arrays of shape (4, accounts) with the first."""
    base = np.load(first)
    found = {Path(path).stem: apart(np.load(path), base) for path in others}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
