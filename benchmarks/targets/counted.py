"""Count a table of pairs: ``python -m benchmarks.targets.counted FILE``."""

import json
import sys

import pyarrow.compute as pc
from pyarrow import csv


def main(path: str) -> None:
    """Tell rows and coincidences; the file may be larger than the memory."""
    wanted = csv.ConvertOptions(include_columns=["coincidences"])
    pairs, coincidences = 0, 0
    for batch in csv.open_csv(path, convert_options=wanted):
        pairs += batch.num_rows
        coincidences += pc.sum(batch.column(0)).as_py() or 0
    sys.stdout.write(json.dumps({"pairs": pairs, "coincidences": coincidences}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
