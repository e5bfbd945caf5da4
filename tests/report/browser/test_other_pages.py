from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis

pytestmark = pytest.mark.browser
HOSTILE = [
    "</script><script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    '"><svg onload="window.hit = 1"> href',
    "\u202eevil\u202c \u200bname",
    "javascript:window.hit = 1",
    "{{ 7 * 7 }} {% raw %}",
    "x" * 500,
    "'; window.hit = 1; //",
    "<!--<script>",
    "🎉🏔️ Қазақ",
]

DRAWN = """() => {
  const drawing = new DOMParser().parseFromString(kznet.drawing(), "image/svg+xml");
  const all = [...drawing.querySelectorAll("*")];
  return [all.map(each => each.localName), all.map(each => each.textContent)];
}"""


def test_hostile_names_do_nothing(
    make: Callable[..., Analysis], open_page: Any, first_written: Any
) -> None:
    folder = first_written(make(12, names=HOSTILE, hubs=9, communities=2))
    page = open_page(folder / "network.html")
    ids = [f"telegram:channel{1500000000 + i}" for i in range(len(HOSTILE))]
    for account in ids:
        place = page.evaluate("id => kznet.at(id)", account)
        page.locator("#canvas").hover(position=place)
        page.locator("#canvas").click(position=place)
    for word in ("script", "img", "href", "window", "xxx"):
        page.fill("#search", word)
        page.keyboard.press("Enter")
    for button in page.locator("button.hub-row").all():
        if button.is_visible():
            button.click()
            page.click("[data-action=list]")
    page.click("header [data-action=table]")
    tags, texts = page.evaluate(DRAWN)
    assert set(tags) <= {"svg", "g", "title", "desc", "clipPath", "rect", "circle", "polygon",
                         "path", "line", "text"}  # fmt: skip
    assert HOSTILE[1] in texts
    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0
    report = open_page(folder / "index.html")
    assert report.evaluate("window.hit") is None
    assert report.locator("img").count() == 0


def test_a_script_that_slips_in_is_not_run(pages: Path, chromium: Any, tmp_path: Path) -> None:
    text = (pages / "index.html").read_text(encoding="utf-8")
    bad = tmp_path / "bad.html"
    bad.write_text(text.replace("</body>", "<script>window.hit = 1</script></body>"), "utf-8")
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(bad.as_uri())
    assert page.evaluate("window.hit") is None
    assert "Content Security Policy" in refused[0]
    page.close()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_almost_empty_pages_open(
    make: Callable[..., Analysis], open_page: Any, first_written: Any, n: int
) -> None:
    folder = first_written(make(n, hubs=0))
    page = open_page(folder / "network.html")
    assert page.evaluate("kznet.seen()") == {"accounts": n, "ties": 0}
    assert "Findings" in open_page(folder / "index.html").inner_text("main, body")


def test_without_communities_there_is_no_legend_for_them(
    make: Callable[..., Analysis], open_page: Any, first_written: Any
) -> None:
    folder = first_written(make(60, hubs=0, communities=0))
    page = open_page(folder / "network.html")
    assert page.locator("#communities-part").is_hidden()
    assert "No communities are shown" in page.inner_text("#filters")


def test_tables_of_the_report_sort_both_ways(pages: Path, open_page: Any) -> None:
    page = open_page(pages / "index.html")
    head = page.locator("#hubs-table th", has_text="Reach")
    cells = page.locator("#hubs tbody td[data-label=Reach]")
    values = "cells => cells.map(cell => Number(cell.dataset.value))"
    head.locator("button").click()
    rising = cells.evaluate_all(values)
    assert rising == sorted(rising)
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert cells.evaluate_all(values) == rising[::-1]


def test_a_table_of_the_report_shrinks_to_a_word(pages: Path, open_page: Any) -> None:
    page = open_page(pages / "index.html")
    page.fill("#narrow-others", "not testable")
    shown = page.locator("#others-table tbody tr:visible")
    assert 0 < shown.count() < page.locator("#others-table tbody tr").count()
    assert all("Not testable" in text for text in shown.all_inner_texts())


def test_a_link_of_the_report_opens_the_account_on_the_map(
    pages: Path, analysis: Analysis, open_page: Any
) -> None:
    page = open_page(pages / "index.html")
    page.click("#hubs tbody a >> nth=0")
    page.wait_for_url("**/network.html#account=*")
    assert page.evaluate("kznet.view()")["selected"] == analysis.hubs["account"].iloc[0]
    page.click("#card a[href^='index.html']")
    page.wait_for_url("**/index.html#hub-0")
    page.click("#hubs tbody a.aside >> nth=0")
    page.wait_for_url("**/hubs/*.html")


@pytest.mark.parametrize("width", [390, 1024])
def test_the_report_fits_its_width(pages: Path, open_page: Any, width: int) -> None:
    page = open_page(pages / "index.html", viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "network.html"])
def test_text_has_enough_contrast(pages: Path, open_page: Any, name: str, theme: str) -> None:
    page = open_page(pages / name, color_scheme=theme)
    pairs = [
        *(("--ink", behind) for behind in ("--paper", "--sheet", "--notice", "--shade")),
        *(("--muted", behind) for behind in ("--paper", "--sheet", "--shade", "--disc")),
        *(("--accent", behind) for behind in ("--paper", "--sheet", "--accent-shade")),
        ("--accent-ink", "--accent"),
    ]
    found = page.evaluate(CONTRAST, pairs)
    assert [(pair, ratio) for pair, ratio in zip(pairs, found, strict=True) if ratio < 4.5] == []


CONTRAST = """pairs => {
  const css = getComputedStyle(document.documentElement);
  const light = name => {
    const hex = css.getPropertyValue(name).trim();
    const parts = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  return pairs.map(([a, b]) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  });
}"""
