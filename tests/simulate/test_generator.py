import pickle
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kznet.errors import DataError, UnknownNameError
from kznet.schema import ROLES
from kznet.simulate import WORLDS, Simulation, World, simulate, world, write
from kznet.simulate.generator import planted
from kznet.simulate.scene import Scene

SMALL = WORLDS["small"]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("first", 4), ("again", 4), ("other", 5)):
        write(simulate(seed=seed, world=SMALL), tmp_path / name)
    first, again, other = (files(tmp_path / name) for name in ("first", "again", "other"))
    assert sorted(first) == ["accounts.csv", "posts.csv", "ties.csv", "truth.csv"]
    assert first == again
    assert all(first[name] != other[name] for name in first)


def test_files_are_plain_tables_without_empty_columns(small: Simulation, tmp_path: Path) -> None:
    write(small, tmp_path)
    ties = pd.read_csv(tmp_path / "ties.csv")
    accounts = pd.read_csv(tmp_path / "accounts.csv")
    assert list(ties) == ["source", "target", "kind", "time", "post"]
    assert not accounts.isna().all().any()
    assert b"\r" not in (tmp_path / "accounts.csv").read_bytes()
    assert ties["time"].dropna().str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()


def test_a_world_is_a_dataset_of_the_size_asked_for(small: Simulation) -> None:
    data = small.dataset
    assert len(data.accounts) == SMALL.amplifiers + sum(SMALL.sources.values())
    assert set(data.accounts["role"].dropna()) <= set(ROLES)
    assert set(data.ties["kind"]) == {"follow", "repost"}
    assert data.posts["account"].notna().all()


def test_reposts_name_the_author_of_their_post_and_end_with_the_span(
    small: Simulation, scene: Scene
) -> None:
    reposts = small.dataset.of_kind("repost")
    posts = small.dataset.posts.set_index("post")
    author = reposts["post"].astype("str").map(posts["account"])
    assert (author == reposts["target"].astype("str")).all()
    assert reposts["time"].max().timestamp() < scene.clock.end


def test_amplifiers_are_private_people(small: Simulation) -> None:
    sources = small.truth["account"][small.truth["label"] == "source"]
    private = small.dataset.accounts[~small.dataset.accounts["account"].isin(sources)]
    public = small.dataset.accounts[small.dataset.accounts["account"].isin(sources)]
    assert private[["role", "camp", "bio"]].isna().all(axis=None)
    assert private["followers"].max() < 10_000
    assert public["followers"].min() >= 10_000
    assert public["role"].notna().all()


def test_truth_names_accounts_of_the_world_and_every_source(small: Simulation) -> None:
    truth, known = small.truth, set(small.dataset.accounts["account"])
    labels = truth["label"].value_counts()
    assert set(truth["account"]) <= known
    assert set(truth["hub"].dropna()) <= known
    assert labels["source"] == sum(SMALL.sources.values())
    assert labels["plant"] == SMALL.parts["m1"]


def test_sizes_of_crews_in_the_truth_are_the_numbers_of_members(small: Simulation) -> None:
    plants = small.truth[small.truth["label"] == "plant"].set_index("account")["size"]
    members = small.truth[small.truth["label"] == "member"].groupby("hub").size()
    assert plants.sort_index().tolist() == members.sort_index().tolist()


def test_ids_tell_nothing_of_who_is_who(small: Simulation) -> None:
    number = small.dataset.accounts["account"].str[-4:].str.lstrip("a").astype(int)
    place = pd.Series(number.rank(pct=True).to_numpy(), index=small.dataset.accounts["account"])
    for label in ("source", "member"):
        rows = small.truth["account"][small.truth["label"] == label]
        assert 0.3 < place[rows].mean() < 0.7
        assert place[rows].max() - place[rows].min() > 0.6


def test_more_parts_leave_everything_else_as_it_was(organic: Scene, scene: Scene) -> None:
    columns = ["post", "author", "time"]
    kept = scene.posts[scene.posts["post"] <= organic.posts["post"].max()].sort_values("post")
    before = organic.posts[organic.posts["post"].isin(kept["post"])]
    pd.testing.assert_frame_equal(
        kept[columns].reset_index(drop=True), before[columns].reset_index(drop=True)
    )
    pd.testing.assert_frame_equal(scene.people, organic.people)
    follows = organic.follows.merge(scene.follows, how="left", indicator=True)
    assert (follows["_merge"] == "both").all()


def test_more_of_a_later_part_leave_an_earlier_part_as_it_was(scene: Scene) -> None:
    fewer = planted(replace(SMALL, parts={**SMALL.parts, "m1": 1}), seed=3)
    earlier = [
        rows[rows["label"] == "negative"].reset_index(drop=True)
        for rows in (fewer.truth, scene.truth)
    ]
    pd.testing.assert_frame_equal(*earlier)


def test_a_world_without_room_for_its_parts_is_refused() -> None:
    crowded = replace(SMALL, parts={"crisis_ministry": 5})
    with pytest.raises(DataError, match="no source of ministry is left with 0 posts"):
        simulate(world=crowded)


def test_an_unknown_part_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'newsroom'"):
        simulate(world=replace(SMALL, parts={"newsrom": 1}))


def test_an_unknown_type_of_source_is_refused() -> None:
    with pytest.raises(DataError, match=r"unknown types of source \['minister'\]"):
        simulate(world=World(sources={"minister": 1}, amplifiers=10))


def test_an_unknown_world_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown world 'demmo'\. Did you mean 'demo'"):
        world("demmo")


def test_worlds_are_found_by_name_and_travel_to_other_processes() -> None:
    assert world("default") == World()
    assert pickle.loads(pickle.dumps(world("demo"))) == world("demo")  # noqa: S301  # made here
