"""Spark."""

try:
    import pyspark  # noqa: F401  # asked for once, so that its absence is told in words
except ImportError as error:
    from kznet.errors import MissingDependencyError

    raise MissingDependencyError(
        "engine 'spark' needs an optional package: pip install 'kznet[spark]'"
    ) from error

from kznet.engines.spark.cluster import Cluster, cluster

__all__ = ["Cluster", "cluster"]
