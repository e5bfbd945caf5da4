from dataclasses import replace

import numpy as np
import pandas as pd

from kznet.simulate import PARTS, WORLDS
from kznet.simulate.clock import DAY, HOUR
from kznet.simulate.generator import planted
from kznet.simulate.scene import Scene


def accounts(scene: Scene, label: str, kind: str) -> np.ndarray:
    rows = scene.truth[(scene.truth["label"] == label) & (scene.truth["kind"] == kind)]
    return rows["account"].to_numpy()


def of_posts_by(scene: Scene, account: int) -> pd.DataFrame:
    """Reposts of one source with how long after its post they came."""
    posts = scene.posts_of(account).set_index("post")["time"]
    rows = scene.reposts[scene.reposts["post"].isin(posts.index)]
    return rows.assign(posted=rows["post"].map(posts), after=rows["time"] - rows["post"].map(posts))


def test_every_named_class_on_reposts_is_in_every_named_world_and_often_in_the_default_one() -> (
    None
):
    for world in WORLDS.values():
        assert set(WORLDS["default"].parts) <= set(world.parts) <= set(PARTS)
    counts = WORLDS["default"].parts
    assert min(counts.values()) >= 2
    assert counts["newsroom"] * 5 >= 3


def test_a_ministry_in_a_crisis_posts_much_on_three_days_and_everyone_joins(scene: Scene) -> None:
    (ministry,) = accounts(scene, "negative", "crisis_ministry")
    posts = scene.posts_of(ministry)
    day = (posts["time"] - scene.clock.start) // DAY
    busy = day.value_counts().nlargest(3).index
    rows = of_posts_by(scene, ministry)
    hot = ((rows["posted"] - scene.clock.start) // DAY).isin(busy)
    rate = rows.groupby(hot)["post"].agg(lambda part: len(part) / part.nunique())
    assert scene.people["type"].iloc[ministry] == "ministry"
    assert busy.max() - busy.min() <= 3
    assert rate[True] > 2 * rate[False]
    assert set(scene.people["camp"].iloc[rows["account"][hot]]) == {0, 1, 2}


def test_outlets_break_news_within_minutes_and_readers_repost_several_in_one_sitting(
    scene: Scene,
) -> None:
    outlets = accounts(scene, "negative", "newsroom")
    times = np.sort(scene.posts_of(*outlets)["time"])
    spans = times[len(outlets) - 1 :] - times[: 1 - len(outlets)]
    rows = pd.concat([of_posts_by(scene, outlet) for outlet in outlets]).sort_values(
        ["account", "time"]
    )
    same_reader = rows["account"].diff() == 0
    assert len(outlets) == 5
    assert (spans < 30 * 60).sum() >= 4
    assert (same_reader & (rows["time"].diff() < 5 * 60)).sum() > 40


def test_fans_are_sixty_loyal_followers_who_are_quick(scene: Scene) -> None:
    (hub,) = accounts(scene, "negative", "fans")
    of_hub = scene.truth["hub"].eq(hub).fillna(value=False).to_numpy(dtype=bool)
    fans = scene.truth["account"][of_hub].to_numpy()
    rows = of_posts_by(scene, hub)
    loyal = rows["account"].isin(fans)
    assert len(fans) == 60
    assert scene.followers(hub)[fans].all()
    assert rows["account"][loyal].value_counts().median() > 0.25 * len(scene.posts_of(hub))
    assert rows["after"][loyal].median() < 0.6 * rows["after"][~loyal].median()


def test_every_second_fan_community_is_notified_within_minutes() -> None:
    scene = planted(replace(WORLDS["small"], parts={"fans": 2}), seed=3)
    hubs = accounts(scene, "negative", "fans")
    median = [of_posts_by(scene, hub)["after"].median() for hub in hubs]
    assert scene.truth["variant"].iloc[[0, -1]].tolist() == ["loyal", "notified"]
    assert median[1] < 8 * 60


def test_a_declared_aggregator_reposts_many_others_within_three_minutes(scene: Scene) -> None:
    (account,) = accounts(scene, "negative", "aggregator")
    rows = scene.reposts[scene.reposts["account"] == account]
    posted = rows["post"].map(scene.posts.set_index("post")["time"])
    assert len(rows) >= 20
    assert (rows["time"] - posted).median() < 180
    assert pd.Series(scene.authors(rows["post"])).nunique() > 3


def test_scheduled_posters_repost_on_the_full_hour_only(scene: Scene) -> None:
    members = accounts(scene, "bystander", "scheduled")
    rows = scene.reposts[scene.reposts["account"].isin(members)]
    posted = rows["post"].map(scene.posts.set_index("post")["time"])
    assert len(members) == 12
    assert (rows["time"] % HOUR < 120).all()
    assert (rows["time"] > posted).all()
    assert rows["account"].value_counts().min() >= 8


def test_a_source_with_few_posts_has_one_to_four(scene: Scene) -> None:
    (account,) = accounts(scene, "negative", "few_posts")
    assert 1 <= len(scene.posts_of(account)) <= 4


def test_every_part_says_in_one_line_what_it_is() -> None:
    for part in PARTS.values():
        assert (part.__doc__ or "").partition("\n")[0].endswith(".")
