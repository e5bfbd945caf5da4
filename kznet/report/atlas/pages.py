"""Every page of the atlas, as many as there is room for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from kznet.analysis import Analysis
from kznet.report.atlas.account import account_data
from kznet.report.atlas.community import community_data
from kznet.report.atlas.front import front_data
from kznet.report.atlas.page import Page
from kznet.report.atlas.plan import plan
from kznet.report.atlas.site import Site
from kznet.report.atlas.world import world

BUDGET: Final = 50_000_000
_WEIGHED: Final = 12
_CAUTION: Final = 1.05
_LESS: Final = 0.97

Render = Callable[[Page], str]


def atlas(
    analysis: Analysis,
    *,
    render: Render,
    dossiers: frozenset[str] = frozenset(),
    on_map: frozenset[str] = frozenset(),
    budget: int = BUDGET,
) -> Iterator[tuple[str, str]]:
    """Make the pages that lie below ``atlas/``: path and text of each.

    Which accounts get a page is settled by weighing: a few pages are made first, to see how many
    fit; should all of them come out too heavy after all, fewer are made. Same analysis, same
    pages.

    Parameters
    ----------
    render
        Turns a page into text, in one language or several.
    dossiers, on_map
        Accounts that have a dossier, and accounts that the network page shows: they are linked.
    budget
        Bytes of all pages together, at most.
    """
    known = world(analysis)
    site = Site(known, plan(known), dossiers=dossiers, on_map=on_map)
    site = _fewer(site, _room(site, render, budget))
    while True:
        made = [(page.path, render(page)) for page in pages(site)]
        total = sum(_bytes(text) for _, text in made)
        if total <= budget or not len(site.plan.accounts):
            break
        site = _fewer(site, int(len(site.plan.accounts) * _LESS * budget / total))
    yield from made


def pages(site: Site) -> Iterator[Page]:
    """Every page that the site's plan names."""
    analysis = site.world.analysis
    yield Page("atlas/index.html", "front", site.root, front_data(site), analysis)
    for block in site.plan.blocks.tolist():
        yield _community(site, block)
    for position in site.plan.accounts.tolist():
        yield _account(site, position)


def _community(site: Site, block: int) -> Page:
    path = f"atlas/{site.community_file(block)}"
    return Page(path, "community", site.root, community_data(site, block), site.world.analysis)


def _account(site: Site, position: int) -> Page:
    inside, path = site.inside(), f"atlas/accounts/{site.file(position)}"
    data = account_data(inside, position)
    return Page(path, "account", inside.root, data, site.world.analysis)


def _fewer(site: Site, count: int) -> Site:
    return replace(site, plan=site.plan.first(max(count, 0)))


def _room(site: Site, render: Render, budget: int) -> int:
    """How many pages of accounts fit beside the others, judged by a few of each."""
    accounts, blocks = site.plan.accounts.tolist(), site.plan.blocks.tolist()
    if not accounts:
        return 0
    one = [_bytes(render(_account(site, accounts[i]))) for i in _spread(len(accounts))]
    group = [_bytes(render(_community(site, blocks[i]))) for i in _spread(len(blocks))]
    front = _bytes(render(next(pages(site))))
    rest = budget - front - len(blocks) * float(np.mean(group or [0]))
    return int(rest / (_CAUTION * float(np.mean(one))))


def _spread(n: int) -> list[int]:
    return np.unique(np.linspace(0, n - 1, min(n, _WEIGHED)).astype(np.int64)).tolist() if n else []


def _bytes(text: str) -> int:
    return len(text.encode("utf-8"))
