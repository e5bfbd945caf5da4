"""Choosing what the map shows, and keeping the choice: time, weights, colours, links, drawings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kznet.analysis import Analysis

pytestmark = pytest.mark.browser
HUB = "button.hub-row >> nth=0"
SLIDE = """([id, value]) => {
  const input = document.querySelector(id);
  input.value = value;
  input.dispatchEvent(new Event("input"));
}"""

DRAWN = """() => {
  const drawing = new DOMParser().parseFromString(kznet.drawing(), "image/svg+xml");
  const texts = [...drawing.querySelectorAll("text")].map(each => each.textContent);
  const named = drawing.querySelectorAll("g > title").length;
  return [texts, named, drawing.querySelector("svg > title").textContent];
}"""


@pytest.fixture
def network(pages: Path) -> Path:
    return pages / "network.html"


def seen(page: Any) -> dict[str, int]:
    return dict(page.evaluate("kznet.seen()"))


def hash_becomes(page: Any, wanted: str) -> None:
    """Wait for the address, which rests while a handle is drawn."""
    page.wait_for_function("wanted => location.hash === wanted", arg=wanted)


def hash_stays(page: Any, wanted: str) -> None:
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash") == wanted


def count(page: Any, name: str, value: str) -> int:
    row = page.locator(f'[data-filter="{name}"][data-value="{value}"] .count')
    return int(row.inner_text().replace(",", ""))


def test_a_range_of_days_keeps_its_ties_and_those_without_a_time(
    open_page: Any, network: Path
) -> None:
    page = open_page(network)
    everything = seen(page)
    assert "All times, 1 Feb 2024 to" in page.inner_text("#time-words")
    page.evaluate(SLIDE, ["#from", 10])
    page.evaluate(SLIDE, ["#to", 19])
    words = page.inner_text("#time-words")
    assert "11 Feb 2024 to 20 Feb 2024 (10 days)" in words
    within = seen(page)
    assert 0 < within["ties"] < everything["ties"]
    assert within["accounts"] == everything["accounts"]
    assert sum(count(page, "kind", str(k)) for k in range(3)) == within["ties"]
    page.focus("#from")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#from", "aria-valuetext") == "12 Feb 2024"
    hash_becomes(page, "#from=2024-02-12&to=2024-02-20")
    page.evaluate(SLIDE, ["#from", 50])
    assert page.input_value("#from") == page.input_value("#to")
    page.click("#time-all")
    assert seen(page) == everything
    hash_becomes(page, "")


def test_without_times_there_is_nothing_to_slide(
    make: Callable[..., Analysis], open_page: Any, first_written: Any
) -> None:
    analysis = make(30, hubs=0)
    timeless = replace(analysis.dataset, ties=analysis.dataset.ties.assign(time=pd.NaT))
    folder = first_written(replace(analysis, dataset=timeless))
    page = open_page(folder / "network.html", fragment="#from=2024-01-01")
    assert page.locator("#time").is_hidden()
    assert "left out: from" in page.inner_text("#missing")


def test_sliders_leave_the_heavy_ties_and_the_wide_accounts(open_page: Any, network: Path) -> None:
    page = open_page(network)
    everything = seen(page)
    page.evaluate(SLIDE, ["#weight", 2])
    heavy = seen(page)
    assert 0 < heavy["ties"] < everything["ties"]
    assert f"{heavy['ties']} ties" in page.inner_text("#weight-words")
    page.evaluate(SLIDE, ["#score", 8])
    wide = seen(page)
    assert wide["accounts"] < everything["accounts"]
    assert wide["ties"] <= heavy["ties"]
    assert f"{wide['accounts']} accounts" in page.inner_text("#score-words")
    page.click("header [data-action=table]")
    assert page.locator("#table-body tr").count() == min(wide["accounts"], 100)
    page.wait_for_function("['weight=', 'score='].every(part => location.hash.includes(part))")
    link = page.evaluate("location.hash")
    again = open_page(network, fragment=link)
    assert seen(again) == wide
    page.click("#show-all")
    assert seen(page) == everything


def test_counts_follow_the_other_filters(open_page: Any, network: Path) -> None:
    page = open_page(network)
    media, first = count(page, "role", "media"), count(page, "community", "0")
    page.hover('[data-filter="role"][data-value="media"]')
    page.click('li:has([data-filter="role"][data-value="media"]) .only')
    assert seen(page)["accounts"] == media == count(page, "role", "media")
    assert count(page, "community", "0") < first
    page.click('li:has([data-filter="role"][data-value="media"]) .only')
    assert seen(page)["accounts"] == 300
    title = page.evaluate("kznet.titles()")[0]
    page.locator("#canvas").click(position={"x": title["x"], "y": title["y"]})
    page.wait_for_function("kznet.seen().accounts < 300")
    assert seen(page)["accounts"] == count(page, "community", str(title["number"]))


def test_the_count_of_a_focus_leaves_hidden_accounts_out(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click(HUB)
    page.click("#focus-on")
    before = seen(page)["accounts"]
    page.click('[data-filter="role"][data-value=""]')
    after = seen(page)["accounts"]
    assert after < before
    assert f"{after - 1} account" in page.inner_text("#focus-text")
    page.click("#focus-back")
    assert seen(page)["accounts"] == 300 - count(page, "role", "")


def test_a_measure_can_be_the_colour(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.select_option("#colour", "all_in_strength")
    counts = [int(text) for text in page.locator("#ramp .count").all_inner_texts()]
    assert sum(counts) == 300
    assert counts == sorted(counts)
    hash_becomes(page, "#colour=all_in_strength")
    page.select_option("#colour", "role")
    assert page.locator("#ramp-part").is_hidden()


def test_a_link_holds_the_whole_view(open_page: Any, network: Path, analysis: Analysis) -> None:
    account = analysis.hubs["account"].iloc[0]
    wanted = (
        f"#account={account.replace(':', '%3A')}&focus={account.replace(':', '%3A')}"
        "&size=all_pagerank&colour=community&hide=community:2,kind:follow,role:unknown"
        "&from=2024-02-05&to=2024-03-20&weight=2"
    )
    page = open_page(network, fragment=wanted)
    view = page.evaluate("kznet.view()")
    assert (view["selected"], view["focus"]) == (account, account)
    assert (view["size"], view["colour"], view["weight"]) == ("all_pagerank", "community", 2)
    assert page.locator("[data-filter] input:not(:checked)").count() == 3
    hash_stays(page, wanted)
    page.reload()
    hash_stays(page, wanted)
    page.evaluate("location.hash = '#size=nothing&hide=role:x&lang=ru&account=x'")
    page.wait_for_function("kznet.view().selected === null")
    assert seen(page)["accounts"] == 300
    assert "not among the 300" in page.inner_text("#missing")
    page.evaluate("location.hash = '#size=nothing&hide=role:x'")
    page.wait_for_function("document.querySelector('#missing').textContent.includes('size, hide')")
    page.click("#share summary")
    page.click("[data-action=link]")
    page.wait_for_function("document.querySelector('#shared').textContent !== ''")
    page.keyboard.press("Escape")
    assert page.locator("#share[open]").count() == 0


def test_the_drawing_says_what_is_seen(open_page: Any, network: Path) -> None:
    page = open_page(network)
    page.click('[data-filter="role"][data-value=""]')
    page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    texts, named, title = page.evaluate(DRAWN)
    accounts = seen(page)["accounts"]
    assert f"kznet · {accounts} of 900 accounts · signals, not accusations" in texts
    assert {label["text"] for label in page.evaluate("kznet.labels()")} <= set(texts)
    assert {"Media", "Reposts"} <= set(texts)
    assert named == accounts
    assert title
