"""The engine for clusters: tables are read, joined and summed where they lie, in Spark.

`inputs` reads with the functions that read files, batch by batch; `world` brings the three tables
into the form of `Dataset`, with codes in the order of the ids, so that order on the cluster is
order on one machine. From there every step is a function from frames to a frame: `strengths`,
`pagerank` (in blocks of arrays), `parts` (components and labels), `close` and `chance` (pairs, by
a join on object and time), `events` and `sources` (amplification, one call a source, with the
function of one machine, through `applyInArrow`), `reach`, `backbone`. `arrow` runs functions of
whole tables; what crosses over is Arrow, never pandas, of which Spark 4.3 knows no version 3.

`Session.kept` leaves a step in the work folder as Parquet, where no lost executor takes it along,
and so cuts the plan of the next one short; PageRank checkpoints every twentieth step there.
`cluster` is what the rest of kznet sees: arrays, pandas frames and calls. What is above the
engines, such as the tails of pairs and the test of a source, is handed in as functions.
"""

try:
    import pyspark  # noqa: F401  # asked for once, so that its absence is told in words
except ImportError as error:
    from kznet.engines.choice import missing

    raise missing("spark") from error

from kznet.engines.spark.cluster import Cluster, cluster

__all__ = ["Cluster", "cluster"]
