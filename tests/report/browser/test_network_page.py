from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kznet.analysis import Analysis

pytestmark = pytest.mark.browser
HUB = "button.hub-row >> nth=0"


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


def settle(page: Any) -> None:
    """Wait until what was asked for is drawn, however busy the machine is."""
    page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")


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
    page.wait_for_function("kznet.labels().length >= 5")
    boxes = page.evaluate("kznet.labels()")
    assert overlapping(boxes) == []


def test_coming_closer_shows_more_names(open_page: Any, network: Path) -> None:
    page = open_page(network)
    settle(page)
    before = len(page.evaluate("kznet.labels()"))
    for _ in range(4):
        page.click("[data-action=in]")
    page.wait_for_function("before => kznet.labels().length > before", arg=before)
    assert overlapping(page.evaluate("kznet.labels()")) == []


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
                 "Innocent explanations checked", "Devoted readers", "can't be checked",
                 "Examples", "What it doesn't mean", "right of reply"):  # fmt: skip
        assert part in card


def test_a_click_on_the_map_opens_the_account(
    open_page: Any, network: Path, hubs: pd.DataFrame
) -> None:
    page = open_page(network)
    account = hubs["account"].iloc[0]
    place = page.evaluate("id => kznet.at(id)", account)
    page.locator("#canvas").click(position=place)
    page.wait_for_function("account => kznet.view().selected === account", arg=account)


def test_focus_shows_one_account_s_ties_alone_and_leads_back(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click(HUB)
    page.click("#focus-on")
    shown = seen(page)["accounts"]
    assert 1 < shown < 300
    assert f"{shown - 1} account" in page.inner_text("#focus-text")
    assert view(page)["focus"] == view(page)["selected"]
    settle(page)
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
    page.wait_for_function("id => location.hash.endsWith(id)", arg=hubs["account"].iloc[0][-5:])


def test_a_permalink_to_an_account_that_is_not_shown_says_so(open_page: Any, network: Path) -> None:
    page = open_page(network, fragment="#account=x%3Anobody")
    assert "not among the 300 accounts" in page.inner_text("#missing")


def test_size_and_colour_can_be_chosen(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.select_option("#size", index=1)
    page.select_option("#colour", "community")
    assert view(page)["colour"] == "community"
    assert view(page)["size"] != "all_in_strength"
