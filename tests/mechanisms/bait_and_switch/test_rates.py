"""How often innocents are taken for a switch and planted switches are found, on fixed seeds."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from kznet.hubs.control import adjusted
from kznet.mechanisms.bait_and_switch import bait_and_switch

ORDINARY = 25
LEVELS = (0.05, 0.1, 0.2, 0.5)
INNOCENT = {
    "steady seller": {"own": (0.3, 0.3)},
    "steady seller on pressing issues alone": {"own": (0.15, 0.15), "burning": (1.0, 1.0)},
    "campaign seller": {"own": (0.03, 0.03), "campaigns": 3},
    "honest topic shift": {"own": (0.1, 0.1), "burning": (0.1, 0.9)},
    "growing seller": {"own": (0.15, 0.15), "growth": 3.0},
    "honest turn": {"own": (0.03, 0.5)},
}
CALIBRATED = [name for name in INNOCENT if name not in ("campaign seller", "honest turn")]
PLANTED = {
    (strength, growth): {
        "own": (0.03, 0.03 + strength),
        "burning": (1.0, 0.4),
        "growth": growth,
    }
    for strength in (0.3, 0.5, 0.8)
    for growth in (1.5,)
}


@pytest.fixture(scope="module")
def judge(build, crowd, writer):
    """Test some accounts of one kind beside ordinary ones, in several worlds."""

    def judged(changes: dict[str, object], seed: int, worlds: int, each: int) -> pd.DataFrame:
        tables = []
        for world in range(worlds):
            moments = np.linspace(0.35, 0.7, each)
            mine = {f"h{i}": writer(moment=one, **changes) for i, one in enumerate(moments)}
            data = build(crowd(ORDINARY) | mine, seed=100 * seed + world)
            tests = bait_and_switch(data).tests.assign(world=world)
            tested = tests[tests["status"] == "tested"]
            q = adjusted(tested["p"].to_numpy(), tested["p_least"].to_numpy())
            tables.append(tested.assign(called=q <= 0.05))
        return pd.concat(tables, ignore_index=True)

    return judged


def told(name: object, table: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    shares = {
        "p of the turn <= .05": table["p_turn"] <= 0.05,
        "with margins and bait": table["p"] <= 0.05,
    }
    figures = ", ".join(f"{what} {mask.mean():.3f}" for what, mask in shares.items())
    line = f"{name!s:<40}{len(table)} tested; {figures}; called {table['called'].sum()}"
    with capsys.disabled():
        print(f"\n{line}", end="")  # noqa: T201  # the figures are the point of this test


def at_most(count: int, n: int, level: float) -> bool:
    """Whether a count does not speak against a chance of `level`, by the exact binomial tail."""
    return bool(binom.sf(count - 1, n, level) >= 1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(INNOCENT)))
def test_innocents_stay_within_the_level(number: int, judge, capsys):
    name = list(INNOCENT)[number]
    table = judge(INNOCENT[name], number, worlds=3, each=10)
    mine = table[table["account"].str.startswith("h")]
    told(name, mine, capsys)
    for level in LEVELS:
        if name in CALIBRATED:
            assert at_most(int((mine["p_turn"] <= level).sum()), len(mine), level)
        bait = (mine["p_bait"] <= level).sum()
        if name in ("steady seller", "honest turn", "campaign seller"):
            assert at_most(int(bait), len(mine), level)
    assert at_most(int((mine["p"] <= 0.05).sum()), len(mine), 0.05)
    assert at_most(int(table["called"].sum()), len(table), 0.05)


@pytest.mark.slow
def test_a_season_in_which_everybody_turns_is_no_switch(build, crowd, capsys):
    turning = {"own": (0.05, 0.5), "burning": (1.0, 0.3)}
    table = pd.concat(
        bait_and_switch(build(crowd(30, **turning), seed=900 + world)).tests for world in range(2)
    )
    tested = table[table["status"] == "tested"].assign(called=False)
    told("everybody turns", tested, capsys)
    assert (tested["p_turn"] <= 0.05).mean() > 0.9
    assert at_most(int((tested["p"] <= 0.05).sum()), len(tested), 0.05)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(PLANTED)))
def test_planted_switches_are_found(number: int, judge, capsys):
    strength, growth = list(PLANTED)[number]
    table = judge(PLANTED[strength, growth], 50 + number, worlds=4, each=3)
    mine = table["account"].str.startswith("h")
    told(f"planted, strength {strength}, growth {growth}", table[mine], capsys)
    called = int(table.loc[mine, "called"].sum())
    assert called / mine.sum() >= {0.3: 0.0, 0.5: 0.5, 0.8: 0.75}[strength]
    assert at_most(int(table.loc[~mine, "called"].sum()), int((~mine).sum()), 0.05)
