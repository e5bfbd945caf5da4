import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import pytest

from kznet.analysis import Analysis
from kznet.errors import UnknownNameError
from kznet.report import View, write_pages
from kznet.report.pages import pages
from tests.report.conftest import build

Make = Callable[..., Analysis]
FirstPages = Callable[..., Mapping[str, str]]
ATLAS = "atlas/index.html"
HOSTILE = [
    "</script><script>hit()</script>",
    '"><img src=x onerror=hit()>',
    "\u202eevil",
    "x" * 500,
]


@pytest.fixture(scope="module")
def folder(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with all its pages."""
    folder = tmp_path_factory.mktemp("case")
    write_pages(make(40, hubs=2, communities=2), folder, view=View(single_file=True))
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> dict[str, str]:
    """Each of its pages by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.*"))
    }


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


def led(path: str, page: Parts) -> set[str]:
    """Where the links of a page lead, as paths within the case."""
    places = {unquote(place.split("#")[0]) for place in page.places} - {""}
    return {normpath(str(PurePosixPath(path).parent / place)) for place in places}


def test_the_report_and_the_map_come_first_then_dossiers_then_the_atlas(
    make: Make, tmp_path: Path
) -> None:
    paths = write_pages(make(5, hubs=1), tmp_path, view=View(single_file=True))
    names = [path.relative_to(tmp_path).as_posix() for path in paths]
    assert names[:2] == ["index.html", "network.html"]
    assert [name.split("/")[0] for name in names[2:4]] == ["hubs", "report.html"]
    assert {name.split("/")[0] for name in names[4:]} == {"atlas"}
    assert sorted(paths) == sorted(path for path in tmp_path.rglob("*") if path.is_file())


def test_the_policy_admits_exactly_the_scripts_of_the_page(site: dict[str, str]) -> None:
    for path, text in site.items():
        digests = [hashlib.sha256(script.encode()) for script in Parts(text).scripts]
        found = {base64.b64encode(digest.digest()).decode() for digest in digests}
        named = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert named, path
        admitted = set(re.findall(r"sha256-([^&']*)", named[1]))
        assert admitted >= found if path == "report.html" else admitted == found, path


def test_every_link_leads_to_a_page_of_the_case(site: dict[str, str]) -> None:
    for path, text in site.items():
        assert led(path, Parts(text)) <= set(site), path


def test_every_page_can_be_reached_from_the_report(site: dict[str, str]) -> None:
    seen: set[str] = set()
    ahead = {"index.html"}
    while ahead:
        seen |= ahead
        ahead = {to for path in ahead for to in led(path, Parts(site[path]))} - seen
    searched = re.findall(r'"(accounts/[^"]*)"', site[ATLAS])
    assert seen | {f"atlas/{place}" for place in searched} == set(site) - {"report.html"}


def test_hostile_names_stay_text(make: Make) -> None:
    for _, text in pages(make(30, names=HOSTILE, hubs=9, communities=2), View()):
        assert "<script>hit()" not in text
        assert "<img src=x" not in text
        assert "\u202e" not in text
        assert "x" * 200 not in text


def test_the_same_analysis_gives_the_same_bytes(
    site: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    again = build(40, hubs=2, communities=2)
    paths = write_pages(again, tmp_path, view=View(single_file=True))
    assert len(paths) == len(site)
    for path in paths:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


def test_the_page_says_how_many_accounts_it_shows(make: Make, first_pages: FirstPages) -> None:
    text = first_pages(make(300), top=50)["network.html"]
    assert "50 of 300 accounts" in text
    graph = block(text, "kznet-graph")
    assert len(graph["nodes"]["id"]) == 50
    assert max(graph["edges"]["from"] + graph["edges"]["to"]) < 50


def test_the_network_page_stays_within_its_size(make: Make, first_pages: FirstPages) -> None:
    page = first_pages(make(1200))["network.html"]
    assert len(page.encode("utf-8")) <= 750_000 + 500 * 400


@pytest.mark.parametrize("n", [0, 1, 2])
def test_almost_empty_analyses_have_pages(make: Make, n: int) -> None:
    made = dict(pages(make(n, hubs=0), View()))
    assert len(block(made["network.html"], "kznet-graph")["nodes"]["id"]) == n
    assert ATLAS in made


def test_facts_may_be_missing(make: Make, first_pages: FirstPages) -> None:
    made = first_pages(replace(make(60), facts={}, options={}, warnings=()))
    assert "Findings" in made["index.html"]


def test_what_cannot_be_tested_is_said_first(make: Make, first_pages: FirstPages) -> None:
    text = first_pages(make(60, hubs=0))["index.html"]
    findings = text.split('<section id="findings">')[1]
    assert "no account can be tested" in findings[:400]
    assert "the data name no authors of reposts" in findings[:400]


def test_unclear_communities_are_not_shown(make: Make, first_pages: FirstPages) -> None:
    analysis = make(120)
    facts = {**analysis.facts, "communities": {"status": "unstable", "layer": "repost"}}
    made = first_pages(replace(analysis, facts=facts))
    data = block(made["network.html"], "kznet-data")
    assert data["communities"] == []
    assert set(data["accounts"]["community"]) == {None}
    assert "no communities are named" in made["index.html"]
    assert "Community 1" not in made["index.html"]


def test_communities_too_small_to_count_have_no_figures(
    make: Make, first_pages: FirstPages
) -> None:
    analysis = make(200)
    table = analysis.communities.astype({"size": "Int64"})
    for name in ("size", "label", "top_accounts", "internal_density"):
        table[name] = table[name].where(table["community"] != 1)
    text = first_pages(replace(analysis, communities=table))["index.html"]
    assert "under 5" in text


def test_each_hub_is_linked_to_the_map_and_back(make: Make, first_pages: FirstPages) -> None:
    analysis = make(200)
    made = first_pages(analysis)
    hubs = analysis.hubs
    for row, account in hubs.loc[hubs["status"] == "hub", "account"].items():
        assert f'href="network.html#account={account.replace(":", "%3A")}"' in made["index.html"]
        assert f'id="hub-{row}"' in made["index.html"]
    listed = [hub["row"] for hub in block(made["network.html"], "kznet-data")["hubs"].values()]
    assert set(hubs.index[hubs["status"] == "hub"]) <= set(listed)


def test_no_page_accuses(make: Make, first_pages: FirstPages) -> None:
    made = first_pages(make(100))
    own = re.sub(r"<script>.*?</script>", "", made["network.html"], flags=re.DOTALL)
    words = r"\b(bots?|troll|fake|agent|manipulator|guilty|proven)\b"
    assert re.findall(words, own + made["index.html"], flags=re.IGNORECASE) == []


def test_an_unknown_language_is_an_error(make: Make, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown language 'xx'"):
        write_pages(make(5, hubs=1), tmp_path, view=View(lang="xx"))
