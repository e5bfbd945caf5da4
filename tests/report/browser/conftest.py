"""A Chromium that opens pages from files, and that forgives neither an error nor a request."""

import itertools
import os
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.report import View, write_pages

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KINDS = (
    "index.html",
    "network.html",
    "hubs/*.html",
    "atlas/index.html",
    "atlas/community-*.html",
    "atlas/accounts/*.html",
)
WIDE = {"width": 1400, "height": 900}
INSIDE = ("file:", "data:", "blob:")
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; where there is none the tests are skipped, in CI they fail."""
    path = os.environ.get("KZNET_CHROMIUM") or shutil.which("chromium")
    if path is None:
        message = "no Chromium: install it, or name it in KZNET_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the driver's own, about its event loop
        from playwright.sync_api import sync_playwright

        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=path, args=SWITCHES)
            yield browser
            browser.close()


@pytest.fixture(scope="session")
def pool(chromium: Any) -> Iterator[dict[str, list[Any]]]:
    """Pages that wait to be used again, by the kind of screen: a new one costs a second."""
    waiting: dict[str, list[Any]] = {}
    yield waiting
    for page in itertools.chain(*waiting.values()):
        page.context.close()


@pytest.fixture
def open_page(chromium: Any, pool: dict[str, list[Any]]) -> Iterator[Open]:
    """Open a page; at the end there must have been no error and no request to the outside.

    Viewport, colour scheme and what else `new_context` takes may be given. Each call in one test
    is a page of its own, with nothing stored.
    """
    lent: list[tuple[str, Any]] = []
    problems: list[str] = []
    listeners = {
        "console": lambda m: problems.append(m.text) if m.type == "error" else None,
        "pageerror": lambda error: problems.append(str(error)),
        "request": lambda r: None if r.url.startswith(INSIDE) else problems.append(r.url),
        "dialog": lambda dialog: (problems.append(dialog.message), dialog.dismiss()),
    }

    def opened(
        path: Path,
        *,
        fragment: str = "",
        viewport: Any = MappingProxyType(WIDE),
        color_scheme: str = "light",
        **context: Any,
    ) -> Any:
        kind = repr(sorted(context.items()))
        waiting = pool.setdefault(kind, [])
        page = waiting.pop() if waiting else chromium.new_context(**context).new_page()
        lent.append((kind, page))
        for name, listener in listeners.items():
            page.on(name, listener)
        page.set_viewport_size(dict(viewport))
        page.emulate_media(color_scheme=color_scheme)
        page.goto(path.as_uri() + fragment)
        return page

    yield opened
    for kind, page in lent:
        for name, listener in listeners.items():
            page.remove_listener(name, listener)
        page.evaluate("localStorage.clear()")
        page.emulate_media(media="null")
        page.goto("about:blank")
        pool[kind].append(page)
    assert problems == []


@pytest.fixture(scope="session")
def analysis(make: Callable[..., Analysis]) -> Analysis:
    return make(900, hubs=6)


@pytest.fixture(scope="session")
def pages(analysis: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_pages(analysis, folder, view=View(top=300))
    return folder


@pytest.fixture(scope="session")
def small_pages(make: Callable[..., Analysis], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of few accounts, for what takes long on many and asks for none of them."""
    folder = tmp_path_factory.mktemp("small")
    write_pages(make(150, hubs=4, communities=2), folder, view=View(top=60))
    return folder


@pytest.fixture
def first_written(
    first_pages: Callable[..., Mapping[str, str]], tmp_path: Path
) -> Callable[[Analysis], Path]:
    """Write the report and the map alone; return their folder."""

    def written(analysis: Analysis) -> Path:
        for name, text in first_pages(analysis).items():
            (tmp_path / name).write_bytes(text.encode("utf-8"))
        return tmp_path

    return written


@pytest.fixture(scope="session")
def samples(pages: Path) -> list[Path]:
    """A page of each kind, that with the most on it."""
    return [max(sorted(pages.glob(kind)), key=lambda path: path.stat().st_size) for kind in KINDS]


@pytest.fixture(scope="session")
def faults() -> Callable[[Any], list[str]]:
    """What `boxes.js` finds on a page that is open: texts and controls clipped or overlapping."""
    source = (Path(__file__).parent / "boxes.js").read_text(encoding="utf-8")

    def found(page: Any) -> list[str]:
        return list(page.evaluate(source))

    return found
