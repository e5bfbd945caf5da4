"""When people take up the phone: habitual hours of the day, each day a little off."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR, Clock

KEPT: Final = 0.75
OFF: Final = 20 * 60
# Breakfast, noon, the way home, the evening; a fifth of the habits is at any hour of the day.
_HOURS: Final = ((8.0, 0.7), (13.0, 0.8), (18.0, 1.0), (21.5, 1.0))
_ANY: Final = 0.2


@dataclass(frozen=True, eq=False)
class Sittings:
    """Starts of all sittings.

    `key` is account · `width` + seconds since `begin`, ascending; `width` exceeds the span.
    """

    key: np.ndarray
    width: int
    begin: int

    def after(self, account: np.ndarray, time: np.ndarray) -> np.ndarray:
        """Start of the next sitting of each account after a time; far away where there is none."""
        asked = account * self.width + np.maximum(time - self.begin, 0)
        place = np.minimum(np.searchsorted(self.key, asked, side="right"), len(self.key) - 1)
        found = self.key[place]
        known = (found > asked) & (found // self.width == account)
        return np.where(known, found % self.width, self.width) + self.begin


def sittings(
    people: pd.DataFrame, clock: Clock, rng: np.random.Generator, *, shift: float = 0.0
) -> Sittings:
    """Sittings of these people, by position; `shift` hours later on the clock of Almaty."""
    number = people["appetite"].to_numpy()
    account = np.repeat(np.arange(len(people)), number)
    centre, width = (np.array(column) for column in zip(*_HOURS, strict=True))
    usual = rng.integers(0, len(_HOURS), len(account))
    hour = centre[usual] + width[usual] * rng.standard_normal(len(account))
    hour = np.where(rng.random(len(account)) < _ANY, 7.5 + 16 * rng.random(len(account)), hour)
    day = np.arange(-1, clock.days + 1)
    off = OFF * rng.standard_normal((len(account), len(day)))
    wall = day * DAY + (hour[:, None] + shift) * HOUR + off
    times = clock.instants(wall.ravel())
    kept = (rng.random(wall.size) < KEPT) & (times >= clock.start)
    span = (clock.days + 3) * DAY
    since = np.floor(times[kept] - clock.start).astype(np.int64)
    key = np.repeat(account, len(day))[kept] * span + since
    return Sittings(np.sort(key), span, clock.start)
