"""The steps of one world on one Spark, timed; run in a process of its own for each master."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Final

from pyspark.sql import DataFrame

from kznet.coordination.tails import tails
from kznet.engines.spark.chance import pairs
from kznet.engines.spark.close import coincidences, shares
from kznet.engines.spark.events import events
from kznet.engines.spark.inputs import inputs
from kznet.engines.spark.pagerank import pagerank
from kznet.engines.spark.parts import components, propagation
from kznet.engines.spark.reach import reach
from kznet.engines.spark.session import session
from kznet.engines.spark.strengths import edges, layer
from kznet.engines.spark.world import World, world
from kznet.loaders import DEFAULTS
from kznet.mechanisms.amplification.there import screen
from kznet.steps import Watch

_WIDTH: Final = 60_000_000
_ROUNDS: Final = 20


def measured(folder: str, master: str, *, steps: Sequence[str] = ()) -> dict[str, float]:
    """Seconds of each step on the tables of a folder; PageRank is 20 steps in blocks.

    The join lists the couples of shares within a minute, and nothing else.
    """
    watch = Watch()
    with ExitStack() as stack:
        with watch.step("start"):
            on = stack.enter_context(session(master, settings={"spark.driver.memory": "6g"}))
        with watch.step("read"):
            made = world(inputs([folder], DEFAULTS, on=on), on=on)
        with watch.step("add up"):
            found = edges(made)
        ties = layer(found, "repost")
        for name in steps or STEPS:
            with watch.step(name):
                _STEPS[name](made, ties)
        on.spark.stop()
    return {step.step: step.seconds for step in watch.steps}


def _join(made: World, _: DataFrame) -> int:
    return coincidences(shares(made, _WIDTH), _WIDTH).count()


def _pagerank(made: World, ties: DataFrame) -> int:
    return pagerank(ties, made.n, on=made.on, tolerance=0.0, rounds=_ROUNDS, one_task=0).count()


def _pairs(made: World, _: DataFrame) -> int:
    return pairs(made, width=_WIDTH, tails=tails).count()


def _components(made: World, ties: DataFrame) -> int:
    return components(ties, on=made.on).count()


def _labels(made: World, ties: DataFrame) -> int:
    return propagation(ties, on=made.on, rounds=5).count()


def _reach(made: World, _: DataFrame) -> int:
    return reach(made, exact=0)[0].count()


def _events(made: World, _: DataFrame) -> int:
    return events(made, screen=screen, seed=0).usable


_STEPS: Final[Mapping[str, Callable[[World, DataFrame], int]]] = {
    "join": _join,
    "pagerank": _pagerank,
    "pairs": _pairs,
    "components": _components,
    "labels": _labels,
    "reach": _reach,
    "events": _events,
}
STEPS: Final = tuple(_STEPS)
