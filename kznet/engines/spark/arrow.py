"""Functions of whole tables, run on the parts of a frame; what crosses over is Arrow."""

from collections.abc import Callable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame

from kznet.engines.spark.session import unremarked

Change = Callable[[pa.Table], Iterator[pa.Table]]


def gathered(frame: DataFrame) -> pa.Table:
    """Rows of a frame on the driver; for what has a known bound alone."""
    with unremarked():
        found: pa.Table = frame.toArrow()
    return found


def by_batch(frame: DataFrame, change: Change, schema: str) -> DataFrame:
    """Run a function on each batch of rows."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for made in change(pa.Table.from_batches([batch])):
                yield from made.to_batches()

    with unremarked():
        return frame.mapInArrow(run, schema)


def by_part(frame: DataFrame, change: Change, schema: str) -> DataFrame:
    """Run a function on each partition as one table; the frame is partitioned as it must be."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        found = list(batches)
        if found:
            for made in change(pa.Table.from_batches(found)):
                yield from made.to_batches()

    with unremarked():
        return frame.mapInArrow(run, schema)


def by_group(
    frame: DataFrame, column: str, change: Callable[[pa.Table], pa.Table], schema: str
) -> DataFrame:
    """Run a function on the rows of each value of a column."""
    with unremarked():
        return frame.groupBy(column).applyInArrow(change, schema)
