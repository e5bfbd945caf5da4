"""Fixtures that more than one folder of tests needs."""

from pathlib import Path

import pytest

from kznet.analysis import Analysis, analyze
from kznet.simulate import simulate, world

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


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
