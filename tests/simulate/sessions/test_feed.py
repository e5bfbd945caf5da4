"""What readers of feeds do, and how it differs from the first generator."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.simulate import WORLDS
from kznet.simulate.cast import political
from kznet.simulate.clock import HOUR
from kznet.simulate.scene import Scene
from kznet.simulate.sessions import sessions


@pytest.fixture(scope="module")
def plain() -> Scene:
    """Nobody planted anything here."""
    return sessions(replace(WORLDS["small"], parts={}, generator="sessions"), seed=3)


def test_reposts_come_after_their_post_and_never_from_the_author(plain: Scene) -> None:
    posted = plain.posts.set_index("post")["time"]
    assert (plain.reposts["time"] > plain.reposts["post"].map(posted)).all()
    assert (plain.authors(plain.reposts["post"]) != plain.reposts["account"]).all()
    assert not plain.reposts.duplicated(["account", "post"]).any()


def test_a_post_gets_about_as_many_reposts_as_asked(plain: Scene) -> None:
    mean = len(plain.reposts) / len(plain.posts)
    assert 0.5 * plain.world.reposts < mean < 1.5 * plain.world.reposts


def test_readers_pass_on_several_posts_in_one_sitting(plain: Scene, organic: Scene) -> None:
    close = []
    for scene in (plain, organic):
        rows = scene.reposts.sort_values(["account", "time"])
        gap = rows.groupby("account")["time"].diff().dropna()
        close.append((gap < 300).mean())
    assert close[0] > 3 * close[1]


def test_nights_are_quiet(plain: Scene) -> None:
    hour = plain.clock.of_day(plain.reposts["time"].to_numpy()) / HOUR
    assert np.mean((hour >= 2) & (hour < 5)) < 0.02


def test_most_reposts_come_from_followers_and_some_from_others(plain: Scene) -> None:
    follows = pd.MultiIndex.from_frame(plain.follows)
    author = plain.authors(plain.reposts["post"])
    pairs = pd.MultiIndex.from_arrays([plain.reposts["account"], author])
    assert 0.5 < pairs.isin(follows).mean() < 0.9


def test_people_follow_what_is_near_in_town_and_opinion(plain: Scene) -> None:
    people, ties = plain.people, plain.follows
    source, target = (ties[name].to_numpy() for name in ("source", "target"))
    lean, town = people["lean"].to_numpy(), people["town"].to_numpy()
    to_source = (people["type"] != "amplifier").to_numpy()[target]
    distance = np.abs(lean[source] - lean[target])[to_source].mean()
    shuffled = np.abs(np.random.default_rng(1).permutation(lean[source]) - lean[target])
    local = to_source & (town[target] >= 0)
    assert distance < 0.9 * shuffled[to_source].mean()
    assert (town[source] == town[target])[local].mean() > 0.2
    assert not ties.duplicated().any()


def test_people_without_a_camp_follow_no_politics(plain: Scene) -> None:
    private = ((plain.people["type"] == "amplifier") & (plain.people["camp"] == 0)).to_numpy()
    targets = plain.follows["target"][private[plain.follows["source"]]]
    assert not political(plain.people["type"].iloc[targets]).any()


def test_camps_of_sources_are_as_exact_as_their_number_allows() -> None:
    world = replace(WORLDS["small"], parts={}, sources={"politician": 10}, generator="sessions")
    camps = sessions(world, seed=1).people.iloc[:10]["camp"]
    assert camps.value_counts().to_dict() == {1: 7, 2: 3}


def test_newsrooms_keep_their_slots_and_rest_at_the_weekend(plain: Scene) -> None:
    time = plain.posts["time"].to_numpy()
    weekday = ((time + plain.clock.offset(time)) // 86_400 + 3) % 7
    weekend = np.mean(weekday >= 5)
    assert weekend < 0.24
    assert (plain.clock.of_day(time) >= 6 * HOUR).mean() > 0.97
