"""Where nothing is planted, p must be small no more often than it says; on fixed seeds."""

import pandas as pd
import pytest
from scipy.stats import binomtest

from kznet.evaluation.figures.innocent import ALL, ORDINARY, calibration
from kznet.evaluation.judged import judged
from kznet.evaluation.labels import DISCLOSED, MECHANISMS
from kznet.evaluation.plan import WITHOUT_PLANTS, Plan, tasks
from kznet.parallel import spread

SURE = 1e-4


@pytest.fixture(scope="module")
def without_plants() -> pd.DataFrame:
    generators = ("latency", "sessions")
    plan = Plan(generators=generators, seeds=(40, 41, 42), nulls=3)
    bare = [task for task in tasks(plan) if task.variant == WITHOUT_PLANTS]
    assert len(bare) == 6
    return calibration(pd.concat([found.calls for found in spread(judged, bare)]))


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_p_keeps_its_level_for_every_class_of_innocent_accounts(
    mechanism: str, without_plants: pd.DataFrame
):
    mine = without_plants[without_plants["mechanism"] == mechanism]
    mine = mine[mine["group"] != DISCLOSED]
    assert {ALL, ORDINARY} <= set(mine["group"]) or mechanism == "pseudo_official"
    assert mine["tests"].max() >= (6 if mechanism == "pseudo_official" else 50)
    for row in mine.itertuples():
        found = binomtest(row.rejected, row.tests, row.alpha, alternative="greater")
        assert found.pvalue >= SURE, f"{row.generator} {row.group} α={row.alpha}: {row.rejected}"


@pytest.mark.slow
def test_bodies_reposted_by_their_own_staff_stand_apart(without_plants: pd.DataFrame):
    assert DISCLOSED in set(without_plants["group"])
