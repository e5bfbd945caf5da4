from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.report.atlas import atlas
from kznet.report.texts import read_texts
from kznet.report.woven import woven

pytestmark = pytest.mark.browser
HOSTILE = [
    "</script><script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "\u202eevil\u202c",
    "x" * 500,
    "</title></svg><script>window.hit = 1</script>",
]
# The box of a text is as high as its font's longest strokes; a tenth of it is air on either side.
OVERLAPS = """() => {
  const inked = ({left, right, top, bottom, height}) =>
    ({left, right, top: top + height / 10, bottom: bottom - height / 10});
  const names = [...document.querySelectorAll(".names text:not([visibility])")];
  const boxes = names.map(t => t.getBoundingClientRect()).filter(b => b.width).map(inked);
  const apart = (a, b) =>
    a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
  return boxes.flatMap((a, i) => boxes.slice(0, i).filter(b => !apart(a, b)).map(b => [a, b]));
}"""
CLIPPED = """() => [...document.querySelectorAll("main *, header *")]
  .filter(e => !e.closest("svg, .wrap, .unseen, .skip"))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def folder(make: Callable[..., Analysis], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, english = tmp_path_factory.mktemp("atlas"), read_texts("en")
    analysis = make(40, hubs=1, communities=2, names=HOSTILE)
    for path, text in atlas(analysis, render=lambda page: woven({"en": page.html(english)})):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode("utf-8"))
    return root / "atlas"


def heaviest(folder: Path) -> Path:
    return max(sorted(folder.glob("accounts/*.html")), key=lambda path: path.stat().st_size)


def test_nothing_is_clipped_and_no_names_overlap(folder: Path, open_page: Any) -> None:
    for path in (folder / "index.html", folder / "community-0.html", heaviest(folder)):
        page = open_page(path)
        for width in (390, 1024, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(CLIPPED) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(OVERLAPS) == []
            assert page.evaluate("window.hit") is None


def test_the_drawing_moves_ends_and_goes_back(folder: Path, open_page: Any) -> None:
    page = open_page(heaviest(folder))
    before = page.get_attribute(".ties path", "d")
    page.click("[data-move=start]")
    page.wait_for_timeout(200)
    page.click("[data-move=start]")
    page.wait_for_selector("[data-move=start][aria-pressed=false]")
    assert page.get_attribute(".ties path", "d") != before
    assert page.evaluate(OVERLAPS) == []
    page.click("[data-move=back]")
    assert page.evaluate("document.querySelector('.marks > *').getAttribute('transform')") in (
        None,
        "translate(0.0 0.0)",
    )
    page.hover(".marks > :first-child")
    assert page.locator(".drawing.dimmed").count() == 1
    assert page.inner_text("#told") == page.text_content(".marks > :first-child title")
    page.click("[data-view=in]")
    page.focus("#drawing")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#drawing", "viewBox") != "0 0 640 480"
    page.keyboard.press("0")
    assert page.get_attribute("#drawing", "viewBox") == "0.0 0.0 640.0 480.0"


def test_without_motion_the_drawing_is_settled_at_once(folder: Path, open_page: Any) -> None:
    page = open_page(heaviest(folder), reduced_motion="reduce")
    page.click("[data-move=start]")
    assert page.get_attribute("[data-move=start]", "aria-pressed") == "false"
    assert page.is_visible("[data-move=back]")


def test_an_account_is_found_in_any_alphabet_and_leads_back(folder: Path, open_page: Any) -> None:
    page = open_page(folder / "index.html")
    page.fill("#search", "aiger")
    assert "Айгерім" in page.inner_text("#found")
    page.fill("#search", "qwrtpsdf")
    assert page.is_visible("#search-none")
    page.fill("#search", "script")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/**")
    assert page.evaluate("window.hit") is None
    page.click(".crumbs li:nth-child(2) a")
    page.wait_for_url("**/atlas/index.html")
    page.focus(".marks a:first-child")
    assert page.locator(".drawing.dimmed").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/community-*.html")
