from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.simulate import WORLDS, Crews
from kznet.simulate.cast import TYPES
from kznet.simulate.generator import planted
from kznet.simulate.parts.m1 import grades
from kznet.simulate.scene import Scene


def with_crew(crews: Crews) -> Scene:
    return planted(replace(WORLDS["small"], parts={"m1": 1}, crews=crews), seed=5)


def crew(**grade: object) -> Crews:
    usual = {"size": 8, "participation": 0.8, "jitter": 60, "camouflage": 0.5, "kind": "fixed"}
    return Crews(**{name: (level,) for name, level in {**usual, **grade}.items()})  # type: ignore[arg-type]  # each level has its field's type


def members(scene: Scene) -> np.ndarray:
    return scene.truth["account"][scene.truth["label"] == "member"].to_numpy()


def hub(scene: Scene) -> int:
    return int(scene.truth["account"][scene.truth["label"] == "plant"].iloc[0])


def of_crew(scene: Scene) -> pd.DataFrame:
    """Crew reposts with the author of what was reposted."""
    rows = scene.reposts[scene.reposts["account"].isin(members(scene))]
    return rows.assign(author=scene.authors(rows["post"]))


@pytest.mark.parametrize("jitter", [15, 60, 300])
def test_crew_gaps_are_as_planted(jitter: int) -> None:
    scene = with_crew(crew(jitter=jitter, size=16))
    rows = of_crew(scene)
    together = rows[rows["author"] == hub(scene)].groupby("post")["time"]
    assert 0.7 * jitter < together.std().mean() < 1.3 * jitter


def test_crews_start_some_twenty_minutes_after_the_post() -> None:
    scene = with_crew(crew())
    rows = of_crew(scene)
    first = rows[rows["author"] == hub(scene)].groupby("post")["time"].min()
    after = first - scene.posts.set_index("post")["time"].reindex(first.index)
    assert 12 * 60 < after.median() < 35 * 60


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_camouflage_is_the_share_of_ordinary_reposts_of_others(share: float) -> None:
    scene = with_crew(crew(camouflage=share))
    assert abs((of_crew(scene)["author"] != hub(scene)).mean() - share) < 0.05


@pytest.mark.parametrize("participation", [0.4, 0.8])
def test_members_join_as_often_as_planted(participation: float) -> None:
    scene = with_crew(crew(participation=participation, size=16))
    rows = of_crew(scene)
    joined = (rows["author"] == hub(scene)).sum()
    chances = len(members(scene)) * len(scene.posts_of(hub(scene)))
    assert abs(joined / chances - participation) < 0.1


def test_of_a_rotating_crew_six_join_each_post_and_all_in_the_end() -> None:
    scene = with_crew(crew(kind="rotating", camouflage=0.0))
    rows = of_crew(scene)
    assert rows.groupby("post").size().eq(6).all()
    assert rows["account"].nunique() == len(members(scene)) == 32


def test_a_crew_inside_a_fan_base_is_a_part_of_its_loyal_followers() -> None:
    scene = with_crew(crew(kind="in_fans"))
    fans = scene.truth["account"][scene.truth["label"] == "bystander"].to_numpy()
    assert len(fans) + len(members(scene)) == 60
    assert scene.followers(hub(scene))[fans].all()
    assert scene.followers(hub(scene))[members(scene)].all()


def test_one_crew_serves_three_hubs_and_the_truth_names_it_for_each() -> None:
    scene = with_crew(crew(kind="three_hubs", camouflage=0.0))
    hubs = scene.truth["account"][scene.truth["label"] == "plant"].to_numpy()
    crews = scene.truth[scene.truth["label"] == "member"].groupby("hub")["account"]
    assert len(hubs) == 3
    assert set(crews.groups) == set(hubs)
    assert len(set(crews.agg(frozenset))) == 1
    assert set(of_crew(scene)["author"]) == set(hubs)


def test_crews_of_the_full_worlds_reach_from_four_to_64_and_to_an_hour() -> None:
    crews = WORLDS["full"].crews
    assert (min(crews.size), max(crews.size)) == (4, 64)
    assert (min(crews.jitter), max(crews.jitter)) == (15, 3_600)
    assert {"rotating", "in_fans", "three_hubs"} < set(crews.kind)


def test_planted_hubs_can_be_tested(scene: Scene) -> None:
    for account in scene.truth["account"][scene.truth["label"] == "plant"]:
        posts = scene.posts_of(account)
        assert len(posts) >= 15
        assert scene.reposts["post"].isin(posts["post"]).sum() >= 6 * len(posts)


def test_crews_differ_from_other_amplifiers_in_nothing_but_their_reposts(scene: Scene) -> None:
    alone = planted(replace(scene.world, parts={}), seed=scene.seed)
    columns = alone.people.columns
    assert (scene.people["type"].iloc[members(scene)] == "amplifier").all()
    pd.testing.assert_frame_equal(scene.people[columns], alone.people)


def test_no_account_serves_two_crews(scene: Scene) -> None:
    assert len(set(members(scene))) == len(members(scene))


def test_grades_are_dealt_out_evenly_and_differ_between_seeds() -> None:
    dealt = grades(Crews(kind=("fixed",)), 24, seed=1)
    sizes = [grade.size for grade in dealt]
    assert {size: sizes.count(size) for size in set(sizes)} == {4: 6, 8: 6, 16: 6, 32: 6}
    assert dealt == grades(Crews(kind=("fixed",)), 24, seed=1)
    assert dealt != grades(Crews(kind=("fixed",)), 24, seed=2)


def test_hubs_spread_over_all_roles_and_camps() -> None:
    scene = planted(WORLDS["demo"], seed=1)
    found = scene.people.iloc[scene.truth["account"][scene.truth["label"] == "plant"]]
    roles = {TYPES[kind].role for kind in found["type"]}
    assert roles == {kind.role for kind in TYPES.values()}
    assert set(found["camp"]) == {0, 1, 2}
