"""Invented names, Kazakh and Russian: no such person, body, town or outlet is meant to exist."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np

TOWNS: Final = (
    "Бұлтқала", "Желкеуіл", "Жұлдызтапқан", "Самалбұлақ", "Қызғалдақкент", "Көктембайлы",
    "Тұлпарқора", "Жаңбырлықұм", "Үкікөл", "Тюльпанград", "Ковыльбург", "Верблюжанск",
    "Заоблачинск", "Кузнечикбург", "Сусликополь", "Одуванск-Степной",
)  # fmt: skip
_GIVEN: Final = (
    "Самалхан", "Күнболсын", "Жусанбай", "Бүркітжан", "Айкөлбек", "Тұлпарәлі", "Көктембек",
    "Лукьян", "Прохор", "Савелий", "Ермолай", "Пантелей", "Фрол",
)  # fmt: skip
_FAMILY: Final = (
    "Бұлтұлы", "Жұлдызтаев", "Қызғалдақов", "Терекбұтақұлы", "Көбелекұлы", "Үкібаев-Далалық",
    "Одуванчиков", "Верблюжатов", "Сайгаковский", "Подсолнухин", "Кумысников", "Ковылев-Степной",
)  # fmt: skip
_BODIES: Final = (
    "Бұлттар министрлігі", "Жұлдыз санау комитеті", "Самал және жел министрлігі",
    "Министерство степного ветра", "Комитет по делам тюльпанов", "Служба тёплых дождей",
)  # fmt: skip
_KAZAKH: Final = (
    ("Көк", "Ақ", "Алтын", "Күміс", "Жүйрік", "Қызыл", "Сары", "Тұнық", "Асқақ", "Жайдары",
     "Момын", "Ұшқыр", "Биік", "Еркін", "Шалқар", "Нұрлы", "Салқын", "Үнсіз", "Қоңыр", "Ұйқылы"),
    ("Бүркіт", "Тұлпар", "Самал", "Бұлт", "Жұлдыз", "Терек", "Қайың", "Өзен", "Құлын", "Бұғы",
     "Торғай", "Қарлығаш", "Тырна", "Жусан", "Қызғалдақ", "Арша", "Домбыра", "Түлкі", "Қоян",
     "Ілбіс", "Көбелек", "Үкі", "Кірпі", "Аққу"),
)  # fmt: skip
_RUSSIAN: Final = (
    ("Тихий", "Рыжий", "Степной", "Вольный", "Сонный", "Быстрый", "Синий", "Медный", "Лунный",
     "Утренний", "Добрый", "Мудрый", "Упрямый", "Весёлый", "Дальний", "Горный", "Зимний",
     "Песчаный", "Янтарный", "Задумчивый"),
    ("Беркут", "Сурок", "Верблюд", "Тюльпан", "Ковыль", "Ветер", "Кузнечик", "Журавль", "Барс",
     "Тополь", "Кумыс", "Родник", "Сайгак", "Кобыз", "Филин", "Одуванчик", "Компас", "Фонарь",
     "Якорь", "Жаворонок", "Манул", "Суслик", "Карагач", "Самовар"),
)  # fmt: skip
_LATIN: Final = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхцыэәғқңөұүһі", "abvgdeziiklmnoprstufhcyeagqnouuhi", strict=True))
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ё": "e"}
    | {"ъ": "", "ь": "", " ": "_", "«": "", "»": "", "·": "", "-": "_", ":": ""}
)


def _nicknames() -> list[str]:
    return [" ".join(pair) for words in (_KAZAKH, _RUSSIAN) for pair in product(*words)]


def _of_towns(*patterns: str) -> list[str]:
    return [pattern.format(town) for pattern, town in product(patterns, TOWNS)]


_POOLS: Final[Mapping[str, Sequence[str]]] = {
    "amplifier": _nicknames(),
    "politician": [" ".join(pair) for pair in product(_GIVEN, _FAMILY)],
    "ministry": [*_BODIES, *_of_towns("Әкімдік {}", "Акимат · {}")],
    "opposition": _of_towns("Басқа жол · {}", "Другой ветер · {}", "Еркін дала · {}"),
    "blogger": [f"{name} {kind}" for name in _nicknames() for kind in ("блогы", "влог")],
    "news": _of_towns("{} хабары", "{} жаршысы", "{} сегодня", "Вести · {}"),
    "regional": _of_towns("Біздің {}", "Типичный {}", "{} тұрғындары"),
    "aggregator": _of_towns("{} лентасы · жинақ", "Сводка · {}"),
    "akimat": _of_towns("{} ауылдық әкімдігі", "Сельский акимат {}"),
    "celebrity": [f"{kind} «{name}»" for name in _nicknames() for kind in ("Топ", "Ансамбль")],
}
_TOPICS: Final = {
    "roads": ("жол жөндеу басталды", "новая дорога до рынка"),
    "water": ("су құбыры ауыстырылды", "воду дадут к вечеру"),
    "prices": ("нан бағасы талқыланды", "сколько стоит картофель"),
    "tariffs": ("жылу тарифі туралы", "вопросы о тарифах на свет"),
    "ecology": ("тал отырғызылды", "ветер принёс пыль"),
    "schools": ("мектепте көрме өтті", "в школе прошла выставка"),
    "health": ("емханада ашық күн", "в поликлинике день открытых дверей"),
    "culture": ("домбыра кеші өтеді", "вечер кобыза в парке"),
    "sport": ("көкпар жарысы аяқталды", "забег вдоль реки завершён"),
    "weather": ("түнде аяз күтіледі", "завтра ждут снег и ветер"),
}


def names(types: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A name for every account by its type; sources of one type differ while names last."""
    found = np.empty(len(types), dtype=object)
    for kind in np.unique(types):
        here = np.flatnonzero(types == kind)
        pool = np.array(_POOLS[kind], dtype=object)
        found[here] = pool[rng.permutation(np.resize(rng.permutation(len(pool)), len(here)))]
    return found


def handle(name: str) -> str:
    """A name in plain Latin letters.

    >>> handle("Үнсіз Қызғалдақ")
    'unsiz_qyzgaldaq'
    """
    return "_".join(name.lower().translate(_LATIN).split("_")).strip("_")


def headlines(number: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Topics of posts, and a short invented line on each in Kazakh or Russian."""
    pairs = [(topic, line) for topic, lines in _TOPICS.items() for line in lines]
    topic, line = (np.array(column, dtype=object) for column in zip(*pairs, strict=True))
    chosen, town = rng.integers(len(pairs), size=number), rng.integers(len(TOWNS), size=number)
    return topic[chosen], np.array(TOWNS, dtype=object)[town] + ": " + line[chosen]
