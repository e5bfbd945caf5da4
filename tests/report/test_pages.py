import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.errors import UnknownNameError
from kznet.report import View, write_pages

Make = Callable[..., Analysis]
HOSTILE = [
    "</script><script>hit()</script>",
    '"><img src=x onerror=hit()>',
    "\u202eevil",
    "x" * 500,
]


def written(analysis: Analysis, folder: Path, **options: Any) -> dict[str, str]:
    paths = write_pages(analysis, folder, view=View(**options))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


class Parts(HTMLParser):
    """Scripts that would run, and every place that an element would load or lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.places: set[str] = set()
        self._running = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self._running = tag == "script" and known.get("type") is None
        self.places |= {known[name] or "" for name in ("src", "href") if name in known}

    def handle_data(self, data: str) -> None:
        if self._running:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._running = False


def block(page: str, name: str) -> Any:
    found = re.search(rf'id="{name}">(.*?)</script>', page, flags=re.DOTALL)
    assert found
    return json.loads(found[1])


def test_two_pages_are_written(make: Make, tmp_path: Path) -> None:
    assert [path.name for path in write_pages(make(40), tmp_path)] == ["index.html", "network.html"]


@pytest.mark.parametrize("page", ["index.html", "network.html"])
def test_the_policy_admits_exactly_the_scripts_of_the_page(
    make: Make, tmp_path: Path, page: str
) -> None:
    text = written(make(40), tmp_path)[page]
    found = {
        base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in Parts(text).scripts
    }
    named = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert named
    assert set(re.findall(r"sha256-([^&']*)", named[1])) == found


@pytest.mark.parametrize("page", ["index.html", "network.html"])
def test_a_page_names_no_place_outside_itself(make: Make, tmp_path: Path, page: str) -> None:
    text = written(make(40), tmp_path)[page]
    places = {place.split("#")[0] for place in Parts(text).places}
    assert places <= {"", "index.html", "network.html"}


def test_hostile_names_stay_text(make: Make, tmp_path: Path) -> None:
    pages = written(make(30, names=HOSTILE, hubs=9), tmp_path)
    for text in pages.values():
        assert "<script>hit()" not in text
        assert "<img src=x" not in text
        assert "\u202e" not in text
        assert "x" * 200 not in text


def test_the_same_analysis_gives_the_same_bytes(make: Make, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    one = [path.read_bytes() for path in write_pages(make(200), first)]
    two = [path.read_bytes() for path in write_pages(make(200), second)]
    assert one == two


def test_the_page_says_how_many_accounts_it_shows(make: Make, tmp_path: Path) -> None:
    text = written(make(300), tmp_path, top=50)["network.html"]
    assert "50 of 300 accounts" in text
    graph = block(text, "kznet-graph")
    assert len(graph["nodes"]["id"]) == 50
    assert max(graph["edges"]["from"] + graph["edges"]["to"]) < 50


def test_the_network_page_stays_within_its_size(make: Make, tmp_path: Path) -> None:
    paths = write_pages(make(1200), tmp_path)
    assert paths[1].stat().st_size <= 750_000 + 500 * 400


@pytest.mark.parametrize("n", [0, 1, 2])
def test_almost_empty_analyses_have_pages(make: Make, tmp_path: Path, n: int) -> None:
    pages = written(make(n, hubs=0), tmp_path)
    assert len(block(pages["network.html"], "kznet-graph")["nodes"]["id"]) == n


def test_facts_may_be_missing(make: Make, tmp_path: Path) -> None:
    pages = written(replace(make(60), facts={}, options={}, warnings=()), tmp_path)
    assert "Findings" in pages["index.html"]


def test_what_cannot_be_tested_is_said_first(make: Make, tmp_path: Path) -> None:
    text = written(make(60, hubs=0), tmp_path)["index.html"]
    findings = text.split('<section id="findings">')[1]
    assert "no account can be tested" in findings[:400]
    assert "the data name no authors of reposts" in findings[:400]


def test_unclear_communities_are_not_shown(make: Make, tmp_path: Path) -> None:
    analysis = make(120)
    facts = {**analysis.facts, "communities": {"status": "unstable", "layer": "repost"}}
    pages = written(replace(analysis, facts=facts), tmp_path)
    data = block(pages["network.html"], "kznet-data")
    assert data["communities"] == []
    assert set(data["accounts"]["community"]) == {None}
    assert "no communities are named" in pages["index.html"]
    assert "Community 1" not in pages["index.html"]


def test_communities_too_small_to_count_have_no_figures(make: Make, tmp_path: Path) -> None:
    analysis = make(200)
    table = analysis.communities.astype({"size": "Int64"})
    for name in ("size", "label", "top_accounts", "internal_density"):
        table[name] = table[name].where(table["community"] != 1)
    text = written(replace(analysis, communities=table), tmp_path)["index.html"]
    assert "under 5" in text


def test_each_hub_is_linked_to_the_map_and_back(make: Make, tmp_path: Path) -> None:
    analysis = make(200)
    pages = written(analysis, tmp_path)
    hubs = analysis.hubs
    for row, account in hubs.loc[hubs["status"] == "hub", "account"].items():
        assert f'href="network.html#account={account.replace(":", "%3A")}"' in pages["index.html"]
        assert f'id="hub-{row}"' in pages["index.html"]
    listed = [hub["row"] for hub in block(pages["network.html"], "kznet-data")["hubs"].values()]
    assert set(hubs.index[hubs["status"] == "hub"]) <= set(listed)


def test_no_page_accuses(make: Make, tmp_path: Path) -> None:
    pages = written(make(100), tmp_path)
    own = re.sub(r"<script>.*?</script>", "", pages["network.html"], flags=re.DOTALL)
    words = r"\b(bots?|troll|fake|agent|manipulator|guilty|proven)\b"
    assert re.findall(words, own + pages["index.html"], flags=re.IGNORECASE) == []


def test_an_unknown_language_is_an_error(make: Make, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown language 'xx'"):
        write_pages(make(5), tmp_path, view=View(lang="xx"))
