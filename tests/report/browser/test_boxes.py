"""Nothing is clipped, outside the page or one over another, at three widths."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
WIDTHS = (390, 1024, 1600)
LANGUAGES = ("en", "ru", "kk")
SETTLED = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
Faults = Callable[[Any], list[str]]


def in_language(page: Any, language: str) -> None:
    """Read this page, and those opened in its place, in a language that isn't the reader's own."""
    page.evaluate("language => localStorage.setItem('kznet-language', language)", language)
    page.reload()


def at_widths(page: Any, faults: Faults, *, after: Callable[[], None] = lambda: None) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        after()
        found += [f"{width} px, {fault}" for fault in faults(page)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_boxes_of_every_page_stand_clear(
    samples: list[Path], open_page: Any, faults: Faults, language: str
) -> None:
    page, found = open_page(samples[0]), []
    in_language(page, language)
    for path in samples:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.lang") == language
        found += [f"{path.parent.name}/{path.name}, {fault}" for fault in at_widths(page, faults)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_boxes_of_the_map_s_panels_stand_clear(
    pages: Path, open_page: Any, faults: Faults, language: str
) -> None:
    page = open_page(pages / "network.html")
    in_language(page, language)

    def at_hub() -> None:
        page.evaluate("document.querySelector('button.hub-row').click()")

    found = at_widths(page, faults, after=at_hub)
    page.evaluate("document.querySelector('[data-action=how]').click()")
    found += at_widths(page, faults)
    page.evaluate("document.querySelector('[data-action=close]').click()")
    page.evaluate("document.querySelector('[data-action=table]').click()")
    found += at_widths(page, faults)
    assert found == [], "\n".join(found)


def test_faults_of_boxes_are_found(open_page: Any, faults: Faults, tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text(BAD, encoding="utf-8")
    found = "\n".join(faults(open_page(path)))
    for fault in (
        "clipped by div#small: p “a word that is too long for it”",
        "outside the page: p#far “far away”",
        "text over text: text “first” and text “second”",
        "control over control: button “one” and button “two”",
        "control over text: button “three” and p#under “beneath”",
    ):
        assert fault in found
    for innocent in ("unseen", "scrolled", "popup", "closed", "through"):
        assert innocent not in found


BAD = """<!doctype html><meta charset="utf-8"><title>bad</title>
<style>
  body { margin: 0; font: 16px/1.5 sans-serif; }
  #small { width: 60px; overflow: hidden; white-space: nowrap; }
  #far { position: absolute; left: -30px; top: 300px; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  #scrolls { width: 60px; overflow: auto; white-space: nowrap; }
  .through { pointer-events: none; color: transparent; }
  #popup { position: absolute; left: 0; top: 90px; width: 300px; background: white; }
</style>
<div id="small"><p>a word that is too long for it</p></div>
<p id="far">far away</p>
<span class="unseen">unseen words for readers</span>
<div id="scrolls">scrolled words that go on</div>
<div id="popup">popup over the rest</div>
<details><summary>open</summary>closed words</details>
<svg width="200" height="40"><text x="5" y="20">first</text><text x="12" y="22">second</text></svg>
<p><button>one</button><button style="margin-left:-9px">two</button></p>
<p><button>four</button><button class="through" style="margin-left:-9px">through</button></p>
<p id="under">beneath</p><button style="position:relative;top:-40px">three</button>
"""
