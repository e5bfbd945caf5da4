import json
import re
from pathlib import Path

import pandas as pd
import pytest

from kznet.errors import DataError, UnknownNameError
from kznet.report.texts import LANGUAGES, Texts, languages, read_texts

REPORT = LANGUAGES.parent
FILES = (".html", ".js", ".json", ".csv", ".gexf", ".graphml")
SOURCES = [
    *REPORT.glob("**/*.py"),
    *REPORT.glob("templates/**/*.html"),
    *REPORT.glob("templates/**/*.js"),
]
BANNED = r"\b(bots?|trolls?|fakes?|agents?|manipulators?|guilty|proven)\b"


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


@pytest.mark.parametrize("language", languages())
def test_no_text_accuses(language: str) -> None:
    whole = json.dumps(read_texts(language).entries, ensure_ascii=False)
    assert re.findall(BANNED, whole, flags=re.IGNORECASE) == []


@pytest.mark.parametrize("language", languages())
def test_all_languages_have_the_same_texts_with_the_same_values(language: str) -> None:
    def values(entry: object) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", json.dumps(entry)))

    english, other = read_texts("en").entries, read_texts(language).entries
    assert set(other) == set(english)
    assert [key for key in english if values(other[key]) != values(english[key])] == []


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
