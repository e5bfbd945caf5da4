"""What holds for every edge list: rows are counted, and their order is nothing."""

import io

import pandas as pd
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from kznet.errors import DataError
from kznet.loaders import load


def test_shuffled_rows_give_an_equal_dataset(given):
    frame = pd.DataFrame(
        {
            "source": [f"x:{i % 7}" for i in range(60)],
            "target": [f"x:{i % 11}" for i in range(60)],
            "time": [1641355260 + 13 * (i % 17) for i in range(60)],
            "content": [f"x:c{i // 2}" for i in range(60)],
            "weight": [1 + i % 3 for i in range(60)],
        }
    )
    one = load(given("a.csv", frame.to_csv(index=False)))
    two = load(given("b.csv", frame.sample(frac=1, random_state=3).to_csv(index=False)))
    for table in ("accounts", "ties", "posts"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(two, table))


CELL = st.one_of(
    st.sampled_from(
        ["", "x:a", "x:b", "-", "nan", "1", "-1", "1e400", "٣", "follow", "RT", "likes"]
    ),
    st.sampled_from(["2022-01-05", "2022-01-05 10:01", "1641355260", "9" * 30, "5.1.2022", "١٢"]),
    st.text(max_size=6),
)


@settings(max_examples=40, deadline=None)
@drawn(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=8))
def test_rows_in_are_ties_and_rows_set_aside(tmp_path_factory, rows):
    frame = pd.DataFrame(rows, columns=["source", "target", "kind", "weight", "time", "post"])
    frame["end"] = "."
    text = io.StringIO()
    frame.to_csv(text, index=False)
    path = tmp_path_factory.mktemp("drawn") / "a.csv"
    path.write_text(text.getvalue(), encoding="utf-8", errors="replace", newline="")
    try:
        data = load(path)
    except DataError as error:
        assert "no row can be read" in str(error)  # noqa: PT017  # an error is one of two answers
    else:
        assert data.report.files[0].rows == len(rows)
        assert len(data.ties) + len(data.report.rejected) == len(rows)


def test_the_congress_list_and_its_parties_come_together(shared_data):
    folder = shared_data / "congress_following"
    data = load(folder / "follow_edges.csv", accounts=[folder / "accounts.csv"])
    assert len(data.ties) == 64_907
    assert data.accounts["camp"].value_counts().to_dict() == {"D": 221, "R": 214}
    assert "435 of 439 rows matched" in data.report.files[1].warnings[-1]
