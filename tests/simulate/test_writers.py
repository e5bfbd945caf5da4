"""Innocent sources whose topics look striking, in both generators."""

import numpy as np
import pandas as pd

from kznet.simulate import CATEGORIES, SELF_INTEREST
from kznet.simulate.clock import DAY
from kznet.simulate.scene import Scene


def row(scene: Scene, kind: str) -> pd.Series:
    return scene.truth[(scene.truth["label"] == "negative") & (scene.truth["kind"] == kind)].iloc[0]


def written(scene: Scene, kind: str) -> pd.DataFrame:
    """Posts of the one source of a class: burning, sells, and whether after its turn."""
    found = row(scene, kind)
    posts = scene.posts_of(found["account"]).merge(scene.topics, on="post")
    category = posts["topic"].map(CATEGORIES)
    onset = found["onset"] if pd.notna(found["onset"]) else scene.clock.start
    return posts.assign(
        burning=category == "burning",
        sells=category.isin(SELF_INTEREST),
        late=posts["time"] >= onset,
    )


def test_an_honest_shift_of_topics_turns_to_burning_ones_and_not_to_selling(
    either: Scene,
) -> None:
    share = written(either, "topic_shift").groupby("late")[["burning", "sells"]].mean()
    assert share["burning"][True] - share["burning"][False] > 0.4
    assert share["sells"].max() < 0.15


def test_an_honest_turn_sells_after_and_has_no_bait_before(either: Scene) -> None:
    share = written(either, "honest_turn").groupby("late")[["burning", "sells"]].mean()
    assert share["sells"][True] - share["sells"][False] > 0.3
    assert share["burning"][False] < 0.6
    assert row(either, "honest_turn")["strength"] == 0.5


def test_a_campaign_seller_sells_on_a_few_days(either: Scene) -> None:
    posts = written(either, "campaign_seller")
    day = (posts["time"] - either.clock.start) // DAY
    sold = posts["sells"].groupby(day).sum()
    assert posts["sells"].sum() >= 3
    assert np.sort(sold)[::-1][:14].sum() >= 0.8 * sold.sum()
    assert posts["sells"].mean() < 0.35


def test_a_steady_seller_sells_in_both_halves(either: Scene) -> None:
    posts = written(either, "steady_seller").sort_values("time")
    half = np.arange(len(posts)) < len(posts) / 2
    share = posts["sells"].groupby(half).mean()
    assert share.between(0.08, 0.6).all()


def test_a_local_reporter_writes_on_burning_topics_only(either: Scene) -> None:
    posts = written(either, "local_reporter")
    assert posts.loc[~posts["sells"], "burning"].all()
    assert posts["sells"].any()


def test_these_sources_have_enough_posts_to_be_judged(either: Scene) -> None:
    for kind in ("topic_shift", "honest_turn", "campaign_seller", "steady_seller"):
        assert len(written(either, kind)) >= 40
