"""When sources post: slots of the working day that they keep to, fewer at the weekend."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR, Clock
from kznet.simulate.draws import stream
from kznet.simulate.reposts import posts

WEEKEND: Final = 0.6
OFF: Final = 20 * 60
BUSY: Final = 0.6


def published(people: pd.DataFrame, clock: Clock, pace: float, *, seed: int) -> pd.DataFrame:
    """Posts of every source: each slot of each day is used or not; appeal is a gamma draw."""
    author, times = [], []
    for source in np.flatnonzero(people["pace"]):
        rng = stream(seed, "slots", int(source))
        found = _slots(clock, people["pace"].iloc[source] * pace, rng)
        author.append(np.full(len(found), source))
        times.append(found)
    rng = stream(seed, "appeal")
    who, when = np.concatenate(author), np.concatenate(times)
    return posts(who, when, rng.gamma(1.2, 1 / 1.2, len(who)), first=0)


def _slots(clock: Clock, pace: float, rng: np.random.Generator) -> np.ndarray:
    number = max(1, round(pace / BUSY))
    hour = np.sort(8 + 14 * rng.random(number))
    day = np.arange(clock.days)
    wall = day[:, None] * DAY + hour * HOUR + OFF * rng.standard_normal((len(day), number))
    start = clock.start + clock.offsets[0]
    weekend = (start // DAY + day + 3) % 7 >= 5
    chance = np.where(weekend, WEEKEND, 1.0) * min(pace / number, 1.0)
    used = rng.random(wall.shape) < chance[:, None]
    return clock.instants(np.clip(wall[used], 0, clock.days * DAY - 1))
