import numpy as np
import pandas as pd

from kznet.simulate.cast import political
from kznet.simulate.clock import asleep
from kznet.simulate.scene import Scene


def latency(scene: Scene) -> np.ndarray:
    posted = scene.posts.set_index("post")["time"]
    return (scene.reposts["time"] - scene.reposts["post"].map(posted)).to_numpy()


def test_reposts_come_after_their_post_and_in_the_median_about_forty_minutes_later(
    organic: Scene,
) -> None:
    found = latency(organic)
    assert found.min() >= 1
    assert 30 * 60 < np.median(found) < 55 * 60


def test_nobody_reposts_asleep(organic: Scene) -> None:
    habits = organic.people.iloc[organic.reposts["account"]]
    times = organic.reposts["time"].to_numpy()
    wake, sleep = habits["wake"].to_numpy(), habits["sleep"].to_numpy()
    assert not asleep(organic.clock, times, wake, sleep).any()


def test_nobody_reposts_an_own_post_or_one_post_twice(organic: Scene) -> None:
    assert (organic.authors(organic.reposts["post"]) != organic.reposts["account"]).all()
    assert not organic.reposts.duplicated(["account", "post"]).any()


def test_most_reposts_come_from_followers_and_some_from_others(organic: Scene) -> None:
    follows = pd.MultiIndex.from_frame(organic.follows)
    author = organic.authors(organic.reposts["post"])
    pairs = pd.MultiIndex.from_arrays([organic.reposts["account"], author])
    assert 0.55 < pairs.isin(follows).mean() < 0.85


def test_a_post_gets_about_as_many_reposts_as_asked(organic: Scene) -> None:
    mean = len(organic.reposts) / len(organic.posts)
    assert 0.5 * organic.world.reposts < mean < 1.5 * organic.world.reposts


def test_follows_prefer_the_own_camp_and_a_tenth_is_mutual(organic: Scene) -> None:
    camp = organic.people["camp"].to_numpy()
    ties = organic.follows
    same = camp[ties["source"]] == camp[ties["target"]]
    by_chance = (np.bincount(camp) / len(camp)) @ (np.bincount(camp[ties["target"]]) / len(ties))
    there, back = pd.MultiIndex.from_frame(ties), pd.MultiIndex.from_frame(ties.iloc[:, ::-1])
    assert same.mean() > by_chance + 0.15
    assert abs(there.isin(back).mean() - 0.1) < 0.04
    assert not (ties["source"] == ties["target"]).any()
    assert not ties.duplicated().any()


def test_people_without_a_camp_follow_no_politics(organic: Scene) -> None:
    private = (organic.people["type"] == "amplifier") & (organic.people["camp"] == 0)
    ties = organic.follows[organic.follows["source"].isin(np.flatnonzero(private))]
    returned = organic.follows["target"].isin(np.flatnonzero(private))
    back = organic.follows.loc[returned, ["target", "source"]]
    asked = set(back.itertuples(index=False, name=None))
    of_politics = ties[political(organic.people["type"].iloc[ties["target"]])]
    assert set(of_politics.itertuples(index=False, name=None)) <= asked


def test_survey_figures_set_the_shares_of_amplifiers(organic: Scene) -> None:
    camps = organic.people.loc[organic.people["type"] == "amplifier", "camp"]
    assert 0.25 < (camps > 0).mean() < 0.6
    assert 0.65 < (camps[camps > 0] == 1).mean() < 0.98
