"""What a measured process tells of itself: seconds of its parts, and its answer."""

import json
import sys
from collections.abc import Mapping
from time import perf_counter, process_time


class Laps:
    """Seconds and CPU seconds from one call of `lap` to the next; imports come before the first."""

    def __init__(self) -> None:
        self.told: dict[str, float] = {}
        self._wall, self._cpu = perf_counter(), process_time()

    def lap(self, name: str) -> None:
        """End a part of the work under its name."""
        wall, cpu = perf_counter(), process_time()
        self.told[f"{name} seconds"] = round(wall - self._wall, 4)
        self.told[f"{name} cpu"] = round(cpu - self._cpu, 4)
        self._wall, self._cpu = perf_counter(), process_time()

    def tell(self, answer: Mapping[str, float]) -> None:
        """Write the parts and the answer as one line of JSON."""
        sys.stdout.write(json.dumps({**self.told, **answer}) + "\n")
