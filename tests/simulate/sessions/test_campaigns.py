"""Crews that work off tasks: as tight, as large and as well hidden as the truth states."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.simulate import WORLDS, Crews
from kznet.simulate.scene import Scene
from kznet.simulate.sessions import sessions


def with_crew(**grade: object) -> Scene:
    usual = {"size": 8, "participation": 0.8, "jitter": 60, "camouflage": 0.5, "kind": "fixed"}
    crews = Crews(**{name: (level,) for name, level in {**usual, **grade}.items()})  # type: ignore[arg-type]  # each level has its field's type
    world = replace(WORLDS["small"], parts={"m1": 1}, crews=crews, generator="sessions")
    return sessions(world, seed=5)


def hubs(scene: Scene) -> np.ndarray:
    return scene.truth["account"][scene.truth["label"] == "plant"].to_numpy()


def of_crew(scene: Scene) -> pd.DataFrame:
    members = scene.truth["account"][scene.truth["label"] == "member"]
    rows = scene.reposts[scene.reposts["account"].isin(members)]
    return rows.assign(author=scene.authors(rows["post"]))


@pytest.mark.parametrize("jitter", [60, 300, 1_200])
def test_the_spread_of_a_crew_grows_with_its_jitter(jitter: int) -> None:
    scene = with_crew(jitter=jitter, size=16)
    rows = of_crew(scene)
    together = rows[np.isin(rows["author"], hubs(scene))].groupby("post")["time"].std()
    # Uniform between 0 and twice the jitter, and some seconds for each post of a task.
    assert 0.45 * jitter < together.median() < 0.75 * jitter + 30


@pytest.mark.parametrize("participation", [0.4, 0.8])
def test_members_join_as_often_as_planted(participation: float) -> None:
    scene = with_crew(participation=participation, size=16)
    rows = of_crew(scene)
    joined = np.isin(rows["author"], hubs(scene)).sum()
    assert abs(joined / (16 * len(scene.posts_of(*hubs(scene)))) - participation) < 0.12


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_camouflage_is_the_share_of_ordinary_reposts_of_others(share: float) -> None:
    scene = with_crew(camouflage=share)
    others = ~np.isin(of_crew(scene)["author"], hubs(scene))
    assert abs(others.mean() - share) < 0.07


def test_of_a_rotating_crew_six_work_off_each_task() -> None:
    scene = with_crew(kind="rotating", camouflage=0.0)
    rows = of_crew(scene)
    assert rows.groupby("post").size().eq(6).all()


def test_one_crew_serves_three_hubs() -> None:
    scene = with_crew(kind="three_hubs", camouflage=0.0)
    assert len(hubs(scene)) == 3
    assert set(of_crew(scene)["author"]) == set(hubs(scene))
