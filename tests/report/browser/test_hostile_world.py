"""A whole case whose every text was written by someone who means harm."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest
from click.testing import CliRunner

from kznet.cli import kznet
from kznet.dataset import Dataset
from kznet.simulate import simulate, world

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
TEXTS: Final = [*json.loads((HERE / "hostile.json").read_text(encoding="utf-8")), "x" * 500]
IDS: Final = (
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\con",
    "a/../../../b",
    ".",
    "%2e%2e%2fx",
    "x#account=y",
    "x?y=z&q=1",
    "<script>window.hit = 1</script>",
    "' onclick='window.hit = 1",
    "toString",
    "=1+1",
    "| a | b |",
    "ə" * 200,
)
ACTING: Final = "img, iframe, object, embed, base, form, link[href], [onload], [onerror]"
PRESS_EVERYTHING: Final = """texts => {
  document.querySelectorAll("details").forEach(each => (each.open = true));
  document.querySelectorAll("input[type=text], input[type=search]").forEach((input, i) => {
    input.value = texts[i % texts.length];
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  });
  document.querySelectorAll("select:not([data-languages])").forEach(select => {
    select.selectedIndex = select.options.length - 1;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.querySelectorAll("button, input[type=checkbox]").forEach(each => each.click());
}"""


def hostile(data: Dataset) -> Dataset:
    """The same accounts and posts under hostile names and, for some, hostile ids."""
    accounts, posts, ties = data.accounts.copy(), data.posts.copy(), data.ties.copy()
    loudest = ties["target"].value_counts().index[: len(IDS)]
    ids = dict(zip(loudest, IDS, strict=False))
    for frame, columns in ((accounts, ["account"]), (posts, ["account"]),
                           (ties, ["source", "target"])):  # fmt: skip
        for column in columns:
            frame[column] = frame[column].astype("str").replace(ids)
    for shift, column in enumerate(("name", "handle", "bio", "camp", "url")):
        accounts[column] = pd.Series(turned(len(accounts), shift), dtype="str")
    for shift, column in enumerate(("text", "topic", "links")):
        posts[column] = pd.Series(turned(len(posts), shift), dtype="str")
    return replace(data, accounts=accounts, posts=posts, ties=ties)


def turned(n: int, shift: int) -> Iterable[str]:
    return list(islice(cycle(TEXTS[shift:] + TEXTS[:shift]), n))


@pytest.fixture(scope="session")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outer") / "inner" / "world"
    (folder / "input").mkdir(parents=True)
    small = replace(world("small"), amplifiers=300, days=30)
    data = hostile(simulate(seed=1, world=small).dataset)
    for name in ("accounts", "ties", "posts"):
        getattr(data, name).to_csv(folder / "input" / f"{name}.csv", index=False)
    words = ["run", str(folder / "input"), "--out", str(folder / "case"), "--names", "all"]
    result = CliRunner().invoke(kznet, words)
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.output
    return folder / "case"


def test_a_hostile_world_writes_only_into_its_folder(hostile_case: Path) -> None:
    outer = hostile_case.parent.parent.parent
    assert [path.name for path in outer.iterdir()] == ["inner"]
    assert [path.name for path in (outer / "inner").iterdir()] == ["world"]
    assert {path.name for path in hostile_case.parent.iterdir()} == {"case", "input"}
    names = [path.name for path in hostile_case.rglob("*")]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9_][\w.\-]{0,120}", name)] == []


def test_pages_of_a_hostile_world_do_nothing(hostile_case: Path, open_page: Any) -> None:
    folders = [hostile_case, *sorted(path for path in hostile_case.rglob("*/") if path.is_dir())]
    found = [page for folder in folders for page in sorted(folder.glob("*.html"))[:2]]
    assert len(found) >= 7
    page = open_page(found[0])
    for path in found:
        page.goto(path.as_uri())
        assert page.locator(ACTING).count() == 0, path.name
        choose_the_last_language(page)
        page.evaluate("window.print = () => {}")
        page.evaluate(PRESS_EVERYTHING, TEXTS)
        assert page.locator(ACTING).count() == 0, path.name
        assert page.evaluate("window.hit") is None, path.name
        assert page.url.split("#")[0] == path.as_uri()
        assert "1337" not in page.inner_text("body")
        assert page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0, path.name


def choose_the_last_language(page: Any) -> None:
    """A choice of language reads the page anew, which must have ended before more is pressed."""
    choice = page.locator("[data-languages]")
    if choice.count():
        with page.expect_navigation():
            choice.first.evaluate("""each => {
              each.selectedIndex = each.options.length - 1;
              each.dispatchEvent(new Event("change"));
            }""")


def test_the_map_of_a_hostile_world_does_nothing(hostile_case: Path, open_page: Any) -> None:
    page = open_page(hostile_case / "network.html")
    ids = page.evaluate("JSON.parse(document.getElementById('kznet-data').textContent).accounts.id")
    for account in [each for each in ids if any(name in each for name in IDS)][:20]:
        place = page.evaluate("id => kznet.at(id)", account)
        page.mouse.move(0, 0)
        page.locator("#canvas").hover(position=place, force=True)
        page.locator("#canvas").click(position=place, force=True)
        page.evaluate("document.querySelector('[data-action=list]').click()")
    for word in ("script", "img", "href", "window", "xxx", "proto"):
        page.fill("#search", word)
        page.keyboard.press("Enter")
    page.evaluate("id => { location.hash = 'account=' + encodeURIComponent(id) }", "node:" + IDS[9])
    page.click("header [data-action=table]")
    assert page.locator(ACTING).count() == 0
    assert page.evaluate("[window.hit, Object.prototype.polluted]") == [None, None]
