import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.report.map.layout import Layout, packed, sizes
from kznet.report.map.packing import pack, shelve

EDGES = ["source", "target", "weight"]


def world(n: int, *, seed: int = 0, groups: int = 5) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    group = rng.integers(-1, groups, n)
    ends = rng.integers(0, max(n, 1), (3 * n, 2))
    ties = pd.DataFrame({"source": ends[:, 0], "target": ends[:, 1], "weight": 1.0})
    return ties, group, sizes(rng.pareto(1.5, n))


def apart(xy: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Gap between each two discs; negative where they overlap."""
    distance = np.linalg.norm(xy[:, None] - xy[None], axis=2)
    gap = distance - radii[:, None] - radii[None]
    return gap[~np.eye(len(radii), dtype=bool)]


def laid(n: int, seed: int = 0) -> tuple[Layout, np.ndarray, np.ndarray]:
    ties, group, radii = world(n, seed=seed)
    return packed(ties, group, radii=radii, seed=seed), group, radii


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(1, 300), min_size=1, max_size=25), st.integers(0, 99))
def test_packed_discs_keep_their_gap(sizes_of: list[float], seed: int) -> None:
    radii = np.array(sizes_of)
    links = np.random.default_rng(seed).random((len(radii), len(radii)))
    centres = pack(radii, links + links.T, gap=7.0)
    assert (apart(centres, radii) >= 7.0 - 1e-6).all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(1, 30), max_size=40), st.floats(10, 400))
def test_shelved_discs_do_not_overlap(sizes_of: list[float], width: float) -> None:
    radii = np.array(sizes_of)
    centres = shelve(radii, width=width, gap=3.0)
    assert centres.shape == (len(radii), 2)
    assert (apart(centres, radii) >= -1e-6).all()


def test_tied_discs_stand_beside_each_other() -> None:
    # 3 is tied with 1 alone: it touches 1
    links = np.zeros((4, 4))
    links[1, 3] = links[3, 1] = 50.0
    radii = np.array([100.0, 60.0, 60.0, 20.0])
    centres = pack(radii, links, gap=10.0)
    assert np.linalg.norm(centres[3] - centres[1]) == pytest.approx(90.0)


@pytest.mark.parametrize("n", [2, 5, 40, 300])
def test_communities_do_not_overlap_and_hold_their_accounts(n: int) -> None:
    layout, group, radii = laid(n)
    discs = layout.discs
    centres = discs[["x", "y"]].to_numpy()
    assert (apart(centres, discs["radius"].to_numpy()) > 0).all()
    for disc in discs[discs["group"] >= 0].itertuples():
        inside = group == disc.group
        away = np.hypot(*(layout.xy[inside] - [disc.x, disc.y]).T)
        assert (away + radii[inside] <= disc.radius + 1e-6).all()


def test_marks_hardly_overlap() -> None:
    layout, _, radii = laid(300)
    assert (apart(layout.xy, radii) > -1.0).all()


def test_an_empty_network_has_a_layout() -> None:
    nothing = pd.DataFrame({name: pd.Series(dtype="float64") for name in EDGES})
    ties = nothing.astype({"source": "int64", "target": "int64"})
    layout = packed(ties, np.zeros(0, np.int64), radii=np.zeros(0))
    assert layout.xy.shape == (0, 2)
    assert layout.discs.empty
    assert layout.aside is None


def test_one_account_stands_in_the_middle_of_its_community() -> None:
    ties = pd.DataFrame({"source": [0], "target": [0], "weight": [1.0]}).iloc[:0]
    layout = packed(ties, np.array([4]), radii=np.array([5.0]))
    assert layout.xy.tolist() == [[0.0, 0.0]]
    assert layout.discs["group"].tolist() == [4]


def test_accounts_without_ties_and_community_stand_aside() -> None:
    ties = pd.DataFrame({"source": [0], "target": [0], "weight": [1.0]}).iloc[:0]
    layout = packed(ties, np.full(30, -1), radii=np.full(30, 4.0))
    assert layout.discs.empty
    assert layout.aside is not None
    left, top, right, bottom = layout.aside
    assert (layout.xy >= [left, top]).all()
    assert (layout.xy <= [right, bottom]).all()
    assert (apart(layout.xy, np.full(30, 4.0)) > 0).all()


def test_a_connected_piece_outside_all_communities_stays_together() -> None:
    # 0-1-2 tied in a row, 3-4 a pair, 5 alone; no communities
    ties = pd.DataFrame({"source": [0, 1, 3], "target": [1, 2, 4], "weight": [1.0, 1.0, 1.0]})
    layout = packed(ties, np.full(6, -1), radii=np.full(6, 4.0))
    assert layout.discs["group"].tolist() == [-1]
    assert layout.aside is not None
    assert (layout.xy[[3, 4, 5], 1] > layout.xy[[0, 1, 2], 1].max()).all()


def test_the_same_seed_gives_the_same_places() -> None:
    assert (laid(200)[0].xy == laid(200)[0].xy).all()


def test_python_s_random_numbers_stay_untouched() -> None:
    random.seed(5)
    expected = random.random()  # noqa: S311  # the generator whose state is looked at
    random.seed(5)
    laid(60)
    assert random.random() == expected  # noqa: S311  # as above


def test_huge_groups_put_large_marks_in_the_middle() -> None:
    radii = np.full(6000, 4.0)
    radii[77] = 19.0
    ties = pd.DataFrame({"source": [0], "target": [1], "weight": [1.0]})
    layout = packed(ties, np.zeros(6000, np.int64), radii=radii)
    away = np.hypot(*(layout.xy - layout.discs[["x", "y"]].to_numpy()[0]).T)
    assert away.argmin() == 77


def test_areas_are_in_proportion_to_values() -> None:
    small, middle, large = sizes(np.array([0.0, 25.0, 100.0]))
    assert (middle - small) / (large - small) == pytest.approx(0.5)
    assert sizes(np.zeros(2)).tolist() == [4.0, 4.0]
