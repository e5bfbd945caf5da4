"""One call a source, on the machine that holds its events."""

import pickle
from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeVar

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sql

from kznet.engines.spark.arrow import by_group
from kznet.engines.spark.session import Session

T = TypeVar("T")
R = TypeVar("R")
_ANSWER: Final = "source long, answer binary"


def each_source(
    events: DataFrame, tasks: Mapping[int, T], run: Callable[[T, pa.Table], R], *, on: Session
) -> dict[int, R]:
    """Run a function on the events of each source that has a task, by its code.

    One source is one group, whose events one machine must hold: some 48 bytes each. What a call
    returns comes to the driver and should be small.
    """
    held = on.spark.sparkContext.broadcast(dict(tasks))

    def ask(rows: pa.Table) -> pa.Table:
        source = rows["source"][0].as_py()
        answer = run(
            held.value[source], rows.sort_by([("post", "ascending"), ("account", "ascending")])
        )
        return pa.table({"source": [source], "answer": [pickle.dumps(answer)]})

    asked = on.frame([(code,) for code in tasks], "source long")
    mine = events.join(asked, "source", "left_semi")
    answers = on.kept(by_group(mine, "source", ask, _ANSWER))
    return {row.source: pickle.loads(row.answer) for row in answers.toLocalIterator()}  # noqa: S301  # made by the cluster itself


def with_habits(
    events: DataFrame, sources: Collection[int], prior: float, *, on: Session
) -> DataFrame:
    """Events of some sources with the `habit` of their accounts on the posts of all others.

    As the laptop's `lateness`: the mean place among the reposters of a post, from -1/2 (first) to
    1/2, drawn towards 0 by `prior` reposts more.
    """
    chosen = sql.broadcast(on.frame([(code,) for code in sources], "source long"))
    others = events.join(chosen, "source", "left_anti")
    by_time = Window.partitionBy("post").orderBy("latency")
    on_post, same = Window.partitionBy("post"), Window.partitionBy("post", "latency")
    rank = sql.rank().over(by_time) + (sql.count("*").over(same) - 1) / 2
    place = (rank - 0.5) / sql.count("*").over(on_post) - 0.5
    placed = others.select("account", place.alias("place"))
    habit = sql.sum("place") / (sql.count("*") + prior)
    known = placed.groupBy("account").agg(habit.alias("habit"))
    return events.join(chosen, "source").join(known, "account", "left").fillna(0.0, ["habit"])
