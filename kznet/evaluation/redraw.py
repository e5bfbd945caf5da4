"""Worlds drawn again: how often intervals of reach and rank cover what they are meant to."""

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.evaluation.figures.bounds import with_shares
from kznet.evaluation.judged import CALLS, MEMBERS, REACH, SCORES, SECONDS, Clock, Judged, placed
from kznet.evaluation.plan import Task
from kznet.exposure import exposure
from kznet.measures import centrality
from kznet.network import Network, network
from kznet.simulate import redrawn

_BANDS = [0, 15, 30, 60, np.inf]
_STRENGTH = "repost_in_strength"
_COUNTS = ["intervals", "covered", "too_low", "too_high"]
_NAMES = ["below 15 posts", "15 to 29 posts", "30 to 59 posts", "60 posts and more"]


def reach(task: Task) -> Judged:
    """Draw posts and reposts of a world again; measure reach and rank of every source."""
    clock = Clock()
    with clock.step("make"):
        data = redrawn(task.world, seed=task.seed, draw=task.draw).dataset
    net = network(data)
    with clock.step("reach"):
        found = exposure(data, net, seed=task.seed).table
    with clock.step("ranks"):
        found = found.merge(_ranks(data, net, task.seed), on="account")
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


def _ranks(data: Dataset, net: Network, seed: int) -> pd.DataFrame:
    """Reposts that each account got, and the interval of its rank by them."""
    table = centrality(net, measures=("in_strength",), data=data, seed=seed).table
    names = {_STRENGTH: "strength", f"{_STRENGTH}_rank_low": "rank_low"}
    names |= {f"{_STRENGTH}_rank_high": "rank_high"}
    return table[["account", *names]].rename(columns=names)


def coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """How often bootstrap intervals of exposure share and of rank cover the long-run value.

    The accounts and follows of a world stay, its posts and reposts are drawn again. The
    long-run value of an account is the mean of its shares in all other draws, and its long-run
    rank that of the mean of its reposts in them, so that no interval is held against its own
    data; the nominal coverage is 95 %. The bounds take intervals for independent.
    """
    others = {name: _elsewhere(rows, name) for name in ("exposure", "strength")}
    draw = [rows[name] for name in ("generator", "world", "seed", "draw")]
    place = others["strength"].groupby(draw).rank(ascending=False)
    held = pd.concat(
        [
            _held(rows, "reach", others["exposure"], "exposure"),
            _held(rows, "rank by reposts", place, "rank"),
        ]
    )
    held = held.sort_values("posts", key=lambda names: names.map(_NAMES.index), kind="stable")
    every = pd.concat([held.assign(posts="all"), held])
    by = ["generator", "world", "interval", "posts"]
    table = every.groupby(by, as_index=False, sort=False)[_COUNTS].sum()
    return with_shares(table, "covered", "intervals", name="coverage")


def _elsewhere(rows: pd.DataFrame, name: str) -> pd.Series:
    """Mean of a value over all other draws of the same account; missing without any."""
    group = rows.groupby(["generator", "world", "seed", "account"])[name]
    number = group.transform("size")
    return (group.transform("sum") - rows[name]) / (number - 1).where(number > 1)


def _held(rows: pd.DataFrame, interval: str, truth: pd.Series, name: str) -> pd.DataFrame:
    """Each interval that is known with whether it covers the truth."""
    low, high = rows[f"{name}_low"], rows[f"{name}_high"]
    band = pd.cut(rows["posts"], _BANDS, right=False, labels=_NAMES).astype("str")
    told = rows.assign(
        interval=interval,
        posts=band,
        intervals=True,
        covered=(low <= truth) & (truth <= high),
        too_low=high < truth,
        too_high=low > truth,
    )
    return told[truth.notna() & low.notna()]
