import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.report.index.activity import sweep, timeline
from kznet.report.index.evidence import bands, reach
from kznet.report.index.page import index_page
from kznet.report.index.structure import sizes, tails
from kznet.report.links import Links
from kznet.report.texts import read_texts

Make = Callable[..., Analysis]
EN = read_texts("en")
SWEEP = [
    {"window": "10s", "pairs": 90, "survivors": 3, "jaccard": None},
    {"window": "5min", "pairs": 900, "survivors": 12, "jaccard": 0.25},
]


def swept(analysis: Analysis, rows: Any) -> Analysis:
    pairs = {**analysis.facts["pairs"], "sweep": rows, "window": "5min"}
    return replace(analysis, facts={**analysis.facts, "pairs": pairs})


def test_reach_shows_the_called_and_the_widest_others(make: Make) -> None:
    figure = reach(make(200, hubs=6), EN)
    assert figure is not None
    status = [row[1] for row in figure.rows]
    assert (status.count("Hub with signals"), status.count("Not called")) == (6, 8)
    assert "number 1 of 21" in figure.heading


def test_each_call_has_a_band_that_leads_to_its_dossier(make: Make) -> None:
    analysis = make(200, hubs=6)
    account = analysis.hubs["account"].iloc[0]
    figure = bands(analysis, EN, Links(dossiers={account: "hubs/a.html"}))
    assert figure is not None
    assert figure.heading.endswith("(tests: 6)")
    assert [part.href for part in figure.parts] == ["hubs/a.html", "", "", "", "", ""]


def test_without_calls_there_is_no_band(make: Make) -> None:
    assert bands(make(30, hubs=0), EN, Links()) is None


def test_the_timeline_counts_reposts_by_day(make: Make) -> None:
    analysis = make(200)
    figure = timeline(analysis, EN)
    assert figure is not None
    counted = sum(int(row[1].replace(",", "")) for row in figure.rows)
    assert counted == len(analysis.dataset.of_kind("repost"))


def test_the_window_sweep_marks_the_window_of_the_report(make: Make) -> None:
    figure = sweep(swept(make(20), SWEEP), EN)
    assert figure is not None
    assert figure.heading == "Most pairs stand out at 5\u00a0min: 12 pairs"
    assert figure.rows == [["10\u00a0s", "90", "3", "–"], ["5\u00a0min", "900", "12", "25%"]]
    assert str(figure.parts[0].drawing).count("amount marked") == 1


def test_a_sweep_that_found_nothing_is_left_out(make: Make) -> None:
    assert sweep(swept(make(20), [{**SWEEP[0], "survivors": 0}]), EN) is None


def test_distributions_say_how_unequal_a_measure_is(make: Make) -> None:
    figures = tails(make(300), EN)
    assert [figure.key for figure in figures] == [
        "plot-all-in-strength",
        "plot-all-pagerank",
        "plot-all-betweenness",
    ]
    assert "the top 3 of 300 accounts hold" in figures[0].heading


def test_communities_that_may_not_be_shown_have_no_plot(make: Make) -> None:
    assert sizes(make(30, communities=0), EN) is None


@pytest.mark.parametrize("n", [0, 1, 40, 900])
def test_every_plot_is_small_and_named(make: Make, n: int) -> None:
    page = index_page(swept(make(n, hubs=min(n, 6)), SWEEP), texts=EN, links=Links())
    plots = re.findall(r'<svg [^>]*class="plot.*?</svg>', page, flags=re.DOTALL)
    assert all(len(plot.encode()) <= 20_000 for plot in plots)
    assert all('aria-label="' in plot and 'aria-label=""' not in plot for plot in plots)


def test_links_lead_where_they_are_told_to(make: Make) -> None:
    analysis = make(40, hubs=2)
    first, second = analysis.hubs.loc[analysis.hubs["status"] == "hub", "account"]
    links = Links(
        on_map=frozenset([first]), dossiers={second: "hubs/b.html"}, map="#map", atlas="a/i.html"
    )
    places = re.findall(r'href="([^"]*)"', index_page(analysis, texts=EN, links=links))
    assert {"#map#account=" + first.replace(":", "%3A"), "hubs/b.html", "a/i.html"} <= set(places)
