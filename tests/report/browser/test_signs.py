"""The map's script and the report write a number alike, in every language."""

from typing import Any

import pytest

from kznet.report.markup import TEMPLATES, json_block
from kznet.report.texts import Texts, languages, read_texts

pytestmark = pytest.mark.browser
NUMBERS = [
    0, 1, 7, 999, 1000, 18204, 1234567, 1e22, 0.123456, 1234.5, 999.6, 0.031, 0.0625, 1.005, 0.0105,
    2.5, 12.345, 0.99996, 0.5, 0.001, 0.00099, 0.0001, 0.000123456, 1e-5, 2.25e-11, -1.5, -1234.5,
    None,
]  # fmt: skip
WRITTEN = "[number, share, chance, fixed].map((write) => write(x))"


def written(page: Any, texts: Texts) -> list[list[str]]:
    signs = {name: texts.entries[f"_{name}"] for name in ("group", "decimal", "percent")}
    data = json_block({"lang": texts.lang, "signs": signs})
    code = (TEMPLATES / "network" / "numbers.js").read_text(encoding="utf-8")
    script = (
        f"(numbers) => {{ const data = {data};\n{code}\nreturn numbers.map((x) => {WRITTEN}); }}"
    )
    return list(page.evaluate(script, NUMBERS))


def test_the_map_and_the_report_write_numbers_alike(chromium: Any) -> None:
    page = chromium.new_page()
    for language in languages():
        t = read_texts(language)
        expected = [[t.number(x), t.share(x), t.chance(x), t.fixed(x)] for x in NUMBERS]
        assert written(page, t) == expected, language
    page.close()


def test_russian_signs_are_those_of_the_browser(chromium: Any) -> None:
    page, t = chromium.new_page(), read_texts("ru")
    script = """(numbers) => numbers.map((x) => [
      new Intl.NumberFormat("ru", { maximumFractionDigits: 0 }).format(x),
      new Intl.NumberFormat("ru", { style: "percent", minimumFractionDigits: 1 }).format(x),
    ])"""
    numbers = [18204, 7, 1234567]
    assert page.evaluate(script, numbers) == [[t.number(x), t.share(x)] for x in numbers]
    page.close()
