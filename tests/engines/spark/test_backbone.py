"""Where there are more ties than the driver holds: who may be named, and the ties among them."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from kznet.analysis import Analysis, analyze
from kznet.report.folder import write_case

if TYPE_CHECKING:
    from kznet.engines.spark.world import World

MOST_TIES = 9_000


@pytest.fixture(scope="module")
def part(small_world: "World") -> Analysis:
    from kznet.cluster import here
    from kznet.engines.spark import Cluster

    there = here(Cluster(small_world), most_ties=MOST_TIES, most_accounts=100)
    return analyze(there.data, there=there)


def test_the_case_holds_the_named_accounts_and_says_so(
    small_analysis: Analysis, part: Analysis
) -> None:
    assert len(part.dataset.ties) <= MOST_TIES < len(small_analysis.dataset.ties)
    whole = small_analysis.dataset
    named = whole.accounts["account"][whole.public]
    assert set(named) <= set(part.dataset.accounts["account"])
    assert "the case holds" in " ".join(part.warnings)
    assert part.facts["cluster"]["partial"]


def test_positions_are_those_in_the_whole_network(small_analysis: Analysis, part: Analysis) -> None:
    columns = ["follow_in_degree", "repost_in_strength", "all_pagerank"]
    whole = small_analysis.centrality.set_index("account")[columns]
    mine = part.centrality.set_index("account")[columns]
    pd.testing.assert_frame_equal(mine, whole.loc[mine.index], rtol=1e-6)


def test_every_source_is_tested_as_in_the_whole(small_analysis: Analysis, part: Analysis) -> None:
    def tested(found: Analysis) -> pd.Series:
        rows = found.tests[found.tests["mechanism"] == "amplification"]
        return rows.set_index("account")["p"].dropna()

    pd.testing.assert_series_equal(tested(part), tested(small_analysis), rtol=0.5)
    called = small_analysis.hubs[small_analysis.hubs["status"] == "hub"]
    again = part.hubs.set_index("account").loc[called["account"]]
    mine = called["mechanism"].str.contains("amplification").to_numpy()
    assert (again["status"][mine] == "hub").all()
    assert mine.any()


def test_pairs_keep_the_p_that_they_have_among_all(
    small_analysis: Analysis, part: Analysis
) -> None:
    ends = ["source", "target"]
    both = part.pairs.merge(small_analysis.pairs, on=ends, suffixes=("", "_whole"))
    assert 0 < len(both) == len(part.pairs) < len(small_analysis.pairs)
    np.testing.assert_allclose(both[["p", "q"]], both[["p_whole", "q_whole"]], rtol=1e-9)


def test_reach_is_that_of_the_whole(small_analysis: Analysis, part: Analysis) -> None:
    both = part.hubs.merge(small_analysis.hubs, on="account", suffixes=("", "_whole"))
    assert len(both) > 10
    np.testing.assert_allclose(both["exposure"], both["exposure_whole"], rtol=1e-9)
    np.testing.assert_allclose(both["exposure_low"], both["exposure_low_whole"], atol=0.02)


def test_the_case_is_a_case_like_any_other(part: Analysis, tmp_path: Path) -> None:
    write_case(part, tmp_path / "case", names="all")
    assert (tmp_path / "case" / "index.html").exists()
    assert "the case holds" in (tmp_path / "case" / "manifest.json").read_text("utf-8")
