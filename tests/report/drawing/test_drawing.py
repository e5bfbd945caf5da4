import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kznet.report.drawing import HIGH, WIDE, drawing, fitted, marks, placed_labels, text_width

PLACES = st.lists(
    st.tuples(st.floats(0, WIDE), st.floats(0, HIGH), st.floats(2, 14)), min_size=1, max_size=40
)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


def boxes(names: list[str], rows: list[tuple[float, float, float]], size: float) -> list[tuple]:
    xy = np.array([row[:2] for row in rows])
    radii = np.array([row[2] for row in rows])
    found = placed_labels(names, xy, radii, order=range(len(rows)), size=size, box=(WIDE, HIGH))
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}
    result = []
    for label in found:
        width = text_width(label.text, size)
        left = label.x - shift[label.anchor] * width
        top = label.y - 0.98 * size
        result.append((left, top, left + width, top + 1.3 * size))
    return result


@settings(deadline=None, max_examples=60)
@given(PLACES, st.data())
def test_labels_never_overlap_and_never_leave_the_drawing(rows, data) -> None:
    names = data.draw(st.lists(NAMES, min_size=len(rows), max_size=len(rows)))
    found = boxes(names, rows, 12.0)
    for i, (left, top, right, bottom) in enumerate(found):
        assert left >= -1e-6
        assert top >= -1e-6
        assert right <= WIDE + 1e-6
        assert bottom <= HIGH + 1e-6
        for other in found[i + 1 :]:
            apart = right <= other[0] + 1e-6 or other[2] <= left + 1e-6
            assert apart or bottom <= other[1] + 1e-6 or other[3] <= top + 1e-6


def test_the_first_name_stands_even_where_marks_crowd_it() -> None:
    rows = [(320.0, 240.0, 9.0)] + [
        (320.0 + x, 240.0 + y, 9.0) for x in (-40, 0, 40) for y in (-25, 25)
    ]
    names = ["A very important account", *[f"other {i}" for i in range(6)]]
    assert len(boxes(names, rows, 12.0)) >= 1


def test_names_come_before_pseudonyms_and_only_a_few_of_these_are_placed() -> None:
    places = [(40.0 + 60 * (i % 10), 40.0 + 50 * (i // 10)) for i in range(60)]
    names = [*[f"~{i:06x}" for i in range(30)], *[f"name {i}" for i in range(30)]]
    order = [*range(30, 60), *range(30)]
    found = placed_labels(
        names, np.array(places), np.full(60, 4.0), order=order, size=9.0, box=(WIDE, HIGH)
    )
    kinds = [label.text.startswith("~") for label in found]
    assert kinds == sorted(kinds)
    assert (kinds.count(False), kinds.count(True)) == (30, 10)


def test_a_line_leads_to_a_name_that_finds_no_room_beside_its_mark() -> None:
    ring = [(320 + 24 * np.cos(turn), 240 + 24 * np.sin(turn)) for turn in np.arange(12) / 12 * 6.3]
    names = ["outer", *["o"] * 12, "core"]
    xy = np.array([(40.0, 40.0), *ring, (320.0, 240.0)])
    found = placed_labels(
        names, xy, np.full(14, 7.0), order=[0, 13, *range(1, 13)], size=9.0, box=(WIDE, HIGH)
    )
    assert [bool(label.lead) for label in found if label.text in ("outer", "core")] == [False, True]


@settings(deadline=None, max_examples=60)
@given(PLACES)
def test_marks_are_fitted_into_the_box(rows) -> None:
    xy, radii = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
    placed = fitted(xy * 7 - 900, radii, box=(WIDE, HIGH))
    assert placed.shape == xy.shape
    assert (placed >= 0).all()
    assert (placed <= [WIDE, HIGH]).all()


def test_names_in_a_drawing_are_escaped() -> None:
    shown = pd.DataFrame(
        {"account": ["x:1", "x:2"], "name": ["<b>&", '"quoted"'], "handle": None, "role": "media"}
    )
    ties = pd.DataFrame({"source": [0], "target": [1], "kind": ["repost"], "weight": [2.0]})
    picture = drawing(
        marks(shown), ties, xy=np.array([[100.0, 100.0], [300.0, 200.0]]), radii=np.full(2, 6.0),
        title="<i>",
    )  # fmt: skip
    assert "<b>" not in picture
    assert "<i>" not in picture
    assert "tie-repost" in picture
