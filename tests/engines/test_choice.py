import importlib.util
from collections.abc import Callable

import pytest

from kznet.engines import choice
from kznet.engines.choice import Choice, choose
from kznet.errors import MissingDependencyError, UnknownNameError

MANY = 10_000_000


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a package look as if it were not installed."""

    def leave_out(package: str) -> None:
        known = importlib.util.find_spec
        monkeypatch.setattr(
            choice, "find_spec", lambda name: None if name == package else known(name)
        )

    return leave_out


def test_few_ties_are_for_the_default_and_the_reason_says_how_many():
    found = choose(rows=5_000)
    assert (found.graph, found.pairs) == ("igraph", "numpy")
    assert found.why == "5,000 ties: fewer than 10,000,000"


def test_many_ties_are_for_networkit_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch, without: Callable[[str], None]
):
    with monkeypatch.context() as there:
        there.setattr(choice, "find_spec", lambda name: object())
        assert choose(rows=MANY).graph == "networkit"
    without("networkit")
    found = choose(rows=MANY)
    assert (found.graph, found.why) == ("igraph", "10,000,000 ties, and networkit is not installed")


def test_an_engine_that_is_asked_for_is_taken_whatever_the_rows(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choice, "find_spec", lambda name: object())
    assert choose("igraph", rows=MANY) == Choice(why="asked for")
    assert choose("networkit", rows=1).graph == "networkit"
    assert choose("duckdb", rows=1, memory=7) == Choice("igraph", "duckdb", "asked for", 7)


@pytest.mark.parametrize(
    ("engine", "package"), [("networkit", "networkit"), ("duckdb", "duckdb"), ("spark", "pyspark")]
)
def test_an_engine_without_its_package_says_how_to_get_it(
    engine: str, package: str, without: Callable[[str], None]
):
    without(package)
    words = rf"engine '{engine}' needs an optional package: pip install 'kznet\[{engine}\]'"
    with pytest.raises(MissingDependencyError, match=words):
        choose(engine, rows=1)


def test_an_unknown_engine_is_met_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"unknown engine 'sprak'\. Did you mean 'spark'"):
        choose("sprak", rows=1)
