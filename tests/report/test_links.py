import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from kznet.analysis import Analysis
from kznet.report import View, write_pages


@pytest.fixture(scope="module")
def case(make: Callable[..., Analysis], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    write_pages(make(60, hubs=3, communities=2), folder, view=View(top=30, single_file=True))
    return folder


def links(page: Path) -> set[str]:
    text = re.sub(r"<script.*?</script>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {unescape(href) for href in re.findall(r'<a [^>]*href="([^"]*)"', text)}


def test_every_link_of_every_page_leads_somewhere(case: Path) -> None:
    pages = [*case.rglob("*.html")]
    lost = []
    for page in pages:
        for href in links(page):
            path, _, fragment = href.partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page
            if target not in pages:
                lost.append((page.name, href))
            elif fragment and "=" not in fragment:
                named = f'id="{fragment}"' in target.read_text(encoding="utf-8")
                lost += [] if named else [(page.name, href)]
    assert lost == []


def test_no_page_stands_alone(case: Path) -> None:
    pages = {*case.rglob("*.html")} - {case / "report.html"}
    reached, new = set(), {case / "index.html"}
    while new:
        reached |= new
        ends = {
            (page.parent / unquote(href.partition("#")[0])) for page in new for href in links(page)
        }
        new = {end.resolve() for end in ends if end.suffix == ".html"} - reached
    assert pages - reached == set()


def test_the_single_file_leads_to_nothing_it_does_not_hold(case: Path) -> None:
    outside = {href for href in links(case / "report.html") if "atlas" in href}
    assert outside == set()


def test_the_same_case_gives_the_same_pages(
    case: Path, make: Callable[..., Analysis], tmp_path: Path
) -> None:
    view = View(top=30, single_file=True)
    again = write_pages(make(60, hubs=3, communities=2), tmp_path, view=view)
    assert len(again) == len([*case.rglob("*.html")])
    for path in again:
        assert path.read_bytes() == (case / path.relative_to(tmp_path)).read_bytes()
