from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kznet.analysis import Analysis

pytestmark = pytest.mark.browser
HUB = "button.hub-row >> nth=0"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def network(pages: Path) -> Path:
    return pages / "network.html"


@pytest.fixture(scope="session")
def hubs(analysis: Analysis) -> pd.DataFrame:
    return analysis.hubs[analysis.hubs["status"] == "hub"]


def seen(page: Any) -> dict[str, int]:
    return dict(page.evaluate("kznet.seen()"))


def view(page: Any) -> dict[str, Any]:
    return dict(page.evaluate("kznet.view()"))


def overlapping(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (a["text"], b["text"])
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a["left"] < b["right"] and b["left"] < a["right"]
        and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]  # fmt: skip


@pytest.mark.parametrize("width", [390, 1024, 1600])
def test_names_do_not_overlap_at_the_first_view(open_page: Any, network: Path, width: int) -> None:
    page = open_page(network, viewport={"width": width, "height": 900})
    page.wait_for_timeout(200)
    boxes = page.evaluate("kznet.labels()")
    assert len(boxes) >= 5
    assert overlapping(boxes) == []


def test_coming_closer_shows_more_names(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.wait_for_timeout(200)
    before = len(page.evaluate("kznet.labels()"))
    for _ in range(4):
        page.click("[data-action=in]")
    page.wait_for_timeout(200)
    boxes = page.evaluate("kznet.labels()")
    assert len(boxes) > before
    assert overlapping(boxes) == []


def test_search_finds_a_name_typed_in_latin_letters(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.fill("#search", "akhmetova")
    names = page.locator("#found .name").all_inner_texts()
    assert names
    assert all("Ахметова" in name for name in names)


def test_search_opens_the_account_by_keyboard(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.fill("#search", "Динара")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "Динара" in page.inner_text("#card-name")
    assert page.locator("#found").is_hidden()


def test_search_says_when_there_is_nothing(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.fill("#search", "zzzzzz")
    assert "Not among the 300 accounts" in page.inner_text("#search-state")


def test_the_legend_hides_what_it_counts(open_page: Any, network: Path) -> None:
    page = open_page(network)
    row = page.locator('[data-filter="role"][data-value="media"]')
    count = int(row.locator(".count").inner_text())
    assert seen(page)["accounts"] == 300
    row.click()
    assert seen(page)["accounts"] == 300 - count
    row.click()
    assert seen(page)["accounts"] == 300


def test_kinds_of_tie_can_be_hidden(open_page: Any, network: Path) -> None:
    page = open_page(network)
    all_ties = seen(page)["ties"]
    rows = page.locator('[data-filter="kind"]')
    counts = [int(text) for text in rows.locator(".count").all_inner_texts()]
    assert sum(counts) == all_ties
    rows.nth(0).click()
    assert seen(page) == {"accounts": 300, "ties": all_ties - counts[0]}


def test_everything_comes_back_with_one_click(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click('[data-filter="community"] >> nth=0')
    page.click('[data-filter="role"] >> nth=0')
    page.click("#show-all")
    assert seen(page)["accounts"] == 300
    assert page.locator("[data-filter] input:not(:checked)").count() == 0


def test_a_hub_in_the_list_opens_its_card(
    open_page: Any, network: Path, hubs: pd.DataFrame
) -> None:
    page = open_page(network)
    page.click(HUB)
    assert view(page)["selected"] == hubs["account"].iloc[0]
    card = page.inner_text("#card")
    for part in ("Hub with signals", "95% interval", "What was tested", "observed", "at least",
                 "Examples", "What it doesn't mean", "right of reply"):  # fmt: skip
        assert part in card


def test_a_click_on_the_map_opens_the_account(
    open_page: Any, network: Path, hubs: pd.DataFrame
) -> None:
    page = open_page(network)
    account = hubs["account"].iloc[0]
    place = page.evaluate("id => kznet.at(id)", account)
    page.locator("#canvas").click(position=place)
    page.wait_for_timeout(400)
    assert view(page)["selected"] == account


def test_focus_shows_one_account_s_ties_alone_and_leads_back(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click(HUB)
    page.click("#focus-on")
    shown = seen(page)["accounts"]
    assert 1 < shown < 300
    assert f"{shown - 1} account" in page.inner_text("#focus-text")
    assert view(page)["focus"] == view(page)["selected"]
    page.wait_for_timeout(200)
    assert overlapping(page.evaluate("kznet.labels()")) == []
    page.click("#focus-back")
    assert seen(page)["accounts"] == 300
    assert view(page)["focus"] is None


def test_filters_and_focus_work_together(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click(HUB)
    page.click("#focus-on")
    ties = seen(page)["ties"]
    page.click('[data-filter="kind"] >> nth=0')
    assert seen(page)["ties"] < ties
    page.click("#focus-back")
    page.click("#show-all")
    assert seen(page)["accounts"] == 300


def test_a_permalink_opens_its_account(open_page: Any, network: Path, hubs: pd.DataFrame) -> None:
    account = hubs["account"].iloc[1]
    page = open_page(network, fragment="#account=" + account.replace(":", "%3A"))
    assert view(page)["selected"] == account
    page.click("[data-action=list]")
    page.click(HUB)
    assert page.evaluate("location.hash").endswith(hubs["account"].iloc[0].split(":")[1])


def test_a_permalink_to_an_account_that_is_not_shown_says_so(open_page: Any, network: Path) -> None:
    page = open_page(network, fragment="#account=x%3Anobody")
    assert "not among the 300 accounts" in page.inner_text("#missing")


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


def test_the_focus_is_visible(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.keyboard.press("Tab")
    width = "getComputedStyle(document.activeElement).outlineWidth"
    assert page.evaluate(width) == "3px"


def test_the_table_says_what_the_map_shows(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click("header [data-action=table]")
    assert page.locator("#table-body tr").count() == 300
    page.click('[data-filter="role"] >> nth=0')
    assert page.locator("#table-body tr").count() == seen(page)["accounts"]
    page.click("#table-body button >> nth=0")
    assert view(page)["selected"] is not None


def test_size_and_colour_can_be_chosen(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.select_option("#size", index=1)
    page.select_option("#colour", "community")
    assert view(page)["colour"] == "community"
    assert view(page)["size"] != "all_in_strength"


def test_a_picture_can_be_saved(open_page: Any, network: Path) -> None:
    page = open_page(network)
    with page.expect_download() as waiting:
        page.click("[data-action=png]")
    assert waiting.value.suggested_filename == "kznet-network.png"


def test_a_phone_shows_everything_within_its_width(open_page: Any, network: Path) -> None:
    page = open_page(network, **PHONE)
    widths = "[document.documentElement.scrollWidth, innerWidth]"
    assert page.evaluate(widths) == [390, 390]
    for panel in ("filters", "details"):
        page.click(f"[data-panel-button={panel}]")
        box = page.locator(f"#{panel}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] > 150
        clipped = page.evaluate(
            "id => [...document.querySelectorAll('#' + id + ' *')].filter(e => e.checkVisibility()"
            " && e.getBoundingClientRect().right > 391).map(e => e.className)",
            panel,
        )
        assert clipped == []
    page.click(HUB)
    assert page.locator("#card-name").is_visible()
    assert page.evaluate(widths) == [390, 390]


def test_the_first_draw_is_quick(open_page: Any, network: Path) -> None:
    page = open_page(network)
    drawn = "new Promise(r => requestAnimationFrame(() => r(performance.now())))"
    assert page.evaluate(drawn) < 6000  # 2 s on a quiet machine; a busy one gets room
