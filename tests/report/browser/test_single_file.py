"""The report, the map and the dossiers in one file, opened over each other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.report import View
from kznet.report.pages import pages as made

pytestmark = pytest.mark.browser
INSIDE = "iframe.over"


@pytest.fixture(scope="module")
def case(make: Callable[..., Analysis]) -> Analysis:
    return make(40, hubs=2)


@pytest.fixture(scope="module")
def whole(case: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "report.html"
    texts = (text for name, text in made(case, View(single_file=True)) if name == path.name)
    path.write_text(next(texts), encoding="utf-8")
    return path


def selected(page: Any, account: str) -> None:
    """Wait until the map over the report shows the card of an account."""
    page.frame_locator(INSIDE).locator("#card .ids", has_text=account).wait_for()


def test_the_map_and_a_dossier_open_over_the_report_and_lead_back(
    whole: Path, case: Analysis, open_page: Any
) -> None:
    page = open_page(whole)
    inner, first = page.frame_locator(INSIDE), case.hubs.iloc[0]
    assert page.locator(INSIDE).is_hidden()
    page.click("header .top a[href='network.html']")
    assert "40 accounts" in inner.locator("#seen:not(:empty)").inner_text()
    inner.locator("button.hub-row").first.click()
    inner.locator("#card a[href^='hubs/']").click()
    page.wait_for_url("**/report.html#/hubs/*")
    inner.locator("h1", has_text=first["name"]).wait_for()
    page.go_back()
    page.wait_for_url("**/report.html#/network.html*")
    selected(page, first["account"])
    inner.locator("header a.button[href='index.html']").click()
    page.locator(INSIDE).wait_for(state="hidden")
    assert page.locator("#hubs").is_visible()
    assert not page.evaluate("location.hash").startswith("#/")


def test_a_link_into_the_file_and_the_language_chosen_there(
    whole: Path, case: Analysis, open_page: Any
) -> None:
    account = case.hubs["account"].iloc[1]
    fragment = "#/network.html#account=" + account.replace(":", "%3A")
    page = open_page(whole, fragment=fragment)
    selected(page, account)
    inner = page.frame_locator(INSIDE)
    inner.locator("#language").select_option("kk")
    page.locator("html[lang=kk]").wait_for(state="attached")
    inner.locator("html[lang=kk]").wait_for(state="attached")
    selected(page, account)
    assert page.evaluate("location.hash") == fragment
    inner.locator("header a.button[href='index.html']").click()
    page.locator(INSIDE).wait_for(state="hidden")
    assert page.input_value("#language") == "kk"
