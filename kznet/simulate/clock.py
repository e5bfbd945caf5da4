"""Time in a world: whole seconds since 1970, and the wall clock that people sleep by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from kznet.simulate.draws import spread

DAY = 86_400
HOUR = 3_600
MORNING = 25 * 60
# Relative number of posts in each hour of the local day: quiet nights, two busy spells.
_CURVE = (2, 1, 1, 1, 1, 2, 5, 9, 13, 16, 17, 17, 16, 15, 14, 14, 14, 15, 17, 19, 20, 18, 12, 6)


@dataclass(frozen=True, eq=False)
class Clock:
    """The span of a world and its offsets from UTC.

    `start` is the UTC second of the first local midnight, `end` that of the midnight after the
    last of `days`; `offsets` holds the seconds east of UTC, one for every hour from `start` on.
    """

    start: int
    end: int
    days: int
    offsets: np.ndarray

    def offset(self, times: np.ndarray) -> np.ndarray:
        """Seconds east of UTC at these instants."""
        hours = ((times - self.start) // HOUR).astype(np.int64)
        found: np.ndarray = self.offsets[np.clip(hours, 0, len(self.offsets) - 1)]
        return found

    def of_day(self, times: np.ndarray) -> np.ndarray:
        """Local time of day in seconds, 0 to 86,400."""
        seconds: np.ndarray = (times + self.offset(times)) % DAY
        return seconds

    def instants(self, wall: np.ndarray) -> np.ndarray:
        """Instants at which this many wall-clock seconds have passed since the first midnight."""
        guess = self.start + wall
        found: np.ndarray = guess + self.offsets[0] - self.offset(guess)
        return found


def clock(start: str, days: int, *, zone: str = "Asia/Almaty") -> Clock:
    """The clock of `days` local days from the date `start` on.

    >>> (clock("2024-02-29", 3).offsets[[0, 30]] / 3600).tolist()
    [6.0, 5.0]
    """
    place = ZoneInfo(zone)
    first = datetime.fromisoformat(start).replace(tzinfo=place)
    last = first + timedelta(days=days)
    begin, end = int(first.timestamp()), int(last.timestamp())
    hours = range(begin, end + 2 * DAY, HOUR)
    offsets = [_east(datetime.fromtimestamp(hour, place)) for hour in hours]
    return Clock(begin, end, days, np.array(offsets, dtype=np.int64))


def _east(moment: datetime) -> int:
    return int((moment.utcoffset() or timedelta()).total_seconds())


def by_day(clock: Clock, rng: np.random.Generator, number: int) -> np.ndarray:
    """Instants over the whole span that follow the day curve."""
    share = np.cumsum(_CURVE) / sum(_CURVE)
    hour = np.searchsorted(share, rng.random(number), side="right")
    wall = rng.integers(0, clock.days, number) * DAY + hour * HOUR + rng.random(number) * HOUR
    return clock.instants(wall)


def asleep(
    clock: Clock, times: np.ndarray, wake: np.ndarray | float, sleep: np.ndarray | float
) -> np.ndarray:
    """Whether an instant falls into the `sleep` seconds before the local time of day `wake`."""
    return (wake - clock.of_day(times)) % DAY < sleep


def awake(
    clock: Clock,
    rng: np.random.Generator,
    times: np.ndarray,
    *,
    wake: np.ndarray | float,
    sleep: np.ndarray | float,
) -> np.ndarray:
    """Move what would fall into the night to some while after waking."""
    moved = times + (wake - clock.of_day(times)) % DAY + MORNING * spread(rng, len(times), 0.8)
    kept = np.where(asleep(clock, times, wake, sleep), moved, times)
    # A clock set back during the night, or a very late start, can land before waking again.
    early = asleep(clock, kept, wake, sleep)
    return np.where(early, kept + (wake - clock.of_day(kept)) % DAY + 1, kept)
