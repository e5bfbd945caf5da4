"""Kazakh Cyrillic, Kazakh Latin, Russian and ad hoc Latin come to one skeleton."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kznet.spelling import likeness, skeleton

# All spellings of a line are one name: invented people, or public places, offices and words.
SPELLINGS = """
Тоқаев · Токаев · Tokayev · Tokaev · Toqaev · Toqaıev
Әлихан Смайылов · Алихан Смаилов · Alikhan Smailov · Älihan Smaiylov · Álıhan Smaıylov
Қазақстан Үкіметі · Казакстан Укимети · Qazaqstan Ukimeti · Qazaqstan Úkimeti · Qazaqstan Ükımetı
Қазақстан · Казахстан · Kazakhstan · Qazaqstan · Kazakstan
Жұмабаев · Жумабаев · Джумабаев · Zhumabayev · Jumabaev · Žumabaev · Dzhumabayev
Шымкент · Shymkent · Şymkent · S'ymkent · Shimkent
Ақорда · Акорда · Akorda · Aqorda
Ғалым · Галым · Galym · Ğalym · Ǵalym · G'alym · Ghalym
Нұр-Сұлтан · Нур-Султан · Nur-Sultan · Nūr-Sūltan
Маңғыстау · Мангыстау · Мангистау · Mangystau · Mańǵystaý · Mañğystau · Man'g'ystay'
Атырау · Atyrau · Atyraý · Atyray' · Атырaу
Алматы · Almaty · Алмaты
Қостанай · Костанай · Qostanai · Kostanay · Qostanaı
Қызылорда · Кызылорда · Kyzylorda · Qyzylorda
Ақтау · Актау · Aktau · Aqtau · Aqtaý
Көкшетау · Кокшетау · Kokshetau · Kökşetau · Kókshetaý · Ko'ks'etay'
Щучинск · Şuchinsk · Shchuchinsk
Жезқазған · Жезказган · Zhezkazgan · Jezqazğan · Jezqazǵan
Ұлытау · Улытау · Ulytau · Ūlytau · Ulytaý
Жетісу · Жетису · Zhetisu · Jetisu · Jetısu · Jetisý
Мәжіліс · Мажилис · Mazhilis · Mäjılıs · Májilis · Ma'jilis
Әкімдік · Акимдик · Akimdik · Äkımdık · Ákimdik
Хабар · Khabar · Habar · Xabar
Жаңа · Жана · Zhana · Jaña · Jańa · Jan'a
Асхат · Askhat · Ashat
Аягөз · Аягоз · Ayagoz · Aiagöz · Aıagóz
Ерлан · Yerlan · Erlan · Ерлaн
Елена Юсупова · Yelena Yusupova · Elena Iusupova
Әйгерім · Айгерим · Aigerim · Aygerim · Äigerım
Ғабит Мүсін · Габит Мусин · Gabit Musin · Ğabit Müsın
Цой · Tsoy · Tsoi
Чингиз · Chingiz · Çingiz · C'ingiz
Алиев · Aliyev · Aliev · Алиев
Қасым-Жомарт · Касым-Жомарт · Kassym-Jomart · Qasym-Jomart · Kasym-Zhomart
Васильев · Vasilyev · Vasiliev
Әуезов · Ауэзов · Auezov · Áýezov · Awezov
Күмісбек Өтеген · Кумисбек Отеген · Kumisbek Otegen · Kümısbek Ötegen
Данияр · Daniyar · Daniar · Данияр
Мұхтар · Мухтар · Mukhtar · Muhtar · Mūhtar
Дүйсен · Дуйсен · Duisen · Duysen
"""
NEAR = """
Бауыржан · Бауржан
Бақытжан · Бахытжан
Шымкент · Чимкент
Түркістан · Turkestan
Қонаев · Кунаев
Ляззат · Ләззат
Облысы Түркістан · Turkestan Oblysy
Tengrinews · Tengri News
Токаев Касым-Жомарт · Qasymjomart Toqaev
"""
APART = """
Асанов · Асанова
Ерлан Сериков · Ерлан Серикова
Ахметов · Ахмедов
Дара Ким · Дария Ким
Ақтау · Ақтөбе
Алматы · Алматы облысы
Министерство здравоохранения · Министерство образования
Школа 12 · Школа 13
Телеканал 7 · Телеканал
Марат Оспанов · Марат Осипов
Нұрлан · Нұрлы
Тоқаев · Тоқаш
Алия · Али
Жанар · Жаннат
Сәуле · Салем
Акимат Астаны · Акимат Алматы
Айгүл Бек · Айгүл Берік
Бек · Бекболат
Тілеу · Толеу
"""


def rows(table):
    return [line.split(" · ") for line in table.strip().splitlines()]


def pairs(table):
    return [(row[0], other) for row in rows(table) for other in row[1:]]


@pytest.mark.parametrize(("name", "other"), pairs(SPELLINGS))
def test_spellings_of_one_name_have_one_skeleton(name, other):
    assert skeleton(name) == skeleton(other)


@pytest.mark.parametrize(("name", "other"), pairs(NEAR))
def test_names_that_differ_in_a_disputed_sound_are_near(name, other):
    assert likeness(name, other) >= 0.9


@pytest.mark.parametrize(("name", "other"), pairs(APART))
def test_different_names_are_not_near(name, other):
    assert skeleton(name) != skeleton(other)
    assert likeness(name, other) < 0.9


def test_a_skeleton_can_be_read():
    assert skeleton("«Қазақстан Үкіметі» №1 🇰🇿") == "kazakstan ukimeti no1"


def test_apostrophes_of_other_languages_are_dropped():
    assert skeleton("Students' Day") == "students dai"
    assert skeleton("Kazakhstan’s") == "kazakstans"


def test_other_scripts_and_digits_stay():
    assert skeleton("新闻 2000") == "新闻 2000"


def test_a_name_without_letters_is_like_nothing():
    assert skeleton("… 🙂 —") == ""
    assert likeness("…", "…") == 0
    assert likeness("", "Алия") == 0


def test_a_word_that_one_name_has_alone_counts_by_its_length():
    # zakonkz is 7 letters twice, and "tv" is 2 more: 14/16
    assert likeness("Zakonkz TV", "Zakonkz") == 0.875


NAMES = st.text(alphabet="aehikouyscgnjzqx'аәеиіыкқхшжзгғуья -1ё", max_size=14)


@given(st.one_of(NAMES, st.text(max_size=12)))
def test_the_skeleton_of_a_skeleton_is_itself(name):
    assert skeleton(skeleton(name)) == skeleton(name)


@given(NAMES, NAMES)
def test_likeness_is_symmetric_within_bounds_and_blind_to_word_order(a, b):
    found = likeness(a, b)
    assert 0 <= found <= 1
    assert found == likeness(b, a)
    assert found == likeness(" ".join(reversed(a.split())), b)
    assert likeness(a, a) == (1 if skeleton(a) else 0)
