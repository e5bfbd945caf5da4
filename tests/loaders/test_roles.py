"""The editable file of words for roles."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from kznet.errors import DataError
from kznet.loaders import _roles
from kznet.loaders._columns import folded
from kznet.resources import data
from kznet.schema import ROLES


@pytest.fixture
def rows():
    with data("roles.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_word_stands_once_for_a_role_of_the_vocabulary(rows):
    words = [folded(row["synonym"]) for row in rows]
    assert len(set(words)) == len(words)
    assert {row["role"] for row in rows} == set(ROLES)


def test_every_role_has_words_in_each_language(rows):
    assert {(row["role"], row["lang"]) for row in rows} == {
        (role, lang) for role in ROLES for lang in ("en", "ru", "kk")
    }


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Әкімдік", "government"),
        ("ГОСОРГАН", "government"),
        ("media_state", "media"),
        ("БАҚ", "media"),
        ("блогер", "blogger"),
        ("саясаткер", "politician"),
        ("депутат", "politician"),
        ("партия", "party"),
        ("оппозиция", "opposition"),
        ("прочее", "other"),
        ("politician", "politician"),
    ],
)
def test_words_in_three_languages_are_known(word, role):
    roles, unknown = _roles.roles_of(pd.Series([word, None], dtype="str"))
    assert roles[0] == role
    assert pd.isna(roles[1])
    assert unknown == {}


def test_a_wrong_role_in_the_file_is_named_with_its_line(tmp_path: Path, monkeypatch):
    (tmp_path / "roles.csv").write_text("synonym,role,lang\nking,king,en\n")
    monkeypatch.setattr(_roles, "data", lambda name: tmp_path / name)
    _roles.synonyms.cache_clear()
    with pytest.raises(DataError, match=r"roles.csv: line 2: found 'king', wanted one of"):
        _roles.synonyms()
    _roles.synonyms.cache_clear()
