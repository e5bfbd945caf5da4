"""A Spark session as kznet needs it, and the folder in which its steps leave what they made."""

import itertools
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyspark.errors import PySparkRuntimeError
from pyspark.sql import DataFrame, SparkSession

from kznet.errors import DataError, MissingDependencyError

_SETTINGS: Final[Mapping[str, str]] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.enabled": "true",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "32m",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200000",
    "spark.driver.maxResultSize": "0",
    "spark.ui.showConsoleProgress": "false",
}
_LOCAL: Final[Mapping[str, str]] = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": "16",
}


@dataclass(frozen=True, eq=False)
class Session:
    """A running Spark, and the folder that all its machines reach."""

    spark: SparkSession
    work: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def kept(self, frame: DataFrame) -> DataFrame:
        """Compute a frame once and leave it in the work folder, where no executor can lose it."""
        path = f"{self.work}/step-{next(self._numbers):04d}"
        frame.write.parquet(path)
        return self.spark.read.parquet(path)

    def frame(self, rows: Sequence[tuple[object, ...]], schema: str) -> DataFrame:
        """A small frame from rows that the driver holds."""
        with unremarked():
            return self.spark.createDataFrame(list(rows), schema)


@contextmanager
def unremarked() -> Iterator[None]:
    """Keep from the reader what Spark 4.3 says at every call: that pandas 3 may not work.

    Tables cross over as Arrow, so that nothing of pandas is used between the two.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        yield


@contextmanager
def session(
    master: str | None = None, *, work: str | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Session]:
    """Start Spark, or take the session that runs, and give the work folder back at the end.

    Parameters
    ----------
    master
        Where Spark runs, such as ``local[2]`` or ``spark://host:7077``; what spark-submit or
        spark-defaults.conf says where not given, and else all cores of this machine.
    work
        Folder or URL that every machine of the cluster reaches; a new folder of this machine
        where not given, which is enough for local masters.
    settings
        Of Spark, above those of kznet.

    Raises
    ------
    MissingDependencyError
        Java is not installed.
    DataError
        A cluster of several machines has no work folder that all of them reach.
    """
    running = _started(master, settings or {})
    own = Path(tempfile.mkdtemp(prefix="kznet-spark-")) if work is None else None
    if own and not str(running.sparkContext.master).startswith("local"):
        raise DataError("a Spark cluster needs a work folder that all its machines reach: --work")
    folder = (
        own.as_uri() if own else f"{str(work).rstrip('/')}/{running.sparkContext.applicationId}"
    )
    running.sparkContext.setCheckpointDir(f"{folder}/checkpoints")
    try:
        yield Session(running, folder)
    finally:
        if own:
            shutil.rmtree(own, ignore_errors=True)


def _started(master: str | None, settings: Mapping[str, str]) -> SparkSession:
    """Spark with kznet's settings; the same Python on all sides."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise MissingDependencyError("engine 'spark' needs Java 17 or later: none was found")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("kznet")
    if master:
        builder = builder.master(master)
    local = _LOCAL if not master or master.startswith("local") else {}
    for name, value in {**_SETTINGS, **local, **settings}.items():
        builder = builder.config(name, value)
    try:
        with unremarked():
            running: SparkSession = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise MissingDependencyError(f"Spark did not start: {error}") from error
    running.sparkContext.setLogLevel("ERROR")
    return running
