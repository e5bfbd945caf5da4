"""Rank accounts and find pairs on a cluster of two executors, one of which is killed on the way.

Run as ``python losing.py CODES WORK``: reads the tables of a world in CODES, writes to WORK.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pandas as pd

from kznet.engines.spark.arrow import gathered
from kznet.engines.spark.close import coincidences, shares
from kznet.engines.spark.pagerank import pagerank
from kznet.engines.spark.session import Session, session
from kznet.engines.spark.strengths import edges, layer
from kznet.engines.spark.world import World

TABLES = ("accounts", "ties", "posts")
WIDTH = 60_000_000
STEPS = 10
SETTINGS = {
    "spark.executor.memory": "1g",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
}
_MARK = b"CoarseGrainedExecutorBackend"


def executors(parent: int) -> list[int]:
    """Processes of executors below a process."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            above = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            mine = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if above == parent:
            number = int(path.name)
            found += ([number] if _MARK in mine else []) + executors(number)
    return found


def kill_one(on: Session) -> None:
    """Kill an executor while the ranks are sought: their ties are in the work folder by then."""
    folder = Path(on.work.removeprefix("file://"))
    while not (folder / "step-0000" / "_SUCCESS").exists():
        time.sleep(0.05)
    time.sleep(2)
    os.kill(executors(os.getpid())[0], signal.SIGKILL)
    (folder / "killed").touch()


def main(codes: str, work: str) -> None:
    """Do the work, and write it down."""
    with session("local-cluster[2,1,1024]", work=Path(work).as_uri(), settings=SETTINGS) as on:
        tables = (on.spark.read.parquet(f"{codes}/{name}") for name in TABLES)
        made = World(on, *tables, n=on.spark.read.parquet(f"{codes}/accounts").count(), rows=0)
        threading.Thread(target=kill_one, args=(on,), daemon=True).start()
        ranks, met = work_of(made)
        ranks.to_csv(Path(work) / "ranks.csv", index=False)
        met.to_csv(Path(work) / "met.csv", index=False)


def work_of(made: World) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ranks by some steps, and the pairs of accounts that met with how often."""
    ties = layer(edges(made), "repost")
    ranks = pagerank(ties, made.n, on=made.on, tolerance=0.0, rounds=STEPS, one_task=0)
    met = coincidences(shares(made, WIDTH).where("fine"), WIDTH).groupBy("low", "high").count()
    tables = (gathered(frame).to_pandas() for frame in (ranks, met))
    one, other = (table.sort_values(list(table), ignore_index=True) for table in tables)
    return one, other


if __name__ == "__main__":
    main(*sys.argv[1:])
