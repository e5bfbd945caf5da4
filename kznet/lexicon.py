"""What a post is for: promotion, personal brand, fundraising, a pressing issue, or none of them.

An inspectable list of terms in Russian, Kazakh and English decides, so that every category can
be traced to the words that gave it. It is data: copy it, edit it and hand it in.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kznet.errors import DataError
from kznet.resources import data
from kznet.texts import Words, content, on_russian_keys, words

SELF_INTEREST: Final = ("promotion", "personal_brand", "fundraising")
BURNING: Final = "burning"
OTHER: Final = "other"
CATEGORIES: Final = (*SELF_INTEREST, BURNING, OTHER)
UNKNOWN: Final = -1
_COLUMNS: Final = ("category", "field", "lang", "term")
_FIELDS: Final = ("text", "topic")
_BETWEEN: Final = 2
_LONG: Final = 6
_PIECE: Final = 20_000


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Terms and the category that each speaks for: columns category, field, lang, term.

    A `term` of the field ``text`` is one or more words that stand in a post in this order, at
    most two others between; ``*`` at the end of a word stands for any ending and ``0`` for any
    number. A Kazakh word of six letters or more is also found in Russian letters. A `term` of
    the field ``topic`` is a label of the column `topic`; such a label decides alone.
    """

    terms: pd.DataFrame


def read_lexicon(path: Path | None = None) -> Lexicon:
    """Read a lexicon; the shipped one where no path is given.

    Raises
    ------
    DataError
        A column is missing, or a row has a category or field that is not known or no term.
    """
    path = path or data("lexicon.csv")
    terms = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in _COLUMNS if name not in terms.columns]
    if missing:
        raise DataError(f"{path.name}: missing columns {missing}; found {list(terms.columns)}")
    for column, known in (("category", CATEGORIES[:-1]), ("field", _FIELDS)):
        _refuse(path, terms, ~terms[column].isin(known), column, f"one of {', '.join(known)}")
    bare = terms["term"].str.contains(r"(?:^|\s)\**(?:\s|$)", regex=True)
    _refuse(path, terms, bare, "term", "words with a letter or digit, one space between them")
    return Lexicon(terms[list(_COLUMNS)])


def categories(posts: pd.DataFrame, *, lexicon: Lexicon | None = None) -> np.ndarray:
    """Position in `CATEGORIES` of each post's category; `UNKNOWN` without text and label.

    The category with the most different terms in the text wins, the earlier one in `CATEGORIES`
    where two have as many. A label of the topic that the lexicon knows decides alone; one that
    it does not know leaves it to the text.

    Parameters
    ----------
    posts
        Columns `account`, `time`, `text` and `topic`, as in a dataset.
    lexicon
        The shipped one where none is given.

    Notes
    -----
    Precision and recall of the shipped terms on short invented posts labelled by hand, in
    Russian, Kazakh and English (`tests/data/lexicon`): on 161 that had no part in choosing the
    terms 1.00 and 0.89 for self-interest, 1.00 and 0.88 for pressing issues; on 93 that were at
    hand for it 1.00 and 1.00, 1.00 and 1.00; on 53 written to mislead 0.10 and 0.06, 0.27 and
    0.21. One hand wrote posts and terms, so that real posts lie somewhere between: label some
    of your own and ask `agreement`. Sales that are missed weaken a turn, they make none.
    """
    terms = (lexicon or read_lexicon()).terms
    hits = _hits(
        content(posts), terms[terms["field"] == "text"].drop_duplicates(["category", "term"])
    )
    best = np.where(hits.any(axis=1), hits.argmax(axis=1), CATEGORIES.index(OTHER))
    label = posts["topic"].str.strip().str.casefold()
    known = terms[terms["field"] == "topic"].drop_duplicates("term").set_index("term")["category"]
    by_label = label.map(known.map(CATEGORIES.index)).fillna(UNKNOWN).to_numpy(np.int64)
    silent = (posts["text"].fillna("").str.strip() == "") & (label.fillna("") == "")
    return np.where(by_label >= 0, by_label, np.where(silent, UNKNOWN, best))


def agreement(posts: pd.DataFrame, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """How well the lexicon agrees with categories given by hand.

    Parameters
    ----------
    posts
        Columns `text` and `category` (one of `CATEGORIES`); any other is left aside.
    lexicon
        The shipped one where none is given.

    Returns
    -------
    DataFrame
        A row a category and one for ``self_interest``, the first three together: `posts` so
        labelled, `found` so by the lexicon, `right` both, `precision` and `recall` (0 to 1,
        missing where nothing is found or labelled).
    """
    texts = posts["text"].astype("str").reset_index(drop=True)
    asked = pd.DataFrame({"text": texts, "account": None, "time": pd.NaT})
    found = categories(asked.assign(topic=pd.Series(dtype="str")), lexicon=lexicon)
    given = posts["category"].map(CATEGORIES.index).to_numpy()
    groups = {"self_interest": SELF_INTEREST} | {name: (name,) for name in CATEGORIES}
    rows = [
        {"category": name, **_agreement(given, found, [CATEGORIES.index(one) for one in members])}
        for name, members in groups.items()
    ]
    return pd.DataFrame(rows)


def _agreement(given: np.ndarray, found: np.ndarray, members: list[int]) -> dict[str, float]:
    labelled, told = np.isin(given, members), np.isin(found, members)
    right = int((labelled & told).sum())
    return {
        "posts": int(labelled.sum()),
        "found": int(told.sum()),
        "right": right,
        "precision": right / told.sum() if told.any() else np.nan,
        "recall": right / labelled.sum() if labelled.any() else np.nan,
    }


def _refuse(path: Path, terms: pd.DataFrame, wrong: pd.Series, column: str, wanted: str) -> None:
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        found = terms[column].iloc[row]
        raise DataError(
            f"{path.name}: row {row}: column {column!r}: found {found!r}, wanted {wanted}"
        )


def _hits(texts: pd.Series, terms: pd.DataFrame) -> np.ndarray:
    """Number of different terms of each category in each text, shape (texts, categories)."""
    spelt = [term.casefold().replace("ё", "е").split() for term in terms["term"]]
    column = [CATEGORIES.index(category) for category in terms["category"]]
    pieces = [
        _hits_in(words(texts.iloc[begin : begin + _PIECE]), spelt, column)
        for begin in range(0, len(texts), _PIECE)
    ]
    return np.concatenate([np.zeros((0, len(CATEGORIES)), dtype=np.int64), *pieces])


def _hits_in(found: Words, terms: list[list[str]], column: list[int]) -> np.ndarray:
    hits = np.zeros((found.texts, len(CATEGORIES)), dtype=np.int64)
    places = _places(found, sorted({word for term in terms for word in term}))
    for term, category in zip(terms, column, strict=True):
        here = places[term[0]]
        for word in term[1:]:
            here = _followed(found, here, places[word])
        hits[np.unique(found.text[here]), category] += 1
    return hits


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
