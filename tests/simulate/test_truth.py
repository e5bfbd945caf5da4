"""The truth of worlds with content, of both generators, and what must not leak into the data."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kznet.errors import DataError, UnknownNameError
from kznet.simulate import PARTS, WORLDS, Simulation, simulate, write
from kznet.simulate.generator import GENERATORS
from kznet.simulate.scene import Scene
from kznet.simulate.tables import simulation

COMPACT = WORLDS["compact"]
PLANTS = {"m1", "m2", "m3"}
BOTH = pytest.mark.parametrize("generator", ["latency", "sessions"])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(made: Simulation, label: str) -> pd.DataFrame:
    return made.truth[made.truth["label"] == label]


def test_every_class_is_in_the_truth(told: Simulation) -> None:
    assert set(rows(told, "plant")["kind"]) == PLANTS
    assert set(rows(told, "negative")["kind"]) == set(PARTS) - PLANTS


def test_every_class_is_asked_for_by_the_full_worlds() -> None:
    for name in ("full", "compact", "sessions"):
        assert set(WORLDS[name].parts) == set(PARTS)
        assert WORLDS[name].content
    assert min(WORLDS["full"].parts.values()) >= 1
    assert WORLDS["sessions"] == replace(WORLDS["full"], generator="sessions")


def test_a_source_serves_one_class_alone(told: Simulation) -> None:
    used = pd.concat([rows(told, "plant"), rows(told, "negative")])
    assert not used["account"].duplicated().any()


def test_each_plant_states_its_own_strength_and_no_other(told: Simulation) -> None:
    plants = rows(told, "plant").set_index("kind")
    strength = {
        "m1": ["crew", "size", "participation", "jitter", "camouflage"],
        "m2": ["onset", "strength", "growth", "bait"],
        "m3": ["recognition", "derivation"],
    }
    for kind, columns in strength.items():
        assert plants.loc[[kind], columns].notna().all(axis=None)
        others = [name for other, names in strength.items() if other != kind for name in names]
        assert plants.loc[[kind], others].isna().all(axis=None)
    assert plants["variant"].notna().all()


def test_onsets_are_times_inside_the_span(told: Simulation) -> None:
    onset = rows(told, "plant")["onset"].dropna()
    times = told.dataset.posts["time"]
    assert (onset > times.min()).all()
    assert (onset < times.max()).all()


def test_ordinary_sources_say_in_which_form_they_sell(told: Simulation) -> None:
    assert set(rows(told, "source")["variant"].dropna()) == {"none", "steady", "campaign"}


@BOTH
def test_the_same_seed_writes_the_same_bytes(generator: str, tmp_path: Path) -> None:
    world = replace(COMPACT, generator=generator, amplifiers=500)
    for name, seed in (("first", 4), ("again", 4), ("other", 5)):
        write(simulate(seed=seed, world=world), tmp_path / name)
    first, again, other = (files(tmp_path / name) for name in ("first", "again", "other"))
    wanted = ["accounts.csv", "posts.csv", "registry.csv", "ties.csv", "truth.csv"]
    assert sorted(first) == wanted
    assert first == again
    assert all(first[name] != other[name] for name in first)


@BOTH
def test_without_the_last_part_everything_else_is_as_it_was(generator: str) -> None:
    world = replace(COMPACT, generator=generator)
    fewer = {name: number for name, number in world.parts.items() if name != "m2"}
    less, more = (
        GENERATORS[generator](replace(world, parts=parts), seed=3) for parts in (fewer, world.parts)
    )
    earlier = more.truth[more.truth["kind"] != "m2"].reset_index(drop=True)
    pd.testing.assert_frame_equal(less.truth, earlier)
    pd.testing.assert_frame_equal(less.posts, more.posts)
    plants = more.truth["account"][more.truth["kind"] == "m2"]
    mine = more.posts["post"][more.posts["author"].isin(plants)]
    topics = [
        scene.topics[~scene.topics["post"].isin(mine)].sort_values("post", ignore_index=True)
        for scene in (less, more)
    ]
    pd.testing.assert_frame_equal(*topics)


@BOTH
def test_parts_leave_accounts_and_their_habits_as_they_were(generator: str, either: Scene) -> None:
    alone = GENERATORS[generator](replace(either.world, parts={}, generator=generator), seed=3)
    if either.world.generator == generator:
        columns = alone.people.columns.drop("form")
        pd.testing.assert_frame_equal(alone.people[columns], either.people[columns])


def test_profiles_tell_plants_and_look_alikes_apart_only_by_claims(told: Simulation) -> None:
    accounts = told.dataset.accounts.set_index("account")
    plants = rows(told, "plant")
    quiet = plants.loc[plants["kind"] != "m3", "account"]
    usual = set(accounts.loc[rows(told, "source")["account"], "bio"])
    assert set(accounts.loc[quiet, "bio"]) <= usual
    members = rows(told, "member")["account"].unique()
    assert accounts.loc[members, ["role", "camp", "bio", "entity", "url"]].isna().all(axis=None)


def test_staff_say_to_which_body_they_belong_and_nobody_else_does(told: Simulation) -> None:
    accounts = told.dataset.accounts.set_index("account")
    staff = told.truth[told.truth["kind"] == "staff"]
    joined = accounts["entity"].fillna(accounts["staff_of"]).dropna()
    assert set(joined.index) == set(staff["account"])
    assert len(set(joined)) == 1
    disclosed = accounts.loc[rows(told, "bystander").merge(staff)["account"], "bio"]
    assert disclosed.str.contains("сотрудник").all()


def test_the_registry_names_bodies_of_the_world_with_day_and_page(told: Simulation) -> None:
    accounts = told.dataset.accounts.set_index("account")
    assert list(told.registry) == ["account", "name", "confirmed", "url"]
    assert len(told.registry) >= 9
    assert (accounts.loc[told.registry["account"], "role"] == "government").all()
    assert (told.registry["confirmed"] == COMPACT.start).all()
    innocent = rows(told, "negative")
    unlisted = innocent.loc[innocent["kind"] == "unlisted_akimat", "account"]
    posing = rows(told, "plant").query("kind == 'm3'")["account"]
    assert not told.registry["account"].isin([*unlisted, *posing]).any()


def test_links_lead_to_pages_of_the_world_and_are_mentions_too(told: Simulation) -> None:
    accounts, posts = told.dataset.accounts, told.dataset.posts
    linked = posts.dropna(subset=["links"])
    owner = linked["links"].map(accounts.dropna(subset="url").set_index("url")["account"])
    mentions = told.dataset.of_kind("mention")
    assert owner.notna().all()
    assert (owner != linked["account"]).sum() == len(mentions)
    assert set(mentions["content"]) <= set(linked["post"])


def test_worlds_without_content_have_no_registry_and_no_links(small: Simulation) -> None:
    assert small.registry.empty
    assert small.dataset.posts["links"].isna().all()
    assert set(small.dataset.ties["kind"]) == {"follow", "repost"}


def test_parts_about_content_need_a_world_with_content() -> None:
    world = replace(WORLDS["small"], parts={"m2": 1})
    for generator in GENERATORS:
        with pytest.raises(DataError, match=r"parts \['m2'\] need content=True"):
            simulate(world=replace(world, generator=generator))


def test_an_unknown_generator_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'sessions'"):
        simulate(world=replace(COMPACT, generator="session"))


def test_a_scene_of_either_generator_makes_the_same_tables(either: Scene) -> None:
    made = simulation(either)
    assert list(made.truth) == list(simulate(seed=1, world=WORLDS["small"]).truth)
