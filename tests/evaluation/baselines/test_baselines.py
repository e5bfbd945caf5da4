import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from kznet.dataset import Dataset
from kznet.errors import UnknownNameError
from kznet.evaluation.baselines import BASELINES
from kznet.evaluation.baselines.cosine import centrality
from kznet.mechanisms.amplification import prepare
from kznet.simulate import Simulation, simulate, world
from kznet.simulate.grades import Crews

START = pd.Timestamp("2024-03-04 06:00", tz="UTC")
WORLD = replace(
    world("small"),
    crews=Crews(size=(32,), participation=(0.8,), jitter=(15,), camouflage=(0.0,), kind=("fixed",)),
)
NAMES = (
    "popularity",
    "percentile_window",
    "cosine",
    "hypergeometric",
    "permutation",
    "rank_blocks",
)


def source(reposts: list[tuple[str, int, float]], *, name: str = "h", posts: int = 12) -> Dataset:
    """A source with a post every 25.5 h; reposts are (account, number of the post, seconds after).

    The minute of the hour changes, so that no account seems to repost by the clock.
    """
    when = {f"{name}{k:02d}": START + k * pd.Timedelta("1530min") for k in range(posts)}
    when = {post: time + pd.Timedelta(minutes=7 * k) for k, (post, time) in enumerate(when.items())}
    ties = pd.DataFrame(reposts, columns=["source", "number", "after"])
    ties["post"] = [f"{name}{k:02d}" for k in ties.pop("number")]
    after = pd.to_timedelta(ties.pop("after"), unit="s")
    ties = ties.assign(target=name, kind="repost", time=ties["post"].map(when) + after)
    table = pd.DataFrame({"post": list(when), "account": name, "time": list(when.values())})
    return Dataset(ties=ties, posts=table)


def judged(name: str, data: Dataset) -> pd.DataFrame:
    ids = pd.Index(data.accounts["account"])
    return BASELINES[name](prepare(data), accounts=ids).set_index("account")


def passers(count: int, *, posts: int = 12) -> list[tuple[str, int, float]]:
    """So many others on each post, each only once anywhere, an hour and more apart."""
    return [(f"x{k:02d}{i}", k, 3_600.0 * (i + 2)) for k in range(posts) for i in range(count)]


def crew(size: int, *, posts: int = 12, at: float = 600.0) -> list[tuple[str, int, float]]:
    return [(f"c{i}", k, at + i) for k in range(posts) for i in range(size)]


def test_the_six_are_known_by_name_and_a_misspelt_one_is_suggested():
    assert tuple(BASELINES) == NAMES
    with pytest.raises(UnknownNameError, match=r"unknown baseline 'cosin'\. Did you mean 'cosine'"):
        BASELINES["cosin"]


@pytest.mark.parametrize("name", NAMES)
def test_only_sources_with_data_enough_are_judged(name: str):
    assert list(judged(name, source(crew(3)))["score"].index) == ["h"]
    for few in (source(crew(2)), source(crew(4, posts=4), posts=4), Dataset()):
        table = BASELINES[name](prepare(few), accounts=pd.Index(few.accounts["account"]))
        assert list(table.columns) == ["account", "score", "p"]
        assert len(table) == 0


@pytest.fixture(scope="module")
def small() -> Simulation:
    return simulate(world=WORLD, seed=3)


@pytest.fixture(scope="module")
def shuffled(small: Simulation) -> Dataset:
    found, rng = small.dataset, np.random.default_rng(0)
    accounts = found.accounts.assign(role=rng.permutation(found.accounts["role"]))
    ties = found.ties.sample(frac=1, random_state=1)
    return Dataset(accounts, ties, found.posts.sample(frac=1, random_state=2))


@pytest.mark.parametrize("name", NAMES)
def test_neither_the_order_of_rows_nor_roles_change_anything(
    name: str, small: Simulation, shuffled: Dataset
):
    pd.testing.assert_frame_equal(judged(name, small.dataset), judged(name, shuffled))


def test_popularity_is_the_number_of_reposts():
    assert judged("popularity", source(crew(3) + passers(2)))["score"].tolist() == [60]


def test_the_window_of_the_data_names_pairs_that_come_again():
    # more than half of 4 reposts have come with the third, an hour and 20 min after the first:
    # the window is that long, and only the crew of 2 comes again on another post
    score = judged("percentile_window", source(crew(2) + passers(2)))["score"]
    assert score.tolist() == [pytest.approx(1 / 2)]


def test_without_coincidences_the_window_names_nobody():
    assert judged("percentile_window", source(passers(4)))["score"].tolist() == [0]


def test_cosine_names_the_accounts_that_repost_the_same_posts():
    score = judged("cosine", source(crew(3) + passers(3)))["score"]
    assert score.tolist() == [pytest.approx(1 / 2)]


def test_centrality_is_the_leading_eigenvector_of_all_cosine_similarities():
    incidence = np.random.default_rng(0).random((12, 30)) < 0.3
    account, post = np.nonzero(incidence)
    vectors = TfidfTransformer().fit_transform(incidence.astype(float)).toarray()
    wanted = np.abs(np.linalg.eigh(vectors @ vectors.T)[1][:, -1])
    assert np.allclose(centrality(account, post), wanted)


def test_hypergeometric_links_the_pair_that_chose_the_same_posts():
    # 2 accounts on the same 5 of 20 posts: p = 1 / C(20, 5); each other couple shares one post
    pair = [(who, k, 600.0) for who in ("a", "b") for k in range(5)]
    data = source(pair + passers(4, posts=20), posts=20)
    assert judged("hypergeometric", data)["score"].tolist() == [pytest.approx(10 / 90)]
    assert 1 / math.comb(20, 5) < 0.05


def test_accounts_that_repost_everything_are_no_sign_to_the_hypergeometric_tail():
    assert judged("hypergeometric", source(crew(4)))["score"].tolist() == [0]


def test_permutation_finds_a_pair_that_meets_in_the_same_minute_of_every_post():
    # R = C(12, 2) = 66; the labels of the crew scatter over 6 reposts a post
    row = judged("permutation", source(crew(2) + passers(4))).loc["h"]
    assert row["p"] == pytest.approx(1 / 200)
    assert row["score"] == pytest.approx(math.log10(200), abs=0.001)


def test_bins_lose_a_pair_across_their_border():
    split = [(who, k, 599.0 + i) for k in range(12) for i, who in enumerate("ab")]
    row = judged("permutation", source(split + passers(4))).loc["h"]
    assert row["p"] == 1
    assert row["score"] == 0


def test_a_habit_of_being_first_convinces_permutation_but_not_rank_blocks():
    # 8 reposts a post: the two quick accounts fill the first of 4 blocks, so every draw is R
    data = source(crew(2) + passers(6))
    assert judged("permutation", data).loc["h", "p"] == pytest.approx(1 / 200)
    row = judged("rank_blocks", data).loc["h"]
    assert row["p"] == 1
    assert -0.001 < row["score"] < -0.0009


def test_rank_blocks_finds_tight_crews_in_a_small_world(small: Simulation):
    table = judged("rank_blocks", small.dataset)
    truth = small.truth
    planted = truth.loc[(truth["label"] == "plant") & (truth["kind"] == "m1"), "account"]
    assert len(planted) == 3
    assert (table.loc[planted, "p"] == 1 / 200).all()
    assert table.loc[planted, "score"].min() > table.drop(planted)["score"].quantile(0.9)
