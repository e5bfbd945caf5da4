"""Worlds drawn again: how often the interval of reach covers what it is meant to cover."""

import numpy as np
import pandas as pd

from kznet.evaluation.figures.bounds import with_shares
from kznet.evaluation.judged import CALLS, MEMBERS, REACH, SCORES, SECONDS, Clock, Judged, placed
from kznet.evaluation.plan import Task
from kznet.exposure import exposure
from kznet.network import network
from kznet.simulate import redrawn

_BANDS = [0, 15, 30, 60, np.inf]
_NAMES = ["below 15 posts", "15 to 29 posts", "30 to 59 posts", "60 posts and more"]


def reach(task: Task) -> Judged:
    """Draw posts and reposts of a world again, and measure the reach of every source."""
    clock = Clock()
    with clock.step("make"):
        data = redrawn(task.world, seed=task.seed, draw=task.draw).dataset
    with clock.step("reach"):
        found = exposure(data, network(data), seed=task.seed).table
    posts = data.posts["account"].value_counts()
    rows = found.assign(posts=found["account"].map(posts), draw=task.draw).dropna(subset="posts")
    at = {"generator": task.generator, "world": task.name, "variant": task.variant}
    return Judged(
        placed(None, CALLS, at, task.seed),
        placed(None, MEMBERS, at, task.seed),
        placed(None, SCORES, at, task.seed),
        placed(rows, REACH, at, task.seed),
        placed(clock.table(), SECONDS, at, task.seed),
    )


def coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """How often the bootstrap interval of an exposure share covers its long-run value.

    The accounts and follows of a world stay, its posts and reposts are drawn again. The
    long-run value of an account is the mean of its shares in all other draws, so that no
    interval is held against its own data; the nominal coverage is 95 %. The bounds take
    intervals for independent.
    """
    by = ["generator", "world", "seed", "account"]
    share = rows.groupby(by)["exposure"]
    number = share.transform("size")
    others = (share.transform("sum") - rows["exposure"]) / (number - 1).where(number > 1)
    band = pd.cut(rows["posts"], _BANDS, right=False, labels=_NAMES).astype("str")
    counted = rows.assign(
        posts=band,
        intervals=True,
        covered=others.between(rows["exposure_low"], rows["exposure_high"]),
        too_low=rows["exposure_high"] < others,
        too_high=rows["exposure_low"] > others,
    )[number > 1]
    counted = counted.sort_values("posts", key=lambda names: names.map(_NAMES.index))
    every = pd.concat([counted.assign(posts="all"), counted])
    names = ["intervals", "covered", "too_low", "too_high"]
    table = every.groupby(["generator", "world", "posts"], as_index=False, sort=False)[names].sum()
    return with_shares(table, "covered", "intervals", name="coverage")
