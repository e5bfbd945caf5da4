import json

import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.report.map.times import MOST_BINS, timeline
from kznet.report.texts import read_texts

ACCOUNTS = pd.Index(["x:a", "x:b", "x:c"])
TIES = pd.DataFrame(
    {
        "source": [0, 1, 1],
        "target": [1, 0, 2],
        "kind": ["follow", "repost", "repost"],
        "weight": [1.0, 5.0, 1.0],
    }
)


def told(rows: list[tuple[str, str, str, str | None, float]], ties: pd.DataFrame = TIES) -> dict:
    frame = pd.DataFrame(rows, columns=["source", "target", "kind", "time", "weight"])
    frame["time"] = pd.to_datetime(frame["time"], utc=True)
    data = Dataset(ties=frame)
    return timeline(data, ties, accounts=ACCOUNTS, texts=read_texts("en")) or {}


def test_each_tie_has_its_weight_by_day() -> None:
    # b reposts a twice on 1 March and once on 4 March, c on 4 March
    found = told(
        [
            ("x:b", "x:a", "repost", "2024-03-01T10:00:00Z", 2),
            ("x:b", "x:a", "repost", "2024-03-01T23:59:59Z", 1),
            ("x:b", "x:a", "repost", "2024-03-04T00:00:00Z", 2),
            ("x:b", "x:c", "repost", "2024-03-04T12:00:00Z", 1),
            ("x:a", "x:b", "follow", None, 1),
        ]
    )
    assert (found["first"], found["step"]) == ("2024-03-01", 1)
    assert found["starts"] == ["1 Mar 2024", "2 Mar 2024", "3 Mar 2024", "4 Mar 2024"]
    assert found["parts"] == [0, 2, 1]
    assert found["bins"] == [0, 3, 3]
    assert found["weights"] == [3, 2, 1]
    json.dumps(found)


def test_without_times_or_with_one_day_alone_there_is_nothing_to_slide() -> None:
    assert told([("x:b", "x:a", "repost", None, 1)]) == {}
    assert told([("x:b", "x:a", "repost", "2024-03-01T10:00:00Z", 1)]) == {}
    assert told([], TIES.iloc[:0]) == {}


def test_ties_that_are_not_on_the_page_do_not_count() -> None:
    rows = [
        ("x:b", "x:z", "repost", "2024-01-01T10:00:00Z", 1),
        ("x:b", "x:a", "reply", "2024-01-05T10:00:00Z", 1),
        ("x:b", "x:a", "repost", "2024-03-01T10:00:00Z", 5),
        ("x:b", "x:c", "repost", "2024-03-02T10:00:00Z", 1),
    ]
    assert told(rows)["first"] == "2024-03-01"


def test_a_follow_counts_once_where_it_was_first_seen() -> None:
    rows = [
        ("x:a", "x:b", "follow", "2024-03-03T10:00:00Z", 1),
        ("x:a", "x:b", "follow", "2024-03-02T10:00:00Z", 1),
        ("x:b", "x:a", "repost", "2024-03-01T10:00:00Z", 5),
    ]
    found = told(rows)
    assert found["parts"] == [1, 1, 0]
    assert found["bins"] == [1, 0]


@pytest.mark.parametrize(("years", "step"), [(1, 7), (4, 28), (12, 84)])
def test_bins_grow_with_the_range(years: int, step: int) -> None:
    times = ["2010-01-01T00:00:00Z", f"{2010 + years}-01-01T00:00:00Z"]
    found = told([("x:b", "x:a", "repost", time, 1) for time in times])
    assert found["step"] == step
    assert len(found["starts"]) <= MOST_BINS
    assert found["ends"][-1] == f"1 Jan {2010 + years}"
