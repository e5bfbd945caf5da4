"""One world, or one labelled dataset, to rows that can be counted."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import joblib
import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.evaluation.baselines import BASELINES
from kznet.evaluation.labels import LABELS, MECHANISMS, crews, labelled
from kznet.evaluation.plan import AS_MADE, Task
from kznet.evaluation.variants import seen_as
from kznet.hubs import Hubs, hubs
from kznet.mechanisms.amplification import NAME as AMPLIFICATION
from kznet.mechanisms.amplification import prepare
from kznet.mechanisms.evidence import NOT_TESTABLE, TESTED
from kznet.network import network
from kznet.references import References
from kznet.simulate import simulate

WORLD: Final = {"generator": "str", "world": "str", "variant": "str", "seed": "int64"}
CALLS: Final = {
    **WORLD,
    **LABELS,
    "mechanism": "str",
    "status": "str",
    "reason": "str",
    "reach": "bool",
    "p": "float64",
    "q": "float64",
    "effect": "float64",
    "margin": "float64",
    "meetings": "float64",
    "posts": "Int64",
    "reposts": "Int64",
    "recognisers": "float64",
    "called": "bool",
    "disclosure": "str",
}
MEMBERS: Final = {
    **WORLD,
    "account": "str",
    "member": "str",
    "planted": "bool",
    "named": "bool",
    "confirmed": "bool",
    "reposts": "int64",
}
SCORES: Final = {
    **WORLD,
    "account": "str",
    "detector": "str",
    "score": "float64",
    "p": "float64",
}
REACH: Final = {
    **WORLD,
    "draw": "int64",
    "account": "str",
    "posts": "int64",
    "exposure": "float64",
    "exposure_low": "float64",
    "exposure_high": "float64",
    "strength": "float64",
    "rank_low": "float64",
    "rank_high": "float64",
}
SECONDS: Final = {**WORLD, "step": "str", "seconds": "float64"}
# From the quantiles that a tests table holds to one standard deviation of a normal law.
_NORMAL_WIDTH: Final = 3.92


@dataclass(frozen=True, eq=False)
class Judged:
    """What came of one world or many: rows of `CALLS`, `MEMBERS`, `SCORES`, `REACH`, `SECONDS`."""

    calls: pd.DataFrame
    members: pd.DataFrame
    scores: pd.DataFrame
    reach: pd.DataFrame
    seconds: pd.DataFrame


@dataclass(frozen=True)
class Clock:
    """Seconds of each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        begin = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - begin

    def table(self) -> pd.DataFrame:
        """Step and seconds."""
        return pd.DataFrame({"step": self.seconds.keys(), "seconds": self.seconds.values()})


def judged(task: Task) -> Judged:
    """Make one world, look for signals in it, and say of each source what it is and got."""
    clock = Clock()
    with clock.step("make"):
        made = simulate(seed=task.seed, world=task.world)
        data = seen_as(made.dataset, task.variant, seed=task.seed)
    # Worlds run side by side; inside one everything happens in this process.
    with joblib.parallel_config(backend="sequential"):
        found = detected(
            data, clock, references=References(made.registry), q=task.finest, seed=task.seed
        )
    with clock.step("baselines"):
        scores = baselines(data, seed=task.seed) if task.variant == AS_MADE else None
    at = {"generator": task.generator, "world": task.name, "variant": task.variant}
    return Judged(
        calls=placed(calls(labelled(made), found.tests, q=task.q), CALLS, at, task.seed),
        members=placed(members(crews(made), found.members), MEMBERS, at, task.seed),
        scores=placed(scores, SCORES, at, task.seed),
        reach=placed(None, REACH, at, task.seed),
        seconds=placed(clock.table(), SECONDS, at, task.seed),
    )


def detected(
    data: Dataset,
    clock: Clock,
    *,
    references: References | None = None,
    q: float = 0.05,
    seed: int = 0,
) -> Hubs:
    """Run the detectors as `kznet hubs` does."""
    with clock.step("network"):
        net = network(data)
    with clock.step("test"):
        return hubs(data, net, references=references, q=q, seed=seed)


def calls(labels: pd.DataFrame, tests: pd.DataFrame, *, q: float) -> pd.DataFrame:
    """What each labelled account got of each mechanism, a row a pair of both.

    `margin`, of amplification alone, is how far the observed value lies above the middle of the
    null, margin of the test included, in standard deviations of the null; `called` is the call
    at level `q`; `disclosure` the label of a call that openly disclosed staff account for.
    """
    every = labels.merge(pd.DataFrame({"mechanism": MECHANISMS}), how="cross")
    found = tests.rename(columns={"active": "recognisers", "label": "disclosure"}).drop(
        columns="called", errors="ignore"
    )
    rows = every.merge(found, on=["account", "mechanism"], how="left")
    rows["status"] = rows["status"].fillna(NOT_TESTABLE)
    rows["reason"] = rows["reason"].fillna("no posts")
    rows["reach"] = rows["reach"].eq(True)
    width = (rows["null_high"] - rows["null_low"]) / _NORMAL_WIDTH
    z = (rows["observed"] - rows["null_median"]) / width.where(width > 0)
    rows["margin"] = z.where(rows["mechanism"] == AMPLIFICATION)
    rows["called"] = called_at(rows, q)
    return rows


def called_at(rows: pd.DataFrame, level: float) -> np.ndarray:
    """Whether each row is a call at this level of the false-discovery control."""
    called = rows["reach"] & (rows["status"] == TESTED) & (rows["q"] <= level)
    return called.to_numpy(dtype=bool)


def members(planted: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Planted members and named accounts of each hub in one table.

    `reposts` is how often the member reposts the hub: before the screens for those planted.
    """
    keys = ["account", "member"]
    rows = planted.assign(planted=True).merge(
        named.assign(named=True), on=keys, how="outer", suffixes=("", "_named")
    )
    flags = {name: rows[name].eq(True) for name in ("planted", "named", "confirmed")}
    reposts = rows["reposts"].fillna(rows["reposts_named"])
    return rows.assign(reposts=reposts, **flags).sort_values(keys, ignore_index=True)


def baselines(data: Dataset, *, seed: int = 0) -> pd.DataFrame:
    """Score of every baseline for every source, on the events of the synchrony test."""
    ready = prepare(data, seed=seed)
    ids = pd.Index(data.accounts["account"])
    found = [
        detector(ready, accounts=ids, seed=seed).assign(detector=name)
        for name, detector in BASELINES.items()
    ]
    return pd.concat(found, ignore_index=True)


def placed(
    rows: pd.DataFrame | None, columns: dict[str, str], at: dict[str, str], seed: int
) -> pd.DataFrame:
    """Put rows under the columns of a table, with the world that they are of."""
    frame = pd.DataFrame() if rows is None else rows
    return frame.assign(**at, seed=seed).reindex(columns=list(columns)).astype(columns)
