"""One spelling for names that are written in Kazakh Cyrillic, Kazakh Latin or Russian.

Kazakhstan writes one name in many ways: "Жұмабаев" in Kazakh, "Жумабаев" in Russian, and in Latin
letters by the alphabets of 2017 (apostrophes), 2018 (acutes) and 2021 (umlauts, breves, cedillas)
or as people type it. A skeleton keeps what all of these agree on. It is for comparing, not for
showing, and never a reason to join two accounts without a human.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import permutations, product
from typing import Final

# Х is left as h and Ж as j, so that letters which meet ("сх", "кх") go the way of Latin digraphs.
_CYRILLIC: Final = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "д": "d", "е": "e",
    "ё": "e", "є": "e", "э": "e", "ж": "j", "җ": "j", "ҷ": "j", "з": "z", "и": "i", "й": "i",
    "і": "i", "ї": "i", "ы": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n",
    "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u",
    "ў": "u", "ф": "f", "х": "h", "һ": "h", "ҳ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
# Letters whose mark is more than an accent; every other mark is taken off.
_LATIN: Final = {
    "ə": "a", "æ": "a", "ç": "ch", "č": "ch", "ć": "ch", "ş": "sh", "ș": "sh", "š": "sh",
    "ś": "sh", "ţ": "ts", "ț": "ts", "ž": "j", "ź": "z", "ý": "u", "ı": "i", "ø": "o", "ŋ": "n",
    "ł": "l", "đ": "d",
}  # fmt: skip
_APOSTROPHES: Final = dict.fromkeys("’ʼ‘ʻʹ′`´", "'")
_LETTERS: Final = str.maketrans(_CYRILLIC | _LATIN | _APOSTROPHES)

_RULES: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"s'(?=[^\W\d_])", "sh"),  # 2017: ш, ч and у are letters with an apostrophe
        (r"c'", "ch"),
        (r"y'", "u"),
        (r"'", ""),
        (r"y", "i"),
        (r"w", "u"),
        (r"q|c(?=k)|c(?![hei])", "k"),
        (r"c(?!h)", "ts"),
        (r"^x", "h"),
        (r"x", "ks"),
        (r"([a-z])\1+", r"\1"),
        (r"kh", "h"),
        (r"zh", "j"),
        (r"dj", "j"),
        (r"gh", "g"),
        (r"ng", "n"),
        (r"shch", "sh"),
        (r"^ie|(?<=[aeou])ie", "e"),  # е is "ye" at the start of a word and after a vowel
        (r"([a-z])\1+", r"\1"),
        (r"kazah", "kazak"),  # the one word in which Russian and Kazakh differ by more
    )
)

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]*)*")

_DISPUTED: Final = frozenset(
    frozenset(pair) for pair in (("k", "h"), ("s", "c"), ("i", "e"), ("i", "u"), ("o", "u"))
)
_DISPUTE: Final = 0.6
_LONGEST: Final = 9


def skeleton(name: str) -> str:
    """What all spellings of a name agree on: lower Latin words without marks and double letters.

    Letters of other scripts and digits stay; signs and emoji separate words. The skeleton of a
    skeleton is itself.

    >>> skeleton("Жұмабаев"), skeleton("Jumabaev"), skeleton("Zhumabayev")
    ('jumabaev', 'jumabaev', 'jumabaev')
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    plain = re.sub(r"[ьъ](?=[её])", "и", plain)
    found = _WORD.findall(_unmarked(plain.translate(_LETTERS)))
    return " ".join(filter(None, map(_skeleton_of_word, found)))


def likeness(a: str, b: str) -> float:
    """How much two names are alike, from 0 (nothing in common) to 1 (same skeleton).

    Words are compared in any order; the most different pair of words decides, and words that one
    name has alone count against it by their length. Of 9 letters and more, one letter that
    differs is a ninth; sounds that the spellings are known to dispute (к/х, ш/ч, ы/е/у, о/у, a
    dropped ы) are 0.6 of a letter. So .9 means: no letter differs but disputed ones.

    >>> likeness("Түркістан облысы", "Облысы Туркестан"), likeness("Асанов", "Асанова")
    (0.933, 0.857)
    """
    left, right = skeleton(a).split(), skeleton(b).split()
    left, right = _parted(left, right), _parted(right, left)
    total = sum(map(_weight, left + right))
    if not (left and right):
        return 0.0
    matched, worst = 0, 1.0
    for close, u, v in _nearest_first(left, right):
        if u in left and v in right:
            left.remove(u)
            right.remove(v)
            matched += _weight(u) + _weight(v)
            worst = min(worst, close)
    return round(worst * matched / total, 3)


@lru_cache(maxsize=1 << 16)
def _skeleton_of_word(word: str) -> str:
    before = ""
    while word != before:
        before = word
        for pattern, new in _RULES:
            word = pattern.sub(new, word)
    return word


def _unmarked(text: str) -> str:
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def _parted(words: list[str], others: list[str]) -> list[str]:
    """Words, with each that the other name writes as two taken apart."""
    joined = {u + v: (u, v) for u, v in permutations(sorted(others), 2)}
    return [part for word in words for part in joined.get(word, (word,))]


def _nearest_first(left: list[str], right: list[str]) -> list[tuple[float, str, str]]:
    """Pairs of words that are more alike than not, in an order that is the same from both sides."""
    pairs = [(_closeness(u, v), u, v) for u, v in product(left, right)]
    near = [pair for pair in pairs if pair[0] > 0.5]
    return sorted(near, key=lambda pair: (-pair[0], sorted(pair[1:])))


def _weight(word: str) -> int:
    """Length of a word; a number tells names apart as much as a long word does."""
    return _LONGEST if any(map(str.isdigit, word)) else len(word)


def _closeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if any(map(str.isdigit, a + b)):
        return 0.0
    return max(0.0, 1 - _distance(a, b) / min(max(len(a), len(b)), _LONGEST))


def _distance(a: str, b: str) -> float:
    """Letters to change, add or drop to turn one word into the other."""
    above = [0.0]
    for letter in b:
        above.append(above[-1] + _alone(letter))
    for own in a:
        row = [above[0] + _alone(own)]
        for j, letter in enumerate(b, start=1):
            changed = above[j - 1] + _changed(own, letter)
            row.append(min(changed, above[j] + _alone(own), row[-1] + _alone(letter)))
        above = row
    return above[-1]


def _alone(letter: str) -> float:
    return _DISPUTE if letter == "i" else 1.0


def _changed(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return _DISPUTE if frozenset((a, b)) in _DISPUTED else 1.0
