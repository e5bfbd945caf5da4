import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from posixpath import normpath

import pytest

from kznet.analysis import Analysis
from kznet.report.atlas import Page, atlas
from kznet.report.dossier import hrefs
from kznet.report.texts import read_texts

Make = Callable[..., Analysis]
ENGLISH = read_texts("en")
OUTSIDE = {"index.html", "network.html"}


def english(page: Page) -> str:
    return page.html(ENGLISH)


def links(path: str, text: str) -> set[str]:
    """Where the links of a page lead, as paths below the folder of the case."""
    found = {place.split("#")[0] for place in re.findall(r'href="([^"]*)"', text)}
    folder = PurePosixPath(path).parent
    return {normpath(str(folder / place)) for place in found if place}


@pytest.fixture(scope="module")
def analysis(make: Make) -> Analysis:
    return make(80, hubs=2, communities=3)


@pytest.fixture(scope="module")
def site(analysis: Analysis) -> dict[str, str]:
    return dict(atlas(analysis, render=english, dossiers=hrefs(analysis)))


def test_every_link_leads_to_a_page(analysis: Analysis, site: dict[str, str]) -> None:
    there = set(site) | OUTSIDE | set(hrefs(analysis).values())
    led = {path: links(path, text) - there for path, text in site.items()}
    assert {path: missing for path, missing in led.items() if missing} == {}


def test_every_page_can_be_reached_from_the_first(site: dict[str, str]) -> None:
    seen, ahead = set(), {"atlas/index.html"}
    while ahead:
        seen |= ahead
        ahead = {place for path in ahead for place in links(path, site[path])} & set(site) - seen
    searched = set(re.findall(r'"(accounts/[^"]*)"', site["atlas/index.html"]))
    assert seen | {f"atlas/{place}" for place in searched} == set(site)


def test_breadcrumbs_lead_back_through_the_community(site: dict[str, str]) -> None:
    accounts = [text for path, text in site.items() if path.startswith("atlas/accounts/")]
    crumbs = [re.findall(r'href="([^"]*)"', t.split('class="crumbs">')[1][:600]) for t in accounts]
    assert all(each[:2] == ["../../index.html", "../index.html"] for each in crumbs)
    assert {each[2] for each in crumbs if len(each) > 2} >= {"../community-0.html"}


def test_hubs_come_first_then_the_first_of_each_community(
    analysis: Analysis, site: dict[str, str]
) -> None:
    from kznet.report.atlas.plan import plan
    from kznet.report.atlas.world import world

    seen = world(analysis)
    chosen = plan(seen).accounts.tolist()
    called = [at for at, row in seen.hubs.items() if row["status"] == "hub"]
    assert chosen[: len(called)] == called
    assert len([path for path in site if "/accounts/" in path]) == len(chosen)
    assert {seen.blocks.members(block)[0] for block in range(3)} <= set(chosen)


@pytest.mark.parametrize("budget", [0, 800_000])
def test_the_pages_stay_within_their_room(make: Make, budget: int) -> None:
    made = list(atlas(make(60, hubs=2, communities=2), render=english, budget=budget))
    accounts = [path for path, _ in made if "/accounts/" in path]
    total = sum(len(text.encode()) for _, text in made)
    assert total <= budget or not accounts
    assert bool(accounts) == (budget > 0)
    there = {path for path, _ in made} | OUTSIDE
    assert all(links(path, text) <= there for path, text in made)


def test_pages_that_come_out_heavier_than_weighed_are_made_fewer(make: Make) -> None:
    seen: list[int] = []

    def heavy(page: Page) -> str:
        seen.append(1)
        return "x" * (30_000 if len(seen) > 20 else 10_000)

    made = list(atlas(make(50, hubs=1, communities=2), render=heavy, budget=500_000))
    assert sum(len(text) for _, text in made) <= 500_000


def test_an_account_page_is_small(site: dict[str, str]) -> None:
    sizes = [len(text.encode()) for path, text in site.items() if "/accounts/" in path]
    assert max(sizes) < 45_000


def test_the_same_analysis_gives_the_same_pages(analysis: Analysis, site: dict[str, str]) -> None:
    dossiers = hrefs(analysis)
    assert dict(atlas(analysis, render=english, dossiers=dossiers)) == site


def test_without_clear_communities_the_atlas_goes_by_reach(make: Make) -> None:
    analysis = make(60)
    facts = {**analysis.facts, "communities": {"status": "unstable", "layer": "repost"}}
    made = dict(atlas(replace(analysis, facts=facts), render=english))
    assert not [path for path in made if "community" in path]
    assert "the atlas goes by reach" in made["atlas/index.html"]


def test_communities_under_five_accounts_are_not_shown(make: Make) -> None:
    analysis = make(60, communities=2)
    group = analysis.membership["community"]
    few = group.mask(group.index.isin([3, 4, 5, 6]), 9)
    member = analysis.membership.assign(community=few)
    made = dict(atlas(replace(analysis, membership=member), render=english))
    assert "atlas/community-9.html" not in made
    assert "1 community of fewer than five accounts is not shown" in made["atlas/index.html"]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_almost_empty_analyses_have_an_atlas(make: Make, n: int) -> None:
    made = dict(atlas(make(n, hubs=0), render=english))
    assert len(made) == n + 1
