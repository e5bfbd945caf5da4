import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kznet
from kznet.errors import DataError
from kznet.report.said.catalogue import read, recognised, sentences

PACKAGE = Path(kznet.__file__).parent
PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
EXAMPLES = {
    "whole": "1,204", "decimal": "2.5", "share": "43%", "day": "2024-02-01", "text": "a.csv",
    "said": "no ties", "files": "a.csv (not JSON), b (not XML)",
}  # fmt: skip
BANNED = (
    r"\b(bots?|trolls?|fakes?|agents?|manipulators?|guilty|proven)\b"
    r"|\b(бот|тролл|фейк|агент|манипулятор|винов|доказан|кінәлі|дәлелденген)"
)
SPEAKING = [
    *sorted(PACKAGE.glob("loaders/*.py")),
    *sorted(PACKAGE.glob("mechanisms/**/*.py")),
    *sorted(PACKAGE.glob("hubs/*.py")),
    *sorted(PACKAGE.glob("communities/*.py")),
    PACKAGE / "entities.py",
]
# Faults of what the command line was given end the run: they never reach a page.
FATAL = ("_database", "_describe", "_discover", "_officials", "_options", "_roles", "_truth")
PROSE = re.compile(r"[a-z]+,? [a-z]+")
# Words of tables and of files, and pieces of errors that end the run.
NO_SENTENCES = (
    "not checkable", "not testable", "not applicable", "not called", "checked and not found",
    "edge row", "vertex row", "instagram following", "instagram followers", "no row can be read",
    "set aside, the first at", "nothing to read among", "wanted a phrase and one of",
    "undirected graph", "no table of accounts", "at Posting", "Account address", "Show boosts",
)  # fmt: skip
CHECKED = [path for path in SPEAKING if path.stem not in FATAL]


def example(english: str) -> str:
    return PLACE.sub(lambda place: EXAMPLES[place[2] or "whole"], english)


def literals(path: Path) -> Iterator[str]:
    """What a module says: its texts but for docstrings, patterns and lists of words."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(node.value)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("words", "re.compile"):
            passed.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in passed and isinstance(node.value, str):
            yield from node.value.split("{}")


@pytest.mark.parametrize("code", sentences("en"))
def test_every_sentence_recognises_what_it_says_and_no_other_does(code: str) -> None:
    english = str(sentences("en")[code])
    found = recognised(example(english))
    assert found is not None
    assert found.code == code
    kinds = {place[1]: place[2] or "whole" for place in PLACE.finditer(english)}
    assert found.values == {name: EXAMPLES[kind] for name, kind in kinds.items()}


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: path.stem)
def test_every_sentence_of_the_code_is_in_the_catalogue(path: Path) -> None:
    catalogue = "\n".join(PLACE.sub("\0", str(each)) for each in sentences("en").values())
    told = [text for text in literals(path) if text.isascii() and PROSE.search(text)]
    said = [text.strip(" ;:,.()") for text in told]
    missing = [text for text in said if text not in catalogue and recognised(text) is None]
    assert [text for text in missing if not any(each in text for each in NO_SENTENCES)] == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_language_has_all_sentences_with_the_same_values(language: str) -> None:
    def values(entry: object) -> set[str]:
        return {place[1] for place in PLACE.finditer(json.dumps(entry))}

    english, other = sentences("en"), sentences(language)
    assert set(other) == set(english)
    for code, entry in other.items():
        forms = [entry] if isinstance(entry, str) else list(entry.values())
        assert {frozenset(values(form)) for form in forms} == {frozenset(values(english[code]))}


def test_russian_forms_are_those_of_its_numbers() -> None:
    plural = [entry for entry in sentences("ru").values() if not isinstance(entry, str)]
    assert plural
    assert {tuple(entry) for entry in plural} == {("one", "few", "many", "other")}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_no_sentence_accuses(language: str) -> None:
    whole = json.dumps(sentences(language), ensure_ascii=False)
    assert re.findall(BANNED, whole, flags=re.IGNORECASE) == []


def test_a_place_of_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(DataError, match="sentence 'few': 'odd' is none of whole, decimal"):
        read("few", "{n:odd} posts")


def test_a_code_in_two_files_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zz" / "sentences").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / "zz" / "sentences" / f"{name}.json").write_text('{"x": "y"}', encoding="utf-8")
    monkeypatch.setattr("kznet.report.said.catalogue.LANGUAGES", tmp_path)
    with pytest.raises(DataError, match=r"b\.json: 'x' is there twice"):
        sentences("zz")
