"""The same tables, whether everything is computed here or the heavy part on Spark."""

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from kznet.analysis import TABLES, Analysis, analyze

if TYPE_CHECKING:
    from kznet.engines.spark.world import World


@pytest.fixture(scope="module")
def with_spark(small_world: "World") -> Analysis:
    from kznet.cluster import here
    from kznet.engines.spark import Cluster

    there = here(Cluster(small_world))
    return analyze(there.data, there=there)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_the_same_as_without_a_cluster(
    name: str, small_analysis: Analysis, with_spark: Analysis
) -> None:
    here, there = getattr(small_analysis, name), getattr(with_spark, name)
    pd.testing.assert_frame_equal(here, there, rtol=1e-6)
    assert len(here)


@pytest.mark.parametrize("name", ["accounts", "ties", "posts"])
def test_the_dataset_comes_back_as_it_went(
    name: str, small_analysis: Analysis, with_spark: Analysis
) -> None:
    here, there = (getattr(each.dataset, name) for each in (small_analysis, with_spark))
    same = [column for column in here if column != "resolution"]  # filled in on reading
    pd.testing.assert_frame_equal(here[same], there[same])


def test_what_the_steps_say_of_themselves_is_the_same(
    small_analysis: Analysis, with_spark: Analysis
) -> None:
    for step in ("pairs", "hubs", "communities", "centrality"):
        assert with_spark.facts[step] == small_analysis.facts[step]
    assert with_spark.facts["cluster"]["ties"] == len(small_analysis.dataset.ties)
