"""The engine for clusters: tables are read, joined and summed where they lie, in Spark.

Reading gives accounts, ties and posts with integer codes (`world`). Of them come summed ties and
strengths, PageRank in blocks that stay in place, components and labels, pairs by a join on object
and time bucket, the events of each source for the test of one machine (`applyInPandas`), and the
reach of posts. What iterates leaves each step in the work folder, where no lost machine takes it
along. The driver gets the dataset, or of a large one the backbone of the named accounts.
"""

try:
    import pyspark  # noqa: F401  # asked for once, so that its absence is told in words
except ImportError as error:
    from kznet.errors import MissingDependencyError

    raise MissingDependencyError(
        "engine 'spark' needs an optional package: pip install 'kznet[spark]'"
    ) from error

from kznet.engines.spark.cluster import Cluster, cluster

__all__ = ["Cluster", "cluster"]
