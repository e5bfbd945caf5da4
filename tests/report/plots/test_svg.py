import re

import numpy as np
import pytest

from kznet.report.markup import shortened
from kznet.report.plots.band import band
from kznet.report.plots.bars import Bar, bars, columns
from kznet.report.plots.forest import Point, forest
from kznet.report.plots.matrix import matrix
from kznet.report.plots.svg import Scale, mark, svg, text
from kznet.report.plots.tail import curve, tail, tail_scales

HOSTILE = '"><script>hit()</script>'


def numbers(drawing: str, element: str, attribute: str) -> list[float]:
    found = re.findall(rf'<{element}[^>]*?\b{attribute}="([^"]*)"', drawing)
    return [float(each) for each in found]


def test_a_scale_puts_values_between_its_ends() -> None:
    scale = Scale(0, 10, start=100, end=200)
    assert [scale(x) for x in (0, 5, 10)] == [100, 150, 200]


def test_what_lies_outside_a_scale_is_put_on_its_end() -> None:
    scale = Scale(0, 10, start=100, end=200)
    assert [scale(x) for x in (-3, 30)] == [100, 200]


def test_a_logarithmic_scale_gives_each_decade_the_same_room() -> None:
    scale = Scale(0.01, 1, start=0, end=100, log=True)
    assert [round(scale(x), 6) for x in (0, 0.01, 0.1, 1)] == [0, 0, 50, 100]


@pytest.mark.parametrize(
    ("scale", "ticks"),
    [
        (Scale(0, 1, start=0, end=1), [0, 0.25, 0.5, 0.75, 1]),
        (Scale(0, 0.06, start=0, end=1), [0, 0.02, 0.04, 0.06]),
        (Scale(-30, 900, start=0, end=1), [0, 250, 500, 750]),
        (Scale(0.00002, 3, start=0, end=1, log=True), [1e-4, 1e-3, 1e-2, 1e-1, 1]),
        (Scale(0, 0, start=0, end=1), [0]),
    ],
)
def test_ticks_are_round_and_inside(scale: Scale, ticks: list[float]) -> None:
    assert scale.ticks() == pytest.approx(ticks)


def test_every_text_is_escaped() -> None:
    drawing = svg([text(0, 0, HOSTILE), mark(0, 0, title=HOSTILE)], title=HOSTILE, high=10)
    assert "<script" not in drawing
    assert drawing.count("&lt;script&gt;") == 3


def test_a_drawing_is_one_picture_with_a_name() -> None:
    head = svg([], title="Reach", high=10).partition(">")[0]
    assert head == '<svg viewBox="0 0 400 10" class="plot" role="img" aria-label="Reach"'


def test_a_forest_draws_value_and_bounds_on_one_scale() -> None:
    drawing = forest(
        [("a", Point(0.5, 0.0, 1.0)), ("b", Point(float("nan")))],
        title="t",
        scale=Scale(0, 1, start=0, end=1),
        ticks=[],
    )
    low, high = numbers(drawing, "line", "x1") + numbers(drawing, "line", "x2")
    assert numbers(drawing, "circle", "cx") == [(low + high) / 2]


def test_a_band_shows_the_observed_value_outside_it() -> None:
    drawing = band(100, (0, 10, 20), words=("seen", "chance"), title="t")
    left, wide = numbers(drawing, "rect", "x")[0], numbers(drawing, "rect", "width")[0]
    assert (left, left + wide, numbers(drawing, "circle", "cx")) == (10, 86, [390])


def test_bars_are_as_long_as_their_amounts() -> None:
    rows = [Bar("a", 10, "10"), Bar("b", 5, "5"), Bar("c", float("nan"), "under 5")]
    long, half, none = numbers(bars(rows, title="t", most=10), "rect", "width")
    assert (half, none) == (pytest.approx(long / 2, abs=0.1), 0)


def test_columns_show_their_part_within_the_amount() -> None:
    drawing = columns([Bar("a", 10, "10", part=50)], title="t", ticks=[], names=[0])
    whole, part = numbers(drawing, "rect", "height")
    assert whole == part


def test_a_matrix_shades_by_share_and_keeps_a_missing_cell_back() -> None:
    cells = [["60%", ""], ["·", "40%"]]
    shares = np.array([[0.6, 0.0], [np.nan, 0.4]])
    drawing = matrix((["a", "b"], ["a", "b"]), shares, words=cells, titles=cells, title="t")
    kinds = re.findall(r'class="cell ([a-z0-9-]+)"', drawing)
    assert kinds == ["heat-5", "heat-0", "kept-back", "heat-4"]


def test_a_curve_falls_from_the_share_that_has_anything_to_the_last_one() -> None:
    values = np.concatenate([np.zeros(50), np.arange(1.0, 951.0)])
    x, y = curve(values)
    assert (x[0], y[0], x[-1]) == (1, 0.95, 950)
    assert len(x) <= 90
    assert (np.diff(y) < 0).all()


def test_called_accounts_stand_on_the_curve() -> None:
    values = np.array([1.0, 10.0, 100.0, 0.0])
    drawing = tail(values, [("a", 10.0), ("nothing", 0.0)], title="t", ticks=([], []))
    across, upright = tail_scales(values)
    assert numbers(drawing, "circle", "cx") == [pytest.approx(across(10), abs=0.1)]
    assert numbers(drawing, "circle", "cy") == [pytest.approx(upright(0.5), abs=0.1)]


def test_long_names_are_cut() -> None:
    assert shortened("x" * 40, most=10) == "x" * 9 + "…"
