import numpy as np

from kznet.simulate.clock import DAY, HOUR, asleep, awake, by_day, clock


def utc(text: str) -> int:
    return int(np.datetime64(text, "s").astype(np.int64))


def test_almaty_is_six_hours_ahead_before_march_2024_and_five_after() -> None:
    time = clock("2024-02-28", 4)
    moments = np.array([utc("2024-02-29T12:00:00"), utc("2024-03-01T12:00:00")])
    assert (time.offset(moments) / HOUR).tolist() == [6, 5]
    assert (time.of_day(moments) / HOUR).tolist() == [18, 17]


def test_the_span_runs_from_local_midnight_to_local_midnight() -> None:
    time = clock("2024-02-28", 4)
    assert time.start == utc("2024-02-27T18:00:00")
    assert time.end == utc("2024-03-02T19:00:00")


def test_noon_on_the_wall_is_another_instant_after_the_change() -> None:
    time = clock("2024-02-29", 2)
    noons = time.instants(np.array([12 * HOUR, DAY + 12 * HOUR]))
    assert noons.tolist() == [utc("2024-02-29T06:00:00"), utc("2024-03-01T07:00:00")]


def test_posts_follow_the_curve_of_the_local_day() -> None:
    time = clock("2024-02-01", 60)
    times = by_day(time, np.random.default_rng(1), 20_000)
    hour = time.of_day(times) // HOUR
    assert np.mean((hour >= 1) & (hour < 5)) < 0.03
    assert np.mean(hour == 20) > 0.06
    assert times.min() >= time.start
    assert times.max() < time.end


def test_a_sleeper_is_asleep_until_waking_and_not_after() -> None:
    time = clock("2024-02-01", 3)
    hours = np.array([0, 6.9, 7.1, 22.9, 23.1])
    wake, sleep = 7.0 * HOUR, 8.0 * HOUR
    found = asleep(time, time.instants(hours * HOUR), wake, sleep)
    assert found.tolist() == [True, True, False, False, True]


def test_what_falls_into_the_night_waits_for_the_morning() -> None:
    time = clock("2024-02-28", 4)
    night = time.instants(np.linspace(0, 4 * DAY - 1, 3_000))
    moved = awake(time, np.random.default_rng(1), night, wake=7.0 * HOUR, sleep=8.0 * HOUR)
    slept = asleep(time, night, 7.0 * HOUR, 8.0 * HOUR)
    assert not asleep(time, moved, 7.0 * HOUR, 8.0 * HOUR).any()
    assert (moved[slept] > night[slept]).all()
    assert (moved[~slept] == night[~slept]).all()
