"""M3: who of the confirmed bodies knows whom, at the strength the truth states."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kznet.simulate import WORLDS, Claims
from kznet.simulate.bodies import BODIES
from kznet.simulate.generator import GENERATORS
from kznet.simulate.scene import Scene


def posing(generator: str, **grade: float) -> Scene:
    claims = Claims(
        recognition=(grade.get("recognition", 0.0),), derivation=(grade.get("derivation", 0.0),)
    )
    parts = {"m3": 4, "unlisted_akimat": 2}
    world = replace(WORLDS["compact"], parts=parts, claims=claims, generator=generator)
    return GENERATORS[generator](world, seed=2)


def of_kind(scene: Scene, kind: str) -> np.ndarray:
    return scene.truth["account"][scene.truth["kind"] == kind].to_numpy()


def known_by(scene: Scene) -> np.ndarray:
    """For every account, how many confirmed bodies follow or repost it."""
    shared = scene.reposts.assign(target=scene.authors(scene.reposts["post"]))
    ties = pd.concat([scene.follows, shared.rename(columns={"account": "source"})])
    ties = ties[ties["source"].isin(scene.registry) & (ties["source"] != ties["target"])]
    pairs = ties[["source", "target"]].drop_duplicates()
    return np.bincount(pairs["target"], minlength=len(scene.people))


def derived(scene: Scene) -> np.ndarray:
    """For every account, how many links and reposts of confirmed bodies it has."""
    n = len(scene.people)
    linked = scene.links[scene.links["account"].isin(scene.registry)].merge(scene.posts, on="post")
    linked = linked[linked["author"] != linked["account"]]
    shared = np.isin(scene.authors(scene.reposts["post"]), scene.registry)
    return np.bincount(linked["author"], minlength=n) + np.bincount(
        scene.reposts["account"][shared], minlength=n
    )


@pytest.mark.parametrize("generator", ["latency", "sessions"])
def test_the_registry_holds_the_bodies_but_those_who_pose_and_those_nobody_listed(
    generator: str,
) -> None:
    scene = posing(generator)
    bodies = np.flatnonzero(scene.people["type"].isin(BODIES))
    apart = np.union1d(of_kind(scene, "m3"), of_kind(scene, "unlisted_akimat"))
    assert set(scene.registry) == set(bodies) - set(apart)
    assert len(scene.registry) >= 9


@pytest.mark.parametrize("generator", ["latency", "sessions"])
def test_confirmed_bodies_know_each_other_mostly(generator: str) -> None:
    scene = posing(generator)
    share = known_by(scene)[scene.registry] / (len(scene.registry) - 1)
    assert 0.4 < share.mean() < 0.75
    assert share.min() > 0


@pytest.mark.parametrize("generator", ["latency", "sessions"])
@pytest.mark.parametrize("recognition", [0.0, 0.5, 1.0])
def test_recognition_is_the_share_of_what_is_usual_between_bodies(
    generator: str, recognition: float
) -> None:
    full, scene = (posing(generator, recognition=level) for level in (1.0, recognition))
    usual, found = (known_by(made)[of_kind(made, "m3")].mean() for made in (full, scene))
    assert abs(found / usual - recognition) < 0.25
    assert found == 0 or recognition > 0


@pytest.mark.parametrize("generator", ["latency", "sessions"])
def test_who_derives_nothing_neither_links_nor_reposts_a_confirmed_body(generator: str) -> None:
    scene = posing(generator, recognition=0.5, derivation=0.0)
    assert derived(scene)[of_kind(scene, "m3")].max() == 0
    assert derived(scene)[scene.registry].min() > 3


@pytest.mark.parametrize("generator", ["latency", "sessions"])
def test_derivation_grows_with_its_grade(generator: str) -> None:
    made = [posing(generator, derivation=level) for level in (0.0, 0.25, 1.0)]
    none, some, usual = (derived(scene)[of_kind(scene, "m3")].mean() for scene in made)
    assert none < some < usual


@pytest.mark.parametrize("generator", ["latency", "sessions"])
def test_a_real_akimat_that_nobody_listed_is_known_and_cites_others(generator: str) -> None:
    scene = posing(generator)
    akimats = of_kind(scene, "unlisted_akimat")
    assert (scene.people["type"].iloc[akimats] == "akimat").all()
    assert known_by(scene)[akimats].min() >= 1
    assert derived(scene)[akimats].min() > 3


def test_only_bodies_and_those_who_pose_as_one_link_to_their_own_page(rich: Scene) -> None:
    links = rich.links.merge(rich.posts, on="post")
    own = links["author"][links["author"] == links["account"]]
    allowed = {*np.flatnonzero(rich.people["type"].isin(BODIES)), *of_kind(rich, "m3")}
    assert len(own)
    assert set(own) <= allowed
