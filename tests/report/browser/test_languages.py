"""Each page opens in the reader's language, and keeps to the one that was chosen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kznet.analysis import Analysis
from kznet.report import View
from kznet.report.pages import pages as made

pytestmark = pytest.mark.browser
LANG = "document.documentElement.lang"
REPORT_AND_MAP = ("index.html", "network.html")
REPORT_WORD = {"en": "Report", "ru": "Отчёт", "kk": "Есеп"}

# Texts that are not what the page holds for its language, by their number.
UNTOLD = """() => {
  const { texts } = JSON.parse(document.getElementById("kznet-languages").textContent);
  const told = texts[document.documentElement.lang];
  const wrong = [...document.querySelectorAll("[data-t]")].filter(each => !each.id && told && each.textContent !== told[each.dataset.t]);
  return [document.querySelectorAll("[data-t]").length, wrong.map(each => each.textContent)];
}"""  # noqa: E501  # one expression of the page's language
TEXTS = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest("script, style, noscript, select[data-languages]")) found.add(node.data.trim());
  }
  document.querySelectorAll("[title], [aria-label], [placeholder]").forEach(each =>
    ["title", "aria-label", "placeholder"].forEach(name => found.add(each.getAttribute(name) ?? "")));
  return [...found];
}"""  # noqa: E501  # as above


def write(analysis: Analysis, folder: Path, *names: str, view: View) -> Path:
    """Write these pages alone."""
    wanted = set(names)
    for name, text in made(analysis, view):
        if name in wanted:
            (folder / name).write_text(text, encoding="utf-8")
            wanted.remove(name)
        if not wanted:
            break
    return folder


@pytest.fixture(scope="module")
def case(make: Callable[..., Analysis]) -> Analysis:
    return make(40, hubs=2)


@pytest.fixture(scope="module")
def folder(case: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(case, tmp_path_factory.mktemp("three"), *REPORT_AND_MAP, view=View())


@pytest.mark.parametrize(
    ("reader", "language"), [("ru-RU", "ru"), ("kk-KZ", "kk"), ("de-DE", "en")]
)
def test_a_page_opens_in_the_reader_s_language(
    folder: Path, open_page: Any, reader: str, language: str
) -> None:
    page = open_page(folder / "network.html", locale=reader)
    assert page.evaluate(LANG) == language
    assert page.input_value("#language") == language
    assert page.inner_text("header a.button") == REPORT_WORD[language]


def test_no_english_is_left_on_a_russian_page(folder: Path, case: Analysis, open_page: Any) -> None:
    page = open_page(folder / "network.html")
    accounts = case.dataset.accounts
    # the invented case holds sentences that the program never says, so that no language has them
    invented = {*case.hubs["reason"], "time zone assumed: Asia/Almaty"}
    own = {*accounts["name"], *accounts["handle"], *accounts["account"], *invented}
    for name in REPORT_AND_MAP:
        texts = {}
        for language in ("en", "ru"):
            page.evaluate("language => localStorage.setItem('kznet-language', language)", language)
            page.goto((folder / name).as_uri())
            assert page.evaluate(LANG) == language
            many, untold = page.evaluate(UNTOLD)
            assert many > 40
            assert untold == []
            texts[language] = set(page.evaluate(TEXTS))
        same = {text for text in texts["en"] & texts["ru"] if is_english(text)}
        assert {text for text in same if not any(part in text for part in own)} == set()


def is_english(text: str) -> bool:
    """Whether two words and more of a text are English ones, as neither names nor settings are."""
    words = [word for word in text.split() if word.isascii() and word.isalpha() and word.islower()]
    return len(words) > 1


def test_a_language_that_was_chosen_stays_on_the_next_page(folder: Path, open_page: Any) -> None:
    page = open_page(folder / "index.html")
    page.select_option("#language", "kk")
    page.locator("html[lang=kk]").wait_for(state="attached")
    page.goto((folder / "network.html").as_uri() + "#colour=community&hide=kind:mention&weight=2")
    assert page.evaluate(LANG) == "kk"
    page.click("button.hub-row >> nth=0")
    page.wait_for_timeout(400)  # the address rests while a handle is drawn
    state, view = page.evaluate("[location.hash, kznet.view()]")
    assert "account=" in state
    assert "hide=kind:mention" in state
    page.select_option("#language", "ru")
    page.locator("html[lang=ru]").wait_for(state="attached")
    assert page.evaluate("location.hash") == state
    assert page.evaluate("kznet.view()") == view
    assert page.inner_text("header a.button") == REPORT_WORD["ru"]


def test_pages_made_for_a_language_open_in_it(
    case: Analysis, open_page: Any, tmp_path: Path
) -> None:
    write(case, tmp_path, *REPORT_AND_MAP, view=View(lang="ru"))
    page = open_page(tmp_path / "network.html", locale="kk-KZ")
    assert page.evaluate(LANG) == "ru"
    page.select_option("#language", "en")
    page.locator("html[lang=en]").wait_for(state="attached")
    page.goto((tmp_path / "index.html").as_uri())
    assert page.evaluate(LANG) == "en"
