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


WORDS = {
    "politician": """
        politician · Member of Parliament · senator · akim · presidential candidate · ambassador
        политик · депутат · мажилисмен · аким города · вице-министр · глава государства · спикер
        саясаткер · мәжілісмен · облыс әкімі · мемлекет қайраткері · министр орынбасары · елші""",
    "government": """
        government · ministry · state_body · press service · city hall · emergencies department
        госорган · министерство · акимат · городской акимат · посольство · пресс-служба · МВД
        үкімет · министрлік · әкімдік · қала әкімдігі · баспасөз қызметі · елшілік · ТЖД""",
    "party": """
        party · political party · faction
        партия · политическая партия · фракция · филиал партии
        саяси партия · партия филиалы · партия фракциясы""",
    "opposition": """
        opposition · opposition movement · dissident
        оппозиция · оппозиционер · оппозиционный канал · незарегистрированная партия
        оппозициялық · оппозициялық қозғалыс · оппозициялық арна · тіркелмеген партия""",
    "media": """
        media · media_state · news outlet · journalist · editor-in-chief · TV channel · press
        СМИ · средства массовой информации · журналист · телеканал · агрегатор новостей · Редактор
        БАҚ · бұқаралық ақпарат құралдары · баспасөз · тілші · жаңалықтар порталы · бас редактор""",
    "blogger": """
        blogger · influencer · tiktoker · public page · anonymous channel
        блогер · блоггер · видеоблогер · паблик · телеграм-канал · лидер мнений
        блогшы · бейнеблогшы · пікір көшбасшысы · жеке блог · арна авторы""",
    "other": """
        other · company · NGO · private person · human rights defender · analyst
        прочее · активист · НПО · правозащитник · частное лицо · политолог · ТОО
        басқа · белсенді · ҮЕҰ · құқық қорғаушы · жеке тұлға · саясаттанушы · ЖШС""",
}


@pytest.mark.parametrize(
    ("word", "role"),
    [
        (word.strip(), role)
        for role, lines in WORDS.items()
        for line in lines.strip().splitlines()
        for word in line.split("·")
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
