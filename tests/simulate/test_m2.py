"""M2: shares before and after the turn, and growth, as the truth states them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.simulate import CATEGORIES, SELF_INTEREST, WORLDS, Turns
from kznet.simulate.cast import TYPES
from kznet.simulate.generator import GENERATORS
from kznet.simulate.scene import Scene

BOTH = pytest.mark.parametrize("generator", ["latency", "sessions"])


def turned(generator: str, *, number: int = 3, pace: float = 4.0, **grade: float) -> Scene:
    usual = {"strength": 0.5, "growth": 1.5, "bait": 0.8}
    turns = Turns(**{name: (level,) for name, level in {**usual, **grade}.items()})  # type: ignore[arg-type]  # each level has its field's type
    world = replace(
        WORLDS["compact"], parts={"m2": number}, turns=turns, generator=generator, pace=pace
    )
    return GENERATORS[generator](world, seed=2)


def plants(scene: Scene) -> pd.DataFrame:
    return scene.truth[scene.truth["label"] == "plant"]


def of_plants(scene: Scene) -> pd.DataFrame:
    """Posts of planted sources: category, whether after the turn, and reposts."""
    posts = scene.posts.merge(
        plants(scene)[["account", "onset"]], left_on="author", right_on="account"
    )
    topic = posts["post"].map(scene.topics.set_index("post")["topic"])
    got = scene.reposts.groupby("post").size()
    return posts.assign(
        category=topic.map(CATEGORIES),
        late=posts["time"] >= posts["onset"],
        done=(posts["time"] - scene.clock.start) / (posts["onset"] - scene.clock.start),
        reposts=posts["post"].map(got).fillna(0),
    )


@BOTH
@pytest.mark.parametrize("strength", [0.1, 0.5, 0.8])
def test_self_interest_after_the_turn_is_the_strength_and_hardly_any_before(
    generator: str, strength: float
) -> None:
    posts = of_plants(turned(generator, strength=strength))
    sells = posts["category"].isin(SELF_INTEREST).groupby(posts["late"]).mean()
    assert sells[False] < 0.07
    assert abs(sells[True] - strength) < 0.08


@BOTH
@pytest.mark.parametrize("bait", [0.8, 1.0])
def test_burning_topics_before_the_turn_are_the_bait(generator: str, bait: float) -> None:
    posts = of_plants(turned(generator, bait=bait))
    early = posts[~posts["late"] & ~posts["category"].isin(SELF_INTEREST)]
    assert abs((early["category"] == "burning").mean() - bait) < 0.06
    late = posts[posts["late"] & ~posts["category"].isin(SELF_INTEREST)]
    assert (late["category"] == "burning").mean() < bait


@BOTH
def test_reposts_grow_up_to_the_turn_and_stay(generator: str) -> None:
    posts = of_plants(turned(generator, growth=3.0, number=4))
    piece = pd.cut(posts["done"], [0, 0.25, 0.75, 1, np.inf], labels=["first", "mid", "last", "on"])
    total = posts.groupby(piece, observed=True)[["reposts", "virality"]].sum()
    rate = total["reposts"] / total["virality"]
    assert rate["first"] < rate["mid"] < rate["last"]
    assert rate[["last", "on"]].min() > 1.5 * rate["first"]


@BOTH
def test_the_turn_lies_between_a_third_and_three_quarters_of_the_span(generator: str) -> None:
    scene = turned(generator)
    share = (plants(scene)["onset"] - scene.clock.start) / (scene.clock.end - scene.clock.start)
    assert share.between(0.35, 0.75).all()


@BOTH
def test_selling_is_promotion_and_campaigning_is_the_own_brand_and_funds(generator: str) -> None:
    scene = turned(generator, number=2, strength=0.8)
    posts = of_plants(scene)
    variant = posts["author"].map(plants(scene).set_index("account")["variant"])
    share = (posts["category"] == "promotion")[posts["category"].isin(SELF_INTEREST)]
    by_variant = share.groupby(variant).mean()
    assert by_variant["selling"] > 0.5
    assert by_variant["campaigning"] < 0.25


@BOTH
def test_turns_spread_over_roles_and_camps(generator: str) -> None:
    scene = turned(generator, number=8, pace=2.0)
    found = scene.people.iloc[plants(scene)["account"]]
    roles = {TYPES[kind].role for kind in found["type"]}
    assert roles == {kind.role for kind in TYPES.values()}
    assert set(found["camp"]) == {0, 1, 2}
