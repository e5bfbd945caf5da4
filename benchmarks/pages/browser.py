"""One opening of one page in Chromium, measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path
from shutil import which
from time import monotonic
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from benchmarks.pages.sides import Side

SWITCHES: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WINDOW: Final[ViewportSize] = {"width": 1400, "height": 900}
STEPS: Final = 30
WATCH: Final = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
_SETTLED: Final = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
_TIMED: Final = f"""async () => {{
  const start = performance.now();
  (FILTER)();
  await {_SETTLED};
  return performance.now() - start;
}}"""
_POLICY: Final = "!!document.querySelector('meta[http-equiv=Content-Security-Policy]')"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that KZNET_CHROMIUM names, or the one that is installed."""
    path = environ.get("KZNET_CHROMIUM") or which("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=[*SWITCHES])
        yield browser
        browser.close()


def reading(browser: Browser, side: Side, *, limit: float) -> dict[str, float]:
    """Measure one opening; figures that need a drawing are missing where none came in time.

    Parameters
    ----------
    limit
        Seconds to wait for the first complete drawing.
    """
    context = browser.new_context(viewport=WINDOW)
    context.add_init_script(WATCH.replace("WANTED", str(side.marks)))
    page = context.new_page()
    outside, errors = _refusing(page)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(side.path.as_uri(), wait_until="commit")
    found = {"size": side.path.stat().st_size / 1e6}
    if _drawn(page, limit):
        found["first_draw"] = page.evaluate("watching.first") / 1000
        found["pan"] = _pan(page, session)
        found["filter"] = page.evaluate(_TIMED.replace("FILTER", side.filtering))
        found["heap"] = _heap(session)
    found |= {"requests": len(outside), "errors": len(errors), "policy": page.evaluate(_POLICY)}
    context.close()
    return found


def _refusing(page: Page) -> tuple[list[str], list[str]]:
    """Requests to the outside, none of which is let through, and errors."""
    outside: list[str] = []
    errors: list[str] = []

    def refuse(route: Any) -> None:
        outside.append(route.request.url)
        route.abort()

    page.route(
        "**://**", lambda r: refuse(r) if r.request.url.startswith("http") else r.continue_()
    )
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return outside, errors


def _drawn(page: Page, limit: float) -> bool:
    late = monotonic() + limit
    while not page.evaluate("window.watching?.first"):  # waiting inside would need `unsafe-eval`
        if monotonic() > late:
            return False
        page.wait_for_timeout(100)
    page.wait_for_timeout(300)
    return True


def _pan(page: Page, session: CDPSession) -> float:
    """Milliseconds of the page's own CPU for a frame while the map is dragged."""
    box = page.locator("canvas").first.bounding_box()
    if box is None:
        return float("nan")
    x, y = box["x"] + 8, box["y"] + 8
    page.mouse.move(x, y)
    before, drawn = _busy(session), int(page.evaluate("watching.draws"))
    page.mouse.down()
    for step in range(1, STEPS + 1):
        page.mouse.move(x + 4 * step, y + 3 * step)
    page.mouse.up()
    page.evaluate(_SETTLED)
    frames = int(page.evaluate("watching.draws")) - drawn
    return 1000 * (_busy(session) - before) / max(frames, 1)


def _busy(session: CDPSession) -> float:
    return _metrics(session)["TaskDuration"]


def _heap(session: CDPSession) -> float:
    session.send("HeapProfiler.collectGarbage")
    return _metrics(session)["JSHeapUsedSize"] / 1e6


def _metrics(session: CDPSession) -> dict[str, float]:
    return {
        each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]
    }
