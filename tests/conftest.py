"""Fixtures that more than one folder of tests needs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from kznet.analysis import Analysis, analyze
from kznet.cli import kznet
from kznet.simulate import simulate, world

TOGETHER = {
    "tests/report/browser/test_real_cases.py": "runs",
    "tests/report/browser/test_hostile_world.py": "runs",
    "tests/test_demo_run.py": "runs",
    "tests/report/browser/": "pages",
    "tests/test_docs.py::test_every_shell_line_about_pages": "runs",
    "tests/report/test_pages.py": "site",
    "tests/report/atlas/test_pages.py": "atlas",
    "tests/report/said/test_said.py": "small",
    "tests/test_case.py": "small",
    "tests/test_privacy.py": "small",
    "tests/test_hubs.py": "hubs",
    "tests/engines/spark/": "spark",
    "tests/simulate/": "worlds",
    "tests/evaluation/": "worlds, judged",
    "tests/mechanisms/pseudo_official/": "bodies",
}
# How long an example takes to draw says how busy the machine is.
settings.register_profile("kznet", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kznet")
SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests that share what takes long to make run in one process, which makes it once."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((TOGETHER[part] for part in TOGETHER if nodeid.startswith(part)), nodeid)

    return Together(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data beside the checkout; not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("shared/data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def small_analysis() -> Analysis:
    """Everything about one small invented world."""
    return analyze(simulate(seed=3, world=world("small")).dataset)


@dataclass(frozen=True)
class Run:
    """A case folder and what was printed while it was made."""

    case: Path
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`kznet run` on the shipped demo."""
    case = tmp_path_factory.mktemp("demo") / "case"
    result = CliRunner().invoke(kznet, ["run", "--out", str(case)])
    assert result.exit_code == 0, result.output
    return Run(case, result.stdout, result.stderr)
