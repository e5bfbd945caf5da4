"""M3: where the claim stands, and what the page writes about."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from kznet.simulate import WORLDS, Claims, Simulation, simulate
from kznet.simulate.cast import TYPES

CLAIM = r"ресми|официальн|официально|әкімд|акимат|министр|пресс-служба|official|resmi|akimat|gov_kz"


def posing(kind: str, generator: str = "latency") -> Simulation:
    world = replace(
        WORLDS["compact"], parts={"m3": 4}, claims=Claims(kind=(kind,)), generator=generator
    )
    return simulate(seed=4, world=world)


def plants(made: Simulation) -> pd.DataFrame:
    listed = made.truth["account"][made.truth["label"] == "plant"]
    return made.dataset.accounts.set_index("account").loc[listed]


@pytest.mark.parametrize("kind", ["name", "handle", "bio"])
def test_the_claim_stands_where_the_truth_says(kind: str) -> None:
    found = plants(posing(kind))
    assert found[kind].str.lower().str.contains(CLAIM).all()


def test_a_claim_in_the_bio_leaves_name_and_handle_of_others_plain() -> None:
    found = plants(posing("bio"))
    other = found[found["role"] != "government"]
    assert len(other)
    assert not other["name"].str.lower().str.contains(CLAIM).any()
    assert not other["handle"].str.contains(CLAIM).any()


@pytest.mark.parametrize("generator", ["latency", "sessions"])
def test_sources_that_pose_write_on_what_bodies_write_on(generator: str) -> None:
    made = posing("name", generator)
    posts = made.dataset.posts
    official = posts[posts["account"].isin(made.registry["account"])]["topic"].value_counts()
    subjects = official.index[official > 0.08 * official.sum()]
    mine = posts[posts["account"].isin(plants(made).index)]
    assert mine["topic"].isin(subjects).mean() > 0.5


@pytest.mark.parametrize("generator", ["latency", "sessions"])
def test_sources_that_pose_spread_over_roles_and_camps(generator: str) -> None:
    world = replace(WORLDS["compact"], parts={"m3": 8}, generator=generator)
    found = plants(simulate(seed=4, world=world))
    assert set(found["role"]) == {kind.role for kind in TYPES.values()}
    assert set(found["camp"].fillna("none")) == {"none", "pro-government", "opposition"}


def test_handles_keep_to_plain_letters() -> None:
    handles = plants(posing("handle"))["handle"]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", handle) for handle in handles)
