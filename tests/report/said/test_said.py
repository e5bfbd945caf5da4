from dataclasses import asdict
from pathlib import Path

import pytest

from kznet.analysis import Analysis
from kznet.loaders import load
from kznet.report.said import parts, said
from kznet.report.texts import Texts, read_texts

SIGNS = {
    "_group": " ", "_decimal": ",", "_percent": "{n} %", "_day": "{day} {month} {year}",
    "_months": "янв фев мар апр мая июн июл авг сен окт ноя дек",
}  # fmt: skip
RU = Texts("ru", {**SIGNS, "mechanism.amplification": "Усиление"})
KK = Texts("kk", SIGNS)
SAMPLES = Path(__file__).resolve().parents[2] / "data"


def unknown(text: str) -> list[str]:
    """The sentences of a cell, nested ones too, that the catalogue doesn't know."""
    left: list[str] = []
    for part in parts(text):
        if part.found is None:
            left += [part.text] * bool(part.text)
            continue
        nested = [name for name, kind in part.found.kinds.items() if kind == "said"]
        left += [each for name in nested for each in unknown(part.found.values[name])]
    return left


def test_a_sentence_is_said_with_its_values_in_the_form_of_the_language() -> None:
    text = "1.9 reposts a post; at least 3 are needed"
    assert said(text, RU) == "1,9 репоста на пост; нужно не меньше 3"
    assert said(text, KK) == "бір жазбаға 1,9 репост; кемінде 3 керек"
    assert said("hyperedges are not read: 1,204", RU) == "гиперрёбра не читаются: 1 204"


@pytest.mark.parametrize(("n", "word"), [(1, "пост"), (3, "поста"), (5, "постов"), (21, "пост")])
def test_numbers_choose_the_plural_form(n: int, word: str) -> None:
    assert said(f"{n} posts; at least 5 are needed", RU) == f"{n} {word}; нужно не меньше 5"


def test_sentences_that_stand_together_are_said_one_by_one() -> None:
    text = "amplification: 4 posts; at least 5 are needed; bait_and_switch: no ties; no claim here"
    told = "Усиление: 4 поста; нужно не меньше 5; bait_and_switch: нет связей; no claim here"
    assert said(text, RU) == told
    assert (
        said("no evidence: too few repeated joint reposts", KK)
        == "белгі жоқ: қайталанған бірлескен репосттар тым аз"
    )


def test_days_and_shares_are_written_as_the_language_writes_them() -> None:
    text = (
        "from 2024-03-01 on 45 % of its posts are promotion, personal brand or fundraising, "
        "before 3 %; no bait came before"
    )
    assert said(text, RU) == (
        "45 % его постов с 1 мар 2024\u00a0— реклама, личный бренд или сбор средств, "
        "до этого\u00a0— 3 %; "
        "приманки до этого не было"
    )


def test_reasons_of_files_that_were_not_read_are_said_too() -> None:
    text = "files that were not read: 2: a.csv (not a table), b (no known format (not JSON))"
    assert said(text, RU) == (
        "непрочитанные файлы: 2: a.csv (не таблица), b (неизвестный формат (не JSON))"
    )


def test_words_of_the_data_are_not_taken_for_places() -> None:
    text = "claim: “{day} {n}” in the name; not found in the registry of 2024-05-01"
    assert said(text, RU) == (
        "называет себя официальным: «{day} {n}» в имени; в реестре от 1 мая 2024 не найден"
    )


def test_what_is_not_known_stays_as_it_is_and_nothing_stays_nothing() -> None:
    assert said("an older sentence: 3", RU) == "an older sentence: 3"
    assert [said(nothing, RU) for nothing in (None, float("nan"), "")] == ["", "", ""]


def test_english_stays_as_it_is_but_for_the_names_of_mechanisms() -> None:
    english = read_texts("en")
    text = "time zone assumed to be UTC: 1,204; no ties"
    assert said(text, english) == text
    assert said("amplification: no ties", english) == "Coordinated amplification: no ties"


def test_nothing_that_an_analysis_says_is_unknown(small_analysis: Analysis) -> None:
    facts, tables = small_analysis.facts, [small_analysis.hubs, small_analysis.tests]
    cells = [facts["hubs"]["reason"], facts["communities"]["reason"], *small_analysis.warnings]
    cells += [how for layer in facts["centrality"].values() for how in layer.values()]
    for table in (*tables, small_analysis.screens, small_analysis.explanations):
        texts = table.columns.intersection(["reason", "note", "label", "detail", "words"])
        cells += [cell for name in texts for cell in table[name].dropna().unique()]
    assert len(set(cells)) > 20
    assert [each for cell in set(cells) for each in unknown(cell)] == []


@pytest.mark.parametrize("name", ["bluesky", "instagram_export", "telegram_desktop", "vk"])
def test_nothing_that_is_said_of_the_sample_of_a_format_is_unknown(name: str) -> None:
    report = load([SAMPLES / name]).report
    cells = {*report.warnings, *report.rejected["reason"]}
    for file in report.files:
        cells |= {file.recognised_by, *file.warnings, *asdict(file)["rejected"]}
    assert [each for cell in cells for each in unknown(cell)] == []
