"""A Chromium that opens pages from files, and that forgives neither an error nor a request."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.report import View, write_pages

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
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


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Open]:
    """Open a page; at the end there must have been no error and no request to the outside."""
    contexts, problems = [], []

    def opened(path: Path, *, fragment: str = "", **context: Any) -> Any:
        context.setdefault("viewport", {"width": 1400, "height": 900})
        contexts.append(chromium.new_context(**context))
        page = contexts[-1].new_page()
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(INSIDE) else problems.append(r.url))
        page.goto(path.as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(scope="session")
def analysis(make: Callable[..., Analysis]) -> Analysis:
    return make(900, hubs=6)


@pytest.fixture(scope="session")
def pages(analysis: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_pages(analysis, folder, view=View(top=300))
    return folder
