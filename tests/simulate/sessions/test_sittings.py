import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY, HOUR, clock
from kznet.simulate.sessions.sittings import Sittings, sittings

# Account 0 sits down at 10 and 50 s, account 1 at 20 s; each has 100 s of its own.
TWO = Sittings(np.array([10, 50, 120]), 100, 1_000)


def test_the_next_sitting_is_the_next_one_of_the_same_account() -> None:
    account, time = np.array([0, 0, 0, 1]), np.array([1_000, 1_010, 1_049, 1_000])
    assert TWO.after(account, time).tolist() == [1_010, 1_050, 1_050, 1_020]


def test_after_the_last_sitting_there_is_none_inside_the_span() -> None:
    assert TWO.after(np.array([0, 1]), np.array([1_050, 1_020])).tolist() == [1_100, 1_100]


def test_people_sit_down_as_often_as_their_appetite_and_hardly_at_night() -> None:
    time = clock("2024-02-01", 30)
    people = pd.DataFrame({"appetite": np.full(400, 6)})
    made = sittings(people, time, np.random.default_rng(1))
    inside = made.key % made.width < 30 * DAY
    hour = time.of_day(made.begin + made.key[inside] % made.width) / HOUR
    assert abs(inside.sum() / (400 * 30) - 0.75 * 6) < 0.3
    assert np.mean((hour >= 2) & (hour < 5)) < 0.01


def test_a_shift_moves_the_whole_day() -> None:
    time = clock("2024-02-01", 30)
    people = pd.DataFrame({"appetite": np.full(200, 4)})
    here, there = (
        sittings(people, time, np.random.default_rng(1), shift=shift) for shift in (0.0, 5.0)
    )
    hours = [time.of_day(made.begin + made.key % made.width) / HOUR for made in (here, there)]
    assert np.mean((hours[0] >= 8) & (hours[0] < 12)) > 0.15
    assert np.mean((hours[1] >= 8) & (hours[1] < 12)) < 0.05
