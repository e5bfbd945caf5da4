import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

if TYPE_CHECKING:
    from kznet.engines.spark.world import World

LOSING = Path(__file__).with_name("losing.py")


@pytest.mark.slow
def test_a_killed_executor_changes_nothing(small_world: "World", tmp_path: Path) -> None:
    spec = spec_from_file_location("losing", LOSING)
    assert spec
    assert spec.loader
    losing = module_from_spec(spec)
    spec.loader.exec_module(losing)
    for name in losing.TABLES:
        getattr(small_world, name).write.parquet(f"{tmp_path}/codes/{name}")
    work = tmp_path / "work"
    work.mkdir()
    line = [sys.executable, str(LOSING), str(tmp_path / "codes"), str(work)]
    subprocess.run(line, check=True, capture_output=True, timeout=600)
    assert list(work.glob("*/killed"))
    for name, undisturbed in zip(("ranks", "met"), losing.work_of(small_world), strict=True):
        found = pd.read_csv(work / f"{name}.csv")
        pd.testing.assert_frame_equal(found, undisturbed, rtol=1e-9, check_dtype=False)
        assert len(found)
