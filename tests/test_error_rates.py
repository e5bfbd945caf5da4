"""What is called on invented worlds whose truth is known: the shipped one, and 24 others."""

from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import beta

from kznet.dataset import Dataset
from kznet.hubs import hubs
from kznet.loaders import load
from kznet.network import network
from kznet.parallel import spread
from kznet.resources import data
from kznet.simulate import simulate, world

SEEDS = range(100, 124)


def called(found: Dataset) -> set[str]:
    table = hubs(found, network(found)).table
    return set(table.loc[table["status"] == "hub", "account"])


def judged(seed: int) -> pd.DataFrame:
    """Sources of one small world: class by the truth, and whether each was called."""
    found = simulate(seed=seed, world=world("small"))
    truth = found.truth[found.truth["label"].isin(["plant", "negative", "source"])]
    name = truth["kind"].where(truth["label"] == "negative", "ordinary source")
    slow = truth["jitter"].fillna(0) > 60
    name = name.mask(truth["label"] == "plant", "plant, jitter up to 1 min")
    name = name.mask((truth["label"] == "plant") & slow, "plant, jitter 5 min")
    order = truth["label"].map({"plant": 0, "negative": 1, "source": 2})
    table = truth.assign(group=name, order=order).sort_values(["order", "account"])
    table = table.drop_duplicates("account")[["account", "group"]]
    return table.assign(called=table["account"].isin(called(found.dataset)))


def report(table: pd.DataFrame) -> str:
    groups = table.groupby("group")["called"].agg(["size", "sum"])
    rows = [
        f"{group:<28}{row['sum']:>5} of {row['size']:>4} called"
        f"  (95 % bound {beta.ppf(0.975, row['sum'] + 1, row['size'] - row['sum'] + 1e-9):.3f})"
        for group, row in groups.iterrows()
    ]
    planted = table["group"].str.startswith("plant")
    precision = planted[table["called"]].mean()
    recall = table.loc[planted, "called"].mean()
    return "\n".join([*rows, f"precision {precision:.3f}, recall {recall:.3f}"])


@pytest.mark.slow
def test_calls_on_other_seeds_are_planted_ones(capsys: pytest.CaptureFixture[str]):
    table = pd.concat(list(spread(judged, SEEDS)), ignore_index=True)
    with capsys.disabled():
        print(f"\n{len(SEEDS)} small worlds, q = .05\n{report(table)}")  # noqa: T201  # the figures are the point of this test
    planted = table["group"].str.startswith("plant")
    assert planted[table["called"]].mean() >= 0.95
    assert table.loc[table["group"] == "plant, jitter up to 1 min", "called"].mean() >= 0.9
    hard = table[~planted & (table["group"] != "ordinary source")]
    assert hard.groupby("group")["called"].mean().max() <= 0.05


@pytest.mark.slow
def test_on_the_demo_planted_hubs_are_called_and_no_innocent_one():
    folder: Path = data("demo")
    found = load([folder / name for name in ("accounts.csv", "ties.csv", "posts.csv")])
    truth = pd.read_csv(folder / "truth.csv")
    planted = set(truth.loc[truth["label"] == "plant", "account"])
    hubs_called = called(found)
    assert hubs_called <= planted
    assert len(hubs_called) >= len(planted) - 1
