"""What counts as a claim to be official, on names of nobody."""

from pathlib import Path

import pandas as pd
import pytest

from kznet.errors import DataError
from kznet.mechanisms.pseudo_official import claims as module
from kznet.mechanisms.pseudo_official.claims import claims, phrases
from kznet.resources import data
from kznet.simulate import names

CLAIMING = [
    "Пример облысы әкімдігі — ресми арна",
    "ӘКІМДІК Самалбұлақ",
    "Қызғалдақкент қаласының әкімі",
    "Жұлдыз санау министрлігі",
    "Үкікөл ауданының мәслихаты",
    "Самалбұлақ қалалық прокуратурасы",
    "Көктембайлы полиция департаменті",
    "Баспасөз қызметі · Бұлттар министрлігі",
    "Желкеуіл ресми",
    "Официальный канал акимата города Тюльпанград",
    "Акимат · Заоблачинск",
    "Министерство степного ветра",
    "Пресс-служба акимата Верблюжанска",
    "ДЧС Ковыльбург",
    "Прокуратура Сусликопольской области",
    "Официально о Кузнечикбурге",
    "Aqmola Akimdigi",
    "Ofitsialnyi Tulpangrad",
    "Press service of the Ministry of Gentle Wind",
    "Ministry of Tulips",
    "Embassy of the Far Steppe",
    "Тюльпанград gov.kz",
]
SILENT = [
    "Новости акимата",
    "Әкімдік жаңалықтары",
    "Akimat News",
    "Жители против: акимат, слышите?",
    "Бывший аким города",
    "Неофициальный Үкікөл",
    "Не официальный канал акимата",
    "Бейресми Көктембайлы",
    "Ресми емес арна · әкімдік",
    "Fan page · Министерство степного ветра",
    "Министерство шуток · пародия",
    "Unofficial Akimat",
    "Антиакимат",
    "Официальная страница певца Одуванчикова",
    "Әншінің ресми парақшасы",
    "Official store of felt slippers",
    "Типичный Тюльпанград",
    "Біздің Самалбұлақ",
    "Аким Прохоров",
    "Вести · Заоблачинск",
    "Самал Министрова",
    "Резкий Ресминов",
    "Government watch",
]


def asked(field: str, words: list[str]) -> pd.Series:
    rows = {name: words if name == field else None for name in ("name", "handle", "bio")}
    return claims(pd.DataFrame(rows, index=pd.RangeIndex(len(words)), dtype="str"))


@pytest.mark.parametrize("name", CLAIMING)
def test_a_name_claims(name: str):
    assert asked("name", [name]).notna().all()


@pytest.mark.parametrize("name", SILENT)
def test_a_name_does_not_claim(name: str):
    assert asked("name", [name]).isna().all()


@pytest.mark.parametrize(
    ("handle", "claiming"),
    [
        ("almaty_akimat", True),
        ("AqmolaAkimdigi", True),
        ("samalbulaqakimat", True),
        ("ulkikol_resmi", True),
        ("tulpangrad.official", True),
        ("ministryoftulips", True),
        ("mfa_gov_kz", True),
        ("press_sluzhba_ukikol", True),
        ("konstantinovka_akimat", True),
        ("investakimat", True),
        ("akimatnews", False),
        ("akimatfans", False),
        ("akimat_novosti", False),
        ("unofficial_akimat", False),
        ("neoficialnyiakimat", False),
        ("piresmi", False),
        ("egovkz_help", False),
        ("akimov_blog", False),
    ],
)
def test_handles_are_read_inside_their_words(handle: str, claiming: bool):
    assert asked("handle", [handle]).notna().all() == claiming


@pytest.mark.parametrize(
    ("bio", "claiming"),
    [
        ("Әкімдіктің ресми парақшасы", True),
        ("Официальная информация министерства", True),
        ("Приёмная: almaty.gov.kz", True),
        ("Пресс-служба: ежедневно", True),
        ("Акимат, верните дороги!", False),
        ("Работаю в министерстве, мнение моё", False),
        ("Справки: egov.kz", False),
        ("Остерегайтесь неофициальных страниц", False),
        ("Официальная страница артиста · әртістің ресми парақшасы", False),
    ],
)
def test_a_bio_claims_by_the_word_official_a_press_service_or_the_domain(bio: str, claiming: bool):
    assert asked("bio", [bio]).notna().all() == claiming


def test_a_denial_anywhere_ends_the_claim_and_the_place_is_told():
    rows = {"name": ["Акимат · Үкікөл"] * 2, "handle": None, "bio": [None, "Бейресми парақша"]}
    found = claims(pd.DataFrame(rows, dtype="str"))
    assert found[0] == "“акимат” in the name"
    assert pd.isna(found[1])


def test_nothing_said_claims_nothing():
    assert asked("name", []).empty
    rows = pd.DataFrame({"name": [None], "handle": [None], "bio": ["—"]}, dtype="str")
    assert claims(rows).isna().all()


def test_no_invented_name_but_that_of_a_body_claims():
    bodies = ("ministry", "akimat")
    for kind, pool in names._POOLS.items():
        claiming = asked("name", sorted(set(pool))).notna()
        assert claiming.mean() >= 0.9 if kind in bodies else not claiming.any(), kind


def test_listed_bodies_claim_and_listed_media_do_not():
    listed = pd.read_csv(data("official_accounts.csv"), dtype="str").assign(bio=None)
    claiming = claims(listed[["name", "handle", "bio"]].astype("str")).notna()
    assert not claiming[listed["role"] == "media"].any()
    assert claiming[listed["role"] == "government"].sum() >= 10


def test_a_broken_line_of_the_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "claims.csv"
    broken.write_text("phrase,kind,lang\nресми,official,kk\nәкімдік,bodies,kk\n", encoding="utf-8")
    monkeypatch.setattr(module, "data", lambda _: broken)
    phrases.cache_clear()
    with pytest.raises(DataError, match=r"claims.csv: line 3: found 'bodies', wanted a phrase"):
        phrases()
    phrases.cache_clear()
