"""How fine the time stamps of each input are."""

from typing import Final

import numpy as np
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.arrow import gathered
from kznet.engines.spark.session import Session
from kznet.loaders._resolution import unit_of

_MOST: Final = 100_000


def with_resolution(ties: DataFrame, *, on: Session) -> DataFrame:
    """Fill in the unit of the stamps, input by input, from 100,000 of each input's stamps.

    Which ones is decided by a hash, so that the same rows give the same answer in any order.
    """
    open_ = ties.where("time is not null and resolution is null").select("part", "time", "source")
    parts = [row.part for row in open_.select("part").distinct().collect()]
    units = []
    for part in sorted(parts):
        drawn = open_.where(sql.col("part") == part).orderBy(sql.xxhash64("time", "source"))
        stamps = gathered(drawn.limit(_MOST).select("time"))["time"].to_numpy()
        units.append((part, float(unit_of(np.sort(stamps) / 1e6))))
    known = sql.broadcast(on.frame(units, "part int, _unit double"))
    said = sql.when(sql.col("time").isNotNull(), sql.coalesce("resolution", "_unit"))
    joined = ties.join(known, "part", "left")
    said = said.otherwise(sql.col("resolution"))
    return joined.withColumn("resolution", said).drop("_unit")
