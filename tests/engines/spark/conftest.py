"""One Spark for all tests, with what compiles and plans switched off: the data are small."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kznet.analysis import Analysis
from kznet.dataset import Dataset

if TYPE_CHECKING:
    from kznet.engines.spark.session import Session
    from kznet.engines.spark.world import World

SETTINGS = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.memory": "1g",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
}


@pytest.fixture(scope="session")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Session"]:
    """A running ``local[2]``."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'kznet[spark]'")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java 17 or later, which is not installed")
    from kznet.engines.spark.session import session

    os.environ["PYSPARK_PYTHON"] = sys.executable
    work = tmp_path_factory.mktemp("spark").as_uri()
    with session("local[2]", work=work, settings=SETTINGS) as running:
        yield running
        running.spark.stop()


def written(data: Dataset, folder: Path) -> str:
    """The three tables of a dataset in a folder."""
    for name in ("accounts", "ties", "posts"):
        frame = getattr(data, name)
        codes = frame.select_dtypes("category").columns
        plain = frame.astype(dict.fromkeys(codes, "str"))
        plain.to_parquet(folder / f"{name}.parquet", index=False)
    return str(folder)


@pytest.fixture(scope="session")
def small_world(small_analysis: Analysis, there: "Callable[[Dataset], World]") -> "World":
    """The small world on the cluster."""
    return there(small_analysis.dataset)


@pytest.fixture(scope="session")
def there(on: "Session", tmp_path_factory: pytest.TempPathFactory) -> Callable[[Dataset], "World"]:
    """Bring a dataset to the cluster."""
    from kznet.engines.spark.inputs import inputs
    from kznet.engines.spark.world import world
    from kznet.loaders import DEFAULTS

    def bring(data: Dataset) -> "World":
        path = written(data, tmp_path_factory.mktemp("tables"))
        return world(inputs([path], DEFAULTS, on=on), on=on)

    return bring
