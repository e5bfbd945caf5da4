import numpy as np

from kznet.simulate.grades import Claims, Crews, Turns, dealt


def test_every_level_is_dealt_equally_often_in_an_order_of_the_seed() -> None:
    first = dealt((1, 2, 3), 9, np.random.default_rng(1))
    assert sorted(first) == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert first == dealt((1, 2, 3), 9, np.random.default_rng(1))
    assert first != dealt((1, 2, 3), 9, np.random.default_rng(2))


def test_fewer_plants_than_levels_get_different_ones() -> None:
    assert len(set(dealt(("a", "b", "c", "d"), 3, np.random.default_rng(1)))) == 3


def test_grades_reach_from_hardly_there_to_plain() -> None:
    assert min(Crews().size) == 4
    assert (min(Turns().strength), max(Turns().strength)) == (0.1, 0.8)
    assert (min(Claims().recognition), max(Claims().recognition)) == (0.0, 1.0)
