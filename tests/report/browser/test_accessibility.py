"""What axe-core says of every page, in both themes and with everything that opens opened."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
RUN = "options => axe.run(document, {resultTypes: ['violations'], preload: false, ...options})"
EVERYTHING: Final[dict[str, Any]] = {}
COLOURS: Final = {"runOnly": ["color-contrast"]}
PHONE: Final = {"width": 390, "height": 844}


def click(*selectors: str) -> Callable[[Any], None]:
    """Open something: the words of a test's preparation."""

    def prepared(page: Any) -> None:
        for selector in selectors:
            page.click(selector)

    return prepared


def narrow(*selectors: str) -> Callable[[Any], None]:
    def prepared(page: Any) -> None:
        page.set_viewport_size(PHONE)
        click(*selectors)(page)

    return prepared


def hovering(selector: str) -> Callable[[Any], None]:
    return lambda page: page.hover(selector)


def searching(page: Any) -> None:
    page.fill("#search", "a")
    page.keyboard.press("ArrowDown")


STATES: Final = {
    "the report": ("index.html", click("#coverage summary")),
    "the report on a phone": ("index.html", narrow()),
    "the map": ("network.html", click()),
    "the map's card": ("network.html", click("button.hub-row >> nth=0")),
    "the map's search": ("network.html", searching),
    "the map's focus": ("network.html", click("button.hub-row >> nth=0", "#focus-on")),
    "the map's dialog": ("network.html", click("[data-action=how]")),
    "the map's table": ("network.html", click("header [data-action=table]")),
    "the atlas": ("atlas/index.html", click("[data-view=in]")),
    "a community of the atlas": ("atlas/community-0.html", click()),
    "an account of the atlas": ("atlas/accounts/*.html", hovering(".marks > :nth-child(2)")),
    "a dossier": ("hubs/*.html", click()),
    "the map's filters on a phone": ("network.html", narrow("[data-panel-button=filters]")),
}


def grave(page: Any, options: dict[str, Any]) -> list[str]:
    """Serious and critical faults, the first five places of each."""
    return [
        f"{fault['id']} ({fault['impact']}), {fault['help']}: {node['html'][:160]}"
        for fault in page.evaluate(RUN, options)["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"][:5]
    ]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_grave(small_pages: Path, open_page: Any, state: str) -> None:
    name, prepare = STATES[state]
    page = open_page(min(small_pages.glob(name)))
    prepare(page)
    page.evaluate(AXE_SCRIPT)
    assert grave(page, EVERYTHING) == []
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert grave(page, COLOURS) == []


def test_axe_sees_what_is_wrong(open_page: Any, tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    faint = '<p style="color: #bbb; background: #fff">faint</p><button></button>'
    path.write_text(f"<!doctype html><html><title>bad</title>{faint}</html>", encoding="utf-8")
    page = open_page(path)
    page.evaluate(AXE_SCRIPT)
    found = {fault.split()[0] for fault in grave(page, EVERYTHING)}
    assert found == {"button-name", "color-contrast", "html-has-lang"}
