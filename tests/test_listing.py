import pandas as pd
import pytest

from kznet.coordination import listing as module
from kznet.coordination.listing import listing, windows
from kznet.coordination.pairing import pairing
from kznet.dataset import Dataset
from kznet.report.said.catalogue import recognised


def shares(*rows: tuple[str, str, str]) -> Dataset:
    ties = pd.DataFrame(rows, columns=["source", "post", "time"])
    return Dataset(ties=ties.assign(kind="repost", target="a:h", time=pd.to_datetime(ties["time"])))


@pytest.fixture
def three() -> Dataset:
    """a and b meet on p and q, a and c on p alone, b and c on p alone."""
    return shares(
        ("a:a", "p", "2024-01-01T00:00:00Z"),
        ("a:b", "p", "2024-01-01T00:00:10Z"),
        ("a:c", "p", "2024-01-01T00:00:20Z"),
        ("a:a", "q", "2024-01-02T00:00:00Z"),
        ("a:b", "q", "2024-01-02T00:00:10Z"),
    )


def test_few_pairs_are_all_listed(three: Dataset):
    found = listing(pairing(three, window="60s"), window="60s", min_objects=1, q=0.05)
    assert (len(found.table), found.facts["pairs"], found.warnings) == (3, 3, ())


def test_of_many_pairs_those_of_one_post_are_counted_and_tested_but_not_listed(
    three: Dataset, monkeypatch: pytest.MonkeyPatch
):
    whole = listing(pairing(three, window="60s"), window="60s", min_objects=1, q=0.05)
    monkeypatch.setattr(module, "MOST_LISTED", 2)
    found = listing(pairing(three, window="60s"), window="60s", min_objects=1, q=0.05)
    assert list(found.table["source"] + found.table["target"]) == ["a:aa:b"]
    assert found.table["q"].item() == whole.table["q"].iloc[0]
    assert (found.facts["pairs"], found.facts["listed"]) == (3, 1)
    assert found.warnings[0].startswith("2 pairs that met on one post alone are counted")
    assert recognised(found.warnings[0]) is not None


def test_windows_are_compared_with_the_one_that_was_asked_for(three: Dataset):
    told = windows(three, window="15s", q=0.05)
    assert {row["window"]: row["pairs"] for row in told}["15s"] == 2
