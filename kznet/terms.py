"""Where the terms of a list stand in texts."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from kznet.texts import Words, on_russian_keys, words

_BETWEEN: Final = 2
_LONG: Final = 6
_PIECE: Final = 20_000


def standing(texts: pd.Series, terms: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Which text has which term, each couple once, in the order of texts and terms.

    A term is one or more words in this order, at most two others between; ``*`` at the end of a
    word stands for any ending and ``0`` for any number. A Kazakh word of six letters or more is
    also found in Russian letters.

    Returns
    -------
    text, term
        Positions in the two lists.

    >>> text, term = standing(pd.Series(["скидка 50 %", "дождь"]), ["скидк* 0", "снег"])
    >>> text.tolist(), term.tolist()
    ([0], [0])
    """
    spelt = [term.casefold().replace("ё", "е").split() for term in terms]
    pieces = [
        _pairs(words(texts.iloc[begin : begin + _PIECE]), spelt, begin)
        for begin in range(0, len(texts), _PIECE)
    ]
    found = np.concatenate([np.zeros((0, 2), dtype=np.int64), *pieces])
    found = found[np.lexsort(found.T[::-1])]
    return found[:, 0], found[:, 1]


def _pairs(found: Words, terms: list[list[str]], begin: int) -> np.ndarray:
    places = _places(found, sorted({word for term in terms for word in term}))
    pairs = []
    for number, term in enumerate(terms):
        here = places[term[0]]
        for word in term[1:]:
            here = _followed(found, here, places[word])
        text = np.unique(found.text[here]) + begin
        pairs.append(np.column_stack([text, np.full(len(text), number)]))
    return np.concatenate([np.zeros((0, 2), dtype=np.int64), *pairs])


def _followed(found: Words, here: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Next place of a word after each of these, where it is near and in the same text."""
    if not len(places):
        return places
    next_one = np.searchsorted(places, here, side="right")
    there = places[np.minimum(next_one, len(places) - 1)]
    near = (there > here) & (there - here <= _BETWEEN + 1)
    result: np.ndarray = there[near & (found.text[there] == found.text[here])]
    return result


def _places(found: Words, patterns: list[str]) -> dict[str, np.ndarray]:
    """Positions in the running text at which each pattern stands, ascending."""
    order = np.argsort(found.word, kind="stable")
    edge = np.searchsorted(found.word[order], np.arange(len(found.vocabulary) + 1))
    known = _matches(found.vocabulary, patterns)
    none = np.zeros(0, dtype=np.int64)
    return {
        pattern: np.sort(
            np.concatenate([none, *(order[edge[i] : edge[i + 1]] for i in known[pattern])])
        )
        for pattern in patterns
    }


def _matches(vocabulary: tuple[str, ...], patterns: list[str]) -> dict[str, list[int]]:
    """Positions in the vocabulary of the words that fit each pattern."""
    whole: dict[str, list[str]] = {}
    starts: dict[str, list[str]] = {}
    for pattern in patterns:
        stem = pattern.rstrip("*")
        typed = {stem, on_russian_keys(stem)} if len(stem) >= _LONG else {stem}
        for spelling in typed:
            (starts if pattern.endswith("*") else whole).setdefault(spelling, []).append(pattern)
    matches: dict[str, list[int]] = {pattern: [] for pattern in patterns}
    for position, word in enumerate(vocabulary):
        fitting = [whole.get(word, [])]
        fitting += [starts.get(word[:length], []) for length in range(1, len(word) + 1)]
        for pattern in {one for group in fitting for one in group}:
            matches[pattern].append(position)
    return matches
