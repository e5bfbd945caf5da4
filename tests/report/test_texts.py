import json
import re
from collections.abc import Mapping
from pathlib import Path

import click
import pandas as pd
import pytest

from kznet.cli.cases import render
from kznet.errors import DataError, UnknownNameError
from kznet.report.markup import TONGUES
from kznet.report.texts import LANGUAGES, Texts, languages, read_texts

REPORT = LANGUAGES.parent
FILES = (".html", ".js", ".json", ".csv", ".gexf", ".graphml")
SOURCES = [
    *REPORT.glob("**/*.py"),
    *REPORT.glob("templates/**/*.html"),
    *REPORT.glob("templates/**/*.js"),
]
ALL = languages()
OTHERS = ALL[1:]
FORMS = {
    "en": {"one", "other"},
    "kk": {"one", "other"},
    "ru": {"one", "few", "many", "other"},
}
BANNED = re.compile(
    r"\b(bots?\b|botnets?|trolls?|trolling|fak(?:e|ing)|agents?\b|manipulators?|guilt|prove[nd]"
    r"|бот|тролл|фей[кч]|агент(?!ств)|манипулятор|(?:не)?винов|доказан"
    r"|кінәл|айыпты|дәлелден)\w*",
    re.IGNORECASE,
)
LETTERS = re.compile(r"[^\W\d_]+")
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
ALIKE = set("aceoxyiABCEHKMOTXYI")  # p is a figure, and P a key, in every language


def files(language: str) -> dict[str, dict[str, str | dict[str, str]]]:
    folder = (LANGUAGES / language).glob("*.json")
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder}


def wordings(entry: str | Mapping[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else [*entry.values()]


def said(language: str) -> list[tuple[str, str]]:
    """Every wording of a language with its key, without the names of values."""
    entries = read_texts(language).entries
    texts = {key: entry for key, entry in entries.items() if not key.startswith("_")}
    return [
        (key, re.sub(r"\{\w+\}", "0", each))
        for key, entry in texts.items()
        for each in wordings(entry)
    ]


def values(entry: str | Mapping[str, str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", " ".join(wordings(entry))))


def mixed(text: str) -> list[str]:
    """Words of two alphabets, and Latin letters alone that stand for Cyrillic words."""
    words = [word for word in LETTERS.findall(text) if LATIN.search(word)]
    return [word for word in words if CYRILLIC.search(word) or word in ALIKE]


def ends(entry: str | Mapping[str, str]) -> set[tuple[bool, str]]:
    """How a text begins and ends: with a space, with a stop."""
    return {
        (each[:1] == " ", "".join(re.findall(r"[.?:]?$", each.rstrip())))
        for each in wordings(entry)
    }


def used_keys() -> tuple[set[str], set[str]]:
    """Keys named in full, and beginnings to which a value is joined."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    quoted = set(re.findall(r"""["'`]([a-z]+(?:\.[A-Za-z0-9_]+)+)["'`]""", source))
    joined = set(re.findall(r"""["']([a-z]+(?:\.[a-z_]+)*\.)["'] ?[+~]""", source))
    formatted = set(re.findall(r"""f["']([a-z]+(?:\.[a-z_]+)*\.)\{""", source))
    return quoted, joined | formatted


def test_every_text_is_used() -> None:
    quoted, joined = used_keys()
    keys = [key for key in read_texts("en").entries if not key.startswith("_")]
    unused = [k for k in keys if k not in quoted and not k.startswith(tuple(joined))]
    assert unused == []


def test_every_text_that_is_used_exists() -> None:
    quoted, joined = used_keys()
    keys = set(read_texts("en").entries)
    spaces = {key.split(".")[0] for key in keys}
    named = {key for key in quoted if key.split(".")[0] in spaces}
    not_texts = {key for key in named if key.endswith(FILES)}
    assert named - not_texts - keys == set()
    assert [start for start in joined if not any(key.startswith(start) for key in keys)] == []


@pytest.mark.parametrize("language", ALL)
def test_no_text_accuses(language: str) -> None:
    whole = json.dumps(read_texts(language).entries, ensure_ascii=False)
    assert [found[0] for found in BANNED.finditer(whole)] == []


def test_words_that_accuse_are_found_in_every_form() -> None:
    accusing = (
        "bot Bots botnet trolls faked agents manipulator guilty proven proved бот ботами тролля "
        "фейки фейковый агенту агентами манипуляторы виновны невиновен доказано ботты троллдар "
        "агенттер манипуляторлар кінәлі айыпты дәлелденген"
    )
    assert [word for word in accusing.split() if not BANNED.search(word)] == []
    calm = "both agenda agency улучшить работа агентство манипуляция доказательство дәлел айыптау"
    assert [word for word in calm.split() if BANNED.search(word)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_have_the_same_texts_in_the_same_files(language: str) -> None:
    english, other = files("en"), files(language)
    assert sorted(other) == sorted(english)
    differing = {name: set(other[name]) ^ set(english[name]) for name in english}
    assert {name: keys for name, keys in differing.items() if keys} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_tell_the_same_values(language: str) -> None:
    english, other = read_texts("en").entries, read_texts(language).entries
    shared = english.keys() & other.keys()
    assert [key for key in shared if values(other[key]) != values(english[key])] == []


@pytest.mark.parametrize("language", ALL)
def test_plural_forms_are_complete(language: str) -> None:
    english, entries = read_texts("en").entries, read_texts(language).entries
    counting = {key: entry for key, entry in entries.items() if not isinstance(entry, str)}
    assert [key for key, entry in counting.items() if set(entry) != FORMS[language]] == []
    counted = {key for key, entry in english.items() if not isinstance(entry, str)}
    assert sorted((counted & entries.keys()) - counting.keys()) == []


def test_the_russian_form_of_one_says_its_number_for_it_is_that_of_21_too() -> None:
    entries = read_texts("ru").entries
    counting = {key: entry for key, entry in entries.items() if not isinstance(entry, str)}
    assert [
        key
        for key, entry in counting.items()
        if len({*map(frozenset, map(values, entry.values()))}) > 1
    ] == []


@pytest.mark.parametrize("language", ALL)
def test_texts_are_set_with_care(language: str) -> None:
    slips = re.compile(r"[ \u00a0]{2}|\s[,.;:?!](?:\s|$)|\.\.|[\"„]|\u00ad|\u200b")
    assert [text for _, text in said(language) if slips.search(text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_set_quotes_and_decimals_in_their_own_way(language: str) -> None:
    foreign = re.compile(r"[“”‘]|\d\.\d")
    assert [text for _, text in said(language) if foreign.search(text)] == []
    assert [key for key, text in said(language) if text.count("«") != text.count("»")] == []


@pytest.mark.parametrize("language", ALL)
def test_shares_within_texts_are_written_as_computed_ones(language: str) -> None:
    sign = str(read_texts(language).entries["_percent"]).removeprefix("{n}")
    written = re.compile(r"\d(\s*%)")
    wrong = [key for key, text in said(language) if {*written.findall(text)} - {sign}]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_is_of_two_alphabets(language: str) -> None:
    assert [(key, mixed(text)) for key, text in said(language) if mixed(text)] == []


def test_english_is_of_one_alphabet_and_a_word_of_two_is_found() -> None:
    assert [text for _, text in said("en") if CYRILLIC.search(text)] == []
    assert mixed("с PageRank, k-ядро; cвязь и o p") == ["cвязь", "o"]


@pytest.mark.parametrize("language", OTHERS)
def test_texts_begin_and_end_as_the_english_ones_do(language: str) -> None:
    english, other = read_texts("en").entries, read_texts(language).entries
    texts = [key for key in english.keys() & other.keys() if not key.startswith("_")]
    assert sorted(key for key in texts if ends(other[key]) != ends(english[key])) == []


def test_a_number_chooses_the_plural_form() -> None:
    t = read_texts("en")
    assert t("count.accounts", {"n": 1}) == "1 account"
    assert t("count.accounts", {"n": 18204}) == "18,204 accounts"


def test_russian_has_four_plural_forms() -> None:
    forms = {"one": "1", "few": "2", "many": "5", "other": "x"}
    t = Texts("ru", {"k": forms, "_group": " ", "_decimal": ","})
    found = [t("k", {"n": n}) for n in (1, 2, 5, 11, 21, 22, 112, 0.5)]
    assert found == ["1", "2", "5", "5", "1", "2", "5", "x"]


def test_numbers_are_written_to_be_read() -> None:
    t = read_texts("en")
    numbers = [18204, 0.123456, 1234.5, 0.00001, 3.0, None, float("nan"), pd.NA]
    assert [t.number(x) for x in numbers] == [
        "18,204", "0.123", "1,235", "1.0e-5", "3", "–", "–", "–"
    ]  # fmt: skip
    assert [t.share(0.0312), t.share(0.05, digits=0), t.share(None)] == ["3.1%", "5%", "–"]
    assert [t.chance(x) for x in (0.0004, 0.0123, 0.05, 1.0)] == ["<0.001", "0.012", "0.05", "1"]


def test_times_are_written_to_be_read() -> None:
    t = read_texts("en")
    assert t.day("2024-02-01T10:00:00+00:00") == "1 Feb 2024"
    assert t.moment(pd.Timestamp("2024-02-01T10:00:07Z")) == "1 Feb 2024, 10:00:07 UTC"
    assert t.moment(pd.Timestamp("2024-02-01T00:00:00Z")) == "1 Feb 2024"
    assert [t.day(""), t.day(None), t.moment(pd.NaT)] == ["", "", ""]


def test_russian_writes_numbers_and_times_in_its_own_way() -> None:
    t = read_texts("ru")
    assert [t.number(18204), t.number(0.123456)] == ["18\u00a0204", "0,123"]
    assert [t.share(0.0312), t.chance(0.0004)] == ["3,1\u00a0%", "<0,001"]
    assert t("count.ties", {"n": 1021}) == "1\u00a0021 связь"
    assert t.moment(pd.Timestamp("2024-02-01T10:00:07Z")) == "1 февр. 2024, 10:00:07 UTC"
    months = [t.day(f"2024-{month:02}-01").split()[1] for month in (1, 5, 9, 12)]
    assert months == ["янв.", "мая", "сент.", "дек."]


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown text 'card\.pp'"):
        read_texts("en")("card.pp")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="unknown language 'xx'"):
        read_texts("xx")


def test_a_text_that_is_no_text_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zz").mkdir()
    (tmp_path / "zz" / "some.json").write_text('{"a": 1}', encoding="utf-8")
    monkeypatch.setattr("kznet.report.texts.LANGUAGES", tmp_path)
    with pytest.raises(DataError, match="'a' is neither a text nor plural forms"):
        read_texts("zz")


def test_pages_and_commands_offer_the_languages_that_there_are() -> None:
    assert set(TONGUES) == set(languages())
    offered = next(each for each in render.params if each.name == "lang").type
    assert isinstance(offered, click.Choice)
    assert list(offered.choices) == ["auto", *TONGUES]
