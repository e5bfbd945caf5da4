"""Short invented lines on every topic, in Kazakh and Russian."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.draws import stream
from kznet.simulate.names import TOWNS

# Every eighth line or so has no word that gives its topic away.
_PLAIN: Final = {
    "kk": ("бүгін осындай күн", "толығырақ кейін жазамыз", "пікірлеріңізді күтеміз"),
    "ru": ("вот такой сегодня день", "подробности позже", "ждём ваших мнений"),
}
_PLAIN_SHARE: Final = 0.12
LINES: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "transport": {
        "kk": ("жол жөндеу басталды", "жаңа көпір ашылды", "автобус бағыты өзгерді"),
        "ru": ("новая дорога до рынка", "ремонт моста закончен", "автобус пойдёт иначе"),
    },
    "schools": {
        "kk": ("мектепте көрме өтті", "оқушылар олимпиададан оралды", "жаңа балабақша ашылды"),
        "ru": ("в школе прошла выставка", "ученики вернулись с олимпиады", "открыт детский сад"),
    },
    "health": {
        "kk": ("емханада ашық есік күні", "дәрігерлер кеңес береді", "екпе егу басталды"),
        "ru": ("в поликлинике день открытых дверей", "врачи дают советы", "началась вакцинация"),
    },
    "culture": {
        "kk": ("домбыра кеші өтеді", "театрда жаңа қойылым", "кітап жәрмеңкесі ашылды"),
        "ru": ("вечер кобыза в парке", "премьера в театре", "открылась книжная ярмарка"),
    },
    "sport": {
        "kk": ("көкпар жарысы аяқталды", "күрестен турнир өтті", "команда жеңіске жетті"),
        "ru": ("забег вдоль реки завершён", "прошёл турнир по борьбе", "команда победила"),
    },
    "weather": {
        "kk": ("түнде аяз күтіледі", "ертең қар жауады", "жел күшейеді"),
        "ru": ("завтра ждут снег и ветер", "ночью мороз", "к выходным потеплеет"),
    },
    "prices": {
        "kk": ("нан бағасы тағы қымбаттады", "ет бағасы өсті", "дүкендегі баға шарықтады"),
        "ru": ("хлеб снова подорожал", "рост цен на мясо", "цены в магазинах растут"),
    },
    "tariffs": {
        "kk": ("жылу тарифі көтерілді", "жарық үшін төлем өсті", "тарифке наразылық көп"),
        "ru": ("тариф на тепло повышен", "за свет платить больше", "жалобы на тарифы"),
    },
    "ecology": {
        "kk": ("қалада түтін, ауа лас", "өзенге қалдық төгілді", "экология нашарлады"),
        "ru": ("смог над городом", "в реку слили отходы", "экология хуже, чем год назад"),
    },
    "water": {
        "kk": ("су үш күн жоқ", "құбыр жарылды, су жоқ", "су тапшылығы басталды"),
        "ru": ("воды нет третий день", "прорвало трубу, нет воды", "дефицит воды"),
    },
    "protest": {
        "kk": ("алаңға халық жиналды", "тұрғындар митингке шықты", "жұмысшылар ереуілде"),
        "ru": ("люди вышли на площадь", "жители собрались на митинг", "забастовка рабочих"),
    },
    "promotion": {
        "kk": ("жеңілдік тек бүгін, промокод бар", "тапсырыс беріңіз, жеткізу тегін",
               "курсқа жазылыңыз, орын шектеулі", "сатылымда, бағасы директте"),
        "ru": ("скидка только сегодня, есть промокод", "делайте заказ, доставка бесплатно",
               "запись на курс открыта, мест мало", "в продаже, цена в директе"),
    },
    "personal_brand": {
        "kk": ("менің жаңа видеом шықты, жазылыңыз", "менімен тікелей эфир бүгін кешке",
               "менің сұхбатым жарық көрді"),
        "ru": ("вышло моё новое видео, подписывайтесь", "мой прямой эфир сегодня вечером",
               "моё большое интервью"),
    },
    "fundraising": {
        "kk": ("қаражат жинау жалғасуда, картаға аударыңыз", "қолдау қоры ашылды, көмектесіңіз",
               "жинақ шоты сипаттамада"),
        "ru": ("сбор средств продолжается, карта для перевода", "открыт фонд, помогите собрать",
               "реквизиты для пожертвований в описании"),
    },
}  # fmt: skip


def wording(posts: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """A line on the topic of each post and its language, columns text and lang.

    `posts` has post (a number), author and topic. Authors keep to one town, and most of the
    time to one language. What a post says depends on no other post.
    """
    author, post = posts["author"].to_numpy(), posts["post"].to_numpy()
    lean = stream(seed, "languages").random(author.max(initial=0) + 1)
    towns = stream(seed, "towns").integers(len(TOWNS), size=author.max(initial=0) + 1)
    number = post.max(initial=0) + 1
    tongue, blank, lot = (stream(seed, "wording", k).random(number)[post] for k in range(3))
    kazakh = tongue < np.where(lean[author] < 0.5, 0.85, 0.15)
    line = np.empty(len(posts), dtype=object)
    for topic, lines in LINES.items():
        for code, known in lines.items():
            here = (posts["topic"] == topic).to_numpy() & (kazakh == (code == "kk"))
            plain, told = _chosen(_PLAIN[code], lot[here]), _chosen(known, lot[here])
            line[here] = np.where(blank[here] < _PLAIN_SHARE, plain, told)
    place = np.array(TOWNS, dtype=object)[towns[author]]
    lang = np.where(kazakh, "kk", "ru")
    return pd.DataFrame({"text": place + ": " + line, "lang": lang}, index=posts.index)


def _chosen(lines: Sequence[str], lot: np.ndarray) -> np.ndarray:
    known: np.ndarray = np.array(lines, dtype=object)
    return known[(lot * len(known)).astype(np.int64)]
