"""Readers who sit down at a moment and pass on some of what is new, seconds apart."""

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR
from kznet.simulate.reposts import reposted
from kznet.simulate.sessions.feed import Feed

NIGHT = (0.5 * HOUR, 7 * HOUR)


def looked(
    feed: Feed,
    reader: np.ndarray,
    start: np.ndarray,
    posts: pd.DataFrame,
    rng: np.random.Generator,
    *,
    fresh: float,
    share: float,
) -> pd.DataFrame:
    """Reposts of posts that are at most `fresh` seconds old, newest first, each with one chance."""
    newest = posts.sort_values(["time", "post"], ascending=False)
    age = start[:, None] - newest["time"].to_numpy()
    new = (age > 0) & (age <= fresh) & (newest["author"].to_numpy() != reader[:, None])
    row, column = np.nonzero(new & (rng.random(age.shape) < share))
    place = pd.Series(row).groupby(row).cumcount().to_numpy() + rng.random(len(row))
    times = start[row] + 3 + feed.people["scroll"].to_numpy()[reader[row]] * (2 * place + 1)
    order = np.argsort(times, kind="stable")
    return reposted(reader[row][order], newest["post"].to_numpy()[column][order], times[order])


def glanced(
    feed: Feed, account: np.ndarray, time: np.ndarray, wait: np.ndarray | float
) -> np.ndarray:
    """When people whose phone rang at a time get to it: at once by day, else next they sit down."""
    when = time + wait
    of_day = feed.clock.of_day(when)
    night = (of_day >= NIGHT[0]) & (of_day < NIGHT[1])
    return np.where(night, feed.sittings.after(account, when) + 20, when)


def by_day(feed: Feed, times: np.ndarray) -> np.ndarray:
    """Whether each instant lies between 8 and 23 in Almaty."""
    of_day = feed.clock.of_day(times)
    found: np.ndarray = (of_day >= 8 * HOUR) & (of_day < 23 * HOUR)
    return found


def office_hours(feed: Feed, hours: tuple[float, ...]) -> np.ndarray:
    """Instants at these hours of every working day of the span, ascending."""
    day = np.arange(feed.clock.days)
    first = (feed.clock.start + feed.clock.offsets[0]) // DAY
    working = day[(first + day + 3) % 7 < 5]
    wall = working[:, None] * DAY + np.array(hours) * HOUR
    return feed.clock.instants(wall.ravel())
