"""The map of a part of the case: what is shown is said at its head, and nothing is pushed out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.report import View
from kznet.report.pages import pages as made

pytestmark = pytest.mark.browser
FITS = """() => {
  const head = document.querySelector("header");
  const right = Math.max(...[...head.querySelectorAll(":scope > *")].map(each => each.getBoundingClientRect().right));
  return [head.scrollWidth <= innerWidth, right <= innerWidth, head.offsetHeight];
}"""  # noqa: E501  # one expression of the page's language


def test_the_head_says_which_part_is_shown_and_stays_low(
    make: Callable[..., Analysis], open_page: Any, tmp_path: Path
) -> None:
    case = make(150, hubs=2)
    around = case.hubs["account"].iloc[0]
    view = View(around=around, since=date(2024, 2, 5), until=date(2024, 3, 20))
    text = next(text for name, text in made(case, view) if name == "network.html")
    path = tmp_path / "network.html"
    path.write_text(text, encoding="utf-8")
    page = open_page(path, locale="ru-RU")
    name = case.hubs["name"].iloc[0]
    wanted = f"вокруг: {name} · с 5 февр. 2024 по 20 мар. 2024 · "
    assert page.get_attribute(".chosen", "title").replace("\u00a0", " ").startswith(wanted)
    for width, low in ((1400, 60), (1024, 60), (390, 90)):
        page.set_viewport_size({"width": width, "height": 844})
        inside, seen, height = page.evaluate(FITS)
        assert (inside, seen, height <= low) == (True, True, True)
        assert page.locator(".part-words").first.is_visible()
