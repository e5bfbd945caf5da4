"""Cells as times, numbers and flags."""

import pandas as pd
import pytest

from kznet.loaders._clean import counts, flags, stamps, weights


def times(*cells, tz="Asia/Almaty"):
    return stamps(pd.Series(cells, dtype="str"), tz)


@pytest.mark.parametrize(
    "cell",
    [
        "1641355260",
        "1641355260.0",
        "1641355260000",
        "1641355260000000",
        "2022-01-05T04:01:00Z",
        "2022-01-05T04:01:00.000Z",
        "2022-01-05 04:01:00 UTC",
        "2022-01-05 10:01:00+06:00",
        "2022-01-05T10:01:00+0600",
        "2022-01-05 10:01",
        "2022-01-05T10:01:00",
        "2022-01-05 10:01:00.000000",
        "05.01.2022 10:01",
    ],
)
def test_one_instant_in_many_spellings(cell):
    assert str(times(cell).utc[0]) == "2022-01-05 04:01:00+00:00"


def test_the_unit_of_epochs_is_that_of_the_column():
    column = times("1641355260000", "1641355261000", "5000")
    assert column.bad.tolist() == [False, False, True]  # 5 s after 1970 among stamps of 2022
    assert times("5", "60").utc.dt.second.tolist() == [5, 0]


def test_naive_times_are_counted():
    column = times("2022-01-05 10:01", "2022-01-05T04:01:00Z", "", "1641355260")
    assert column.naive == 1
    assert column.utc.isna().tolist() == [False, False, True, False]
    assert not column.bad.any()


def test_almaty_changed_its_clock_in_march_2024():
    before, after = times("2024-02-29 12:00", "2024-03-02 12:00").utc
    assert (before.hour, after.hour) == (6, 7)


def test_the_hour_that_came_twice_is_taken_the_first_time():
    assert str(times("2024-02-29 23:30").utc[0]) == "2024-02-29 17:30:00+00:00"


@pytest.mark.parametrize(
    "cell", ["yesterday", "9" * 40, "-5", "2022-13-01", "1e300", "٢٠٢٢", "0x10"]
)
def test_what_is_no_time_is_bad(cell):
    column = times("1641355260", cell)
    assert column.bad.tolist() == [False, True]


def test_times_that_are_times_already_pass():
    column = pd.Series(pd.to_datetime(["2022-01-05T04:01:00Z", None], utc=True))
    assert stamps(column, "Asia/Almaty").utc.isna().tolist() == [False, True]


def test_weights_are_numbers_of_at_least_0():
    values, bad = weights(pd.Series(["2", "", "0", "-1", "x", "1e999", "2,5"]), ".")
    assert values[~bad].tolist() == [2.0, 1.0, 0.0]
    assert bad.tolist() == [False, False, False, True, True, True, True]


def test_marks_of_a_missing_count_are_no_faults():
    values, unread = counts(pd.Series(["1,234", "12 500", "N/A", "-", "-1", "absent", "12K"]))
    assert values.fillna(-9).tolist() == [1234, 12500, -9, -9, -9, -9, -9]
    assert unread == 1


def test_flags_are_yes_no_or_missing():
    answer = flags(pd.Series(["True", "нет", "", "maybe"]))
    assert answer.fillna(False).tolist() == [True, False, False, False]
    assert answer.isna().tolist() == [False, False, True, True]
