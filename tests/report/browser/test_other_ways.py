"""The ways to the map other than a mouse on a wide light screen."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
HUB = "button.hub-row >> nth=0"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def network(pages: Path) -> Path:
    return pages / "network.html"


def view(page: Any) -> dict[str, Any]:
    return dict(page.evaluate("kznet.view()"))


def test_the_theme_follows_the_system_and_the_button(open_page: Any, network: Path) -> None:
    page = open_page(network, color_scheme="dark")
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.click("[data-action=theme]")
    assert page.evaluate(theme) == "light"
    page.reload()
    assert page.evaluate(theme) == "light"


def test_the_map_obeys_the_keyboard(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.focus("#canvas")
    start = view(page)["scale"]
    page.keyboard.press("+")
    assert view(page)["scale"] > start
    page.keyboard.press("n")
    first = view(page)["selected"]
    page.keyboard.press("n")
    assert view(page)["selected"] not in (None, first)
    page.keyboard.press("f")
    assert view(page)["focus"] is not None
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert view(page)["focus"] is None
    assert view(page)["selected"] is None


def test_keys_are_known_by_their_place_on_a_cyrillic_keyboard(
    open_page: Any, network: Path
) -> None:
    page = open_page(network)
    start = view(page)["scale"]
    page.dispatch_event("#canvas", "keydown", {"key": "Һ", "code": "Equal"})
    assert view(page)["scale"] > start
    for key, code in (("т", "KeyN"), ("Т", "KeyN"), ("N", "KeyK")):
        before = view(page)["selected"]
        page.dispatch_event("#canvas", "keydown", {"key": key, "code": code})
        assert view(page)["selected"] not in (None, before)
    page.dispatch_event("#canvas", "keydown", {"key": "А", "code": "KeyF"})
    assert view(page)["focus"] == view(page)["selected"]


def test_the_focus_is_visible(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.keyboard.press("Tab")
    width = "getComputedStyle(document.activeElement).outlineWidth"
    assert page.evaluate(width) == "3px"


def test_the_table_says_what_the_map_shows(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click("header [data-action=table]")
    rows = page.locator("#table-body tr")
    assert (rows.count(), page.inner_text("#table-more")) == (100, "Show 100 more of 200")
    page.focus("#table-more")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") > 100
    page.evaluate("document.querySelector('#table-more').click()")
    rows.nth(299).wait_for()
    assert page.locator("#table-more").is_hidden()
    page.click('[data-filter="role"] >> nth=0')
    assert rows.count() == 100
    page.click("#table-body button >> nth=0")
    assert view(page)["selected"] is not None


def test_a_picture_can_be_saved(open_page: Any, network: Path) -> None:
    page = open_page(network)
    for kind in ("png", "svg"):
        page.click("#share summary")
        with page.expect_download() as waiting:
            page.click(f"[data-action={kind}]")
        assert waiting.value.suggested_filename == f"kznet-network.{kind}"
        assert page.locator("#share[open]").count() == 0


def test_a_phone_shows_everything_within_its_width(open_page: Any, network: Path) -> None:
    page = open_page(network, **PHONE)
    widths = "[document.documentElement.scrollWidth, innerWidth]"
    assert page.evaluate(widths) == [390, 390]
    for panel in ("filters", "details", "time"):
        page.click(f"[data-panel-button={panel}]")
        box = page.locator(f"#{panel}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] > 120
        assert page.locator("#map").bounding_box()["width"] == 390
        clipped = page.evaluate(
            "id => [...document.querySelectorAll('#' + id + ' *')].filter(e => e.checkVisibility()"
            " && e.getBoundingClientRect().right > 391).map(e => e.className)",
            panel,
        )
        assert clipped == []
        page.click(f"#{panel} .close")
        assert page.locator(f"#{panel}").is_hidden()
    page.click("[data-panel-button=details]")
    page.click(HUB)
    assert page.locator("#card-name").is_visible()
    assert page.evaluate(widths) == [390, 390]


def test_the_first_draw_is_quick(open_page: Any, network: Path) -> None:
    page = open_page(network)
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.reload()
    page.evaluate("new Promise(requestAnimationFrame)")
    metrics = client.send("Performance.getMetrics")["metrics"]
    client.detach()
    used = {each["name"]: each["value"] for each in metrics}
    assert 0.05 < used["TaskDuration"] < 2  # of a core: a busy machine changes little
