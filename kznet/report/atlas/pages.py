"""Every page of the atlas, as many as there is room for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
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

FRONT: Final = "atlas/index.html"
BUDGET: Final = 50_000_000
_WEIGHED: Final = 12
_CAUTION: Final = 1.05
_LESS: Final = 0.97

Render = Callable[[Page], str]


def atlas(
    analysis: Analysis,
    *,
    render: Render,
    dossiers: Mapping[str, str] | None = None,
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
        Turns a page into text, in one language or several: it puts `Page.html` together.
    dossiers
        Where each dossier lies in the folder of the case, by account.
    on_map
        Accounts that the network page shows: they are linked to it.
    budget
        Bytes of all pages together, at most.
    """
    known = world(analysis)
    site = Site(known, plan(known), dossiers=dossiers or {}, on_map=on_map)
    weighed = _Made(site, render)
    room = _room(weighed, budget)
    made = weighed if room >= len(site.plan.accounts) else _Made(_fewer(site, room), render)
    while (total := sum(map(_bytes, made.all()))) > budget and len(made.site.plan.accounts):
        room = int(len(made.site.plan.accounts) * _LESS * budget / total)
        made = _Made(_fewer(site, room), render)
    yield from made.kept.items()


class _Made:
    """The pages of a site, each made once: whatever weighed some of them keeps them."""

    def __init__(self, site: Site, render: Render) -> None:
        self.site = site
        self.kept: dict[str, str] = {}
        self._render = render

    def front(self) -> str:
        return self._once(FRONT, partial(_front, self.site))

    def community(self, block: int) -> str:
        path = f"atlas/{self.site.community_file(block)}"
        return self._once(path, partial(_community, self.site, block))

    def account(self, position: int) -> str:
        path = f"atlas/accounts/{self.site.file(position)}"
        return self._once(path, partial(_account, self.site, position))

    def all(self) -> Iterator[str]:
        """Every page that the site's plan names."""
        yield self.front()
        yield from map(self.community, self.site.plan.blocks.tolist())
        yield from map(self.account, self.site.plan.accounts.tolist())

    def _once(self, path: str, page: Callable[[str], Page]) -> str:
        if path not in self.kept:
            made = page(path)
            self.kept[path] = made.finished(self._render(made))
        return self.kept[path]


def _front(site: Site, path: str) -> Page:
    return Page(path, "front", site.root, front_data(site), site.world.analysis)


def _community(site: Site, block: int, path: str) -> Page:
    return Page(path, "community", site.root, community_data(site, block), site.world.analysis)


def _account(site: Site, position: int, path: str) -> Page:
    data = account_data(site.inside, position)
    return Page(path, "account", site.inside.root, data, site.world.analysis)


def _fewer(site: Site, count: int) -> Site:
    return replace(site, plan=site.plan.first(max(count, 0)))


def _room(made: _Made, budget: int) -> int:
    """How many pages of accounts fit beside the others, judged by a few of each."""
    accounts, blocks = made.site.plan.accounts.tolist(), made.site.plan.blocks.tolist()
    if not accounts:
        return 0
    one = [_bytes(made.account(accounts[i])) for i in _spread(len(accounts))]
    group = [_bytes(made.community(blocks[i])) for i in _spread(len(blocks))]
    rest = budget - _bytes(made.front()) - len(blocks) * float(np.mean(group or [0]))
    return int(rest / (_CAUTION * float(np.mean(one))))


def _spread(n: int) -> list[int]:
    return np.unique(np.linspace(0, n - 1, min(n, _WEIGHED)).astype(np.int64)).tolist() if n else []


def _bytes(text: str) -> int:
    return len(text.encode("utf-8"))
