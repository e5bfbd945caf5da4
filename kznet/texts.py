"""What posts say, as numbered words: the one reading of text behind topics and the lexicon."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

NUMBER: Final = "0"
_BREAK: Final = "\x1e"
_WORD: Final = re.compile(rf"{_BREAK}|\d+|[^\W\d_]+|[%₸$€]")
_CYRILLIC: Final = re.compile("[а-яёәғқңөұүһі]")
_LATIN: Final = re.compile("[a-z]")
_LOOKALIKES: Final = str.maketrans(dict(zip("aceopxykmthbi", "асеорхукмтнві", strict=True)))
_RUSSIAN_KEYS: Final = str.maketrans(dict(zip("әғқңөұүһі", "агкноуухи", strict=True)))
_PIECE: Final = 20_000
_FEWEST: Final = 5
_DENSE: Final = 0.8


@dataclass(frozen=True, eq=False)
class Words:
    """Words of many texts in their order, one entry a word.

    `text` is the position of the text and `word` that in `vocabulary`, which is sorted; `texts`
    is the number of texts, those without a word included.
    """

    text: np.ndarray
    word: np.ndarray
    vocabulary: tuple[str, ...]
    texts: int


def words(texts: pd.Series) -> Words:
    """Take texts apart into words without case, ё and disguise; every number reads as ``0``.

    A word that mixes Cyrillic with Latin letters of the same look is read as Cyrillic. Missing
    texts have no words.

    >>> found = words(pd.Series(["Скидка 50 %!", None, "cкидкa"]))
    >>> [found.vocabulary[i] for i in found.word], found.text.tolist()
    (['скидка', '0', '%', 'скидка'], [0, 0, 0, 2])
    """
    pieces = [
        _piece(texts.iloc[begin : begin + _PIECE], begin) for begin in range(0, len(texts), _PIECE)
    ]
    text = np.concatenate([np.zeros(0, dtype=np.int64), *(piece[0] for piece in pieces)])
    known = sorted({plain(word) for piece in pieces for word in piece[2]})
    place = {word: position for position, word in enumerate(known)}
    word = [
        np.array([place[plain(one)] for one in piece[2]], dtype=np.int64)[piece[1]]
        for piece in pieces
    ]
    return Words(
        text, np.concatenate([np.zeros(0, dtype=np.int64), *word]), tuple(known), len(texts)
    )


def plain(word: str) -> str:
    """One spelling of a word: without ё and letters of another script, numbers as ``0``."""
    if word[:1].isdigit():
        return NUMBER
    if _LATIN.search(word) and _CYRILLIC.search(word):
        word = word.translate(_LOOKALIKES)
    return word.replace("ё", "е")


def on_russian_keys(word: str) -> str:
    """Return a Kazakh word as it is typed where the keyboard has Russian letters alone.

    >>> on_russian_keys("қымбатшылық")
    'кымбатшылык'
    """
    return word.translate(_RUSSIAN_KEYS)


def content(posts: pd.DataFrame) -> pd.Series:
    """What each post says, without the lines that its account puts under nearly all posts.

    A line is such a signature where it stands in at least 5 posts of one account and in four
    fifths of those between its first and its last use. A post that has nothing else keeps it:
    an advertisement repeated word for word is content.

    Parameters
    ----------
    posts
        Columns `account`, `time` and `text`.

    Returns
    -------
    series of str
        With the index of `posts`; missing where the text is.
    """
    lines = _lines(posts)
    signature = _signatures(lines)
    signed = lines["post"].isin(lines.loc[signature, "post"])
    rest = lines.loc[signed & ~signature].groupby("post")["line"].agg("\n".join)
    return rest.reindex(posts.index).fillna(posts["text"]).astype("str")


def _lines(posts: pd.DataFrame) -> pd.DataFrame:
    """Lines of the posts: `post` (their index), account, line, place of the post in time."""
    order = posts.sort_values("time", kind="stable").index
    place = posts.loc[order].groupby("account").cumcount()
    line = posts["text"].dropna().str.split(r"[\r\n]+", regex=True).explode().str.strip()
    line = line[line.fillna("") != ""]
    post = line.index
    columns = {"post": post, "line": line.to_numpy()}
    columns |= {"account": posts["account"].reindex(post), "place": place.reindex(post)}
    return pd.DataFrame({name: np.asarray(values) for name, values in columns.items()})


def _signatures(lines: pd.DataFrame) -> np.ndarray:
    """Mask of the lines that their account puts under nearly all posts for a time."""
    once = lines.drop_duplicates(["post", "line"])
    uses = once.groupby(["account", "line"])["place"].agg(["size", "min", "max"])
    dense = uses["size"] >= _DENSE * (uses["max"] - uses["min"] + 1)
    often = uses.index[dense & (uses["size"] >= _FEWEST)]
    return pd.MultiIndex.from_frame(lines[["account", "line"]]).isin(often)


def _piece(texts: pd.Series, begin: int) -> tuple[np.ndarray, np.ndarray, Sequence[str]]:
    """Text and word of each entry, and the distinct words as they are written."""
    unbroken = texts.fillna("").str.replace(_BREAK, " ", regex=False)
    joined = unicodedata.normalize("NFKC", _BREAK.join(unbroken)).casefold()
    found = np.array(_WORD.findall(joined), dtype=object)
    ends = found == _BREAK
    text = begin + np.cumsum(ends)[~ends]
    code, known = pd.factorize(found[~ends])
    return text, code, list(known)
