from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis

pytestmark = pytest.mark.browser

# Text in a plot that leaves its drawing, elements that leave the page, boxes that cut their text.
FAULTS = """() => {
  const wide = document.documentElement.clientWidth, faults = [];
  const name = (each) => each.tagName + " " + each.textContent.trim().slice(0, 40);
  const shown = (each) => each.checkVisibility() && !each.closest(".skip, .unseen");
  for (const each of document.querySelectorAll("body *")) {
    if (!shown(each) || each.parentElement.closest(".wrap")) continue;
    const box = each.getBoundingClientRect();
    if (box.width && (box.left < -0.5 || box.right > wide + 0.5)) faults.push("out " + name(each));
    const style = getComputedStyle(each);
    if (style.overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1 && each.clientWidth) faults.push("cut " + name(each));
  }
  for (const plot of document.querySelectorAll("svg.plot")) {
    const frame = plot.getBoundingClientRect();
    for (const text of plot.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) faults.push("plot " + name(text));
    }
  }
  return faults;
}"""  # noqa: E501  # one expression of the page's language
OVERLAPS = """() => [...document.querySelectorAll("svg.plot:not(.matrix)")].flatMap((plot) => {
  const boxes = [...plot.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([a, one], k) => boxes.slice(k + 1)
    .filter(([, two]) => one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 3 && two.top < one.bottom - 3)
    .map(([b]) => a + " / " + b));
})"""  # noqa: E501  # as above


@pytest.fixture
def report(pages: Path) -> Path:
    return pages / "index.html"


def test_nothing_is_clipped_or_overlaps_at_any_width(report: Path, open_page: Any) -> None:
    page = open_page(report)
    found = {}
    for width in (390, 1024, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(FAULTS) + page.evaluate(OVERLAPS)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {390: [], 1024: [], 1600: []}


def test_long_tables_turn_pages_and_print_whole(
    make: Callable[..., Analysis], open_page: Any, first_written: Any
) -> None:
    page = open_page(first_written(make(400, hubs=30)) / "index.html")
    rows, pager = page.locator("#others-table tbody tr"), page.locator("[data-pages=others-table]")
    total = rows.count()
    shown = page.locator("#others-table tbody tr:visible")
    first = shown.first.inner_text()
    assert (shown.count(), pager.locator("span").inner_text()) == (15, f"1 – 15 / {total}")
    pager.locator("[data-step='1']").click()
    assert shown.first.inner_text() != first
    page.emulate_media(media="print")
    assert shown.count() == total
    page.emulate_media(media="screen")
    pager.locator("[data-whole]").click()
    assert (shown.count(), pager.is_visible()) == (total, False)


def test_a_citation_is_copied_by_a_click(report: Path, open_page: Any) -> None:
    page = open_page(report, permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("[data-copies=cite-bibtex]")
    button.click()
    button.filter(has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{kznet-")


def test_without_scripts_everything_is_there(report: Path, open_page: Any) -> None:
    page = open_page(report, java_script_enabled=False)
    assert page.locator("[data-pages]:visible, [data-copies]:visible").count() == 0
    assert page.locator("#others-table tbody tr:visible").count() > 10
