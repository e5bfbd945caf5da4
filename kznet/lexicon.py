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
from kznet.terms import standing
from kznet.texts import content

SELF_INTEREST: Final = ("promotion", "personal_brand", "fundraising")
BURNING: Final = "burning"
OTHER: Final = "other"
CATEGORIES: Final = (*SELF_INTEREST, BURNING, OTHER)
UNKNOWN: Final = -1
_COLUMNS: Final = ("category", "field", "lang", "term")
_FIELDS: Final = ("text", "topic")
_SHOWN: Final = 5


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Terms and the category that each speaks for: columns category, field, lang, term.

    A `term` of the field ``text`` is one or more words that stand in a post in this order, at
    most two others between; ``*`` at the end of a word stands for any ending and ``0`` for any
    number. A Kazakh word of six letters or more is also found in Russian letters. A `term` of
    the field ``topic`` is a label of the column `topic`; such a label decides alone.
    """

    terms: pd.DataFrame


def read_lexicon(path: str | Path | None = None) -> Lexicon:
    """Read a lexicon; the shipped one where no path is given.

    Raises
    ------
    DataError
        The file is not there or no CSV, a column is missing, or a row has a category or field
        that is not known or no term.
    """
    path = Path(path or data("lexicon.csv"))
    try:
        terms = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(f"{path.name}: no lexicon, which is a CSV in UTF-8: {error}") from error
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
    Russian, Kazakh and English (`tests/lexicon`): on 161 that had no part in choosing the
    terms 1.00 and 0.89 for self-interest, 1.00 and 0.88 for pressing issues; on 93 that were at
    hand for it 1.00 and 1.00, 1.00 and 1.00; on 53 written to mislead 0.10 and 0.06, 0.27 and
    0.21. One hand wrote posts and terms, so that real posts lie somewhere between: label some
    of your own and ask `agreement`. Sales that are missed weaken a turn, they make none.
    """
    return judged(posts, lexicon=lexicon)[0]


def judged(posts: pd.DataFrame, *, lexicon: Lexicon | None = None) -> tuple[np.ndarray, pd.Series]:
    """Category of each post as in `categories`, and the words of the lexicon that decided it.

    Returns
    -------
    category, words
        A position in `CATEGORIES` or `UNKNOWN`, and a label or at most five terms of that
        category, with a comma between; empty where no term is in the text.
    """
    terms = (lexicon or read_lexicon()).terms
    spoken = terms[terms["field"] == "text"].drop_duplicates(["category", "term"])
    column = spoken["category"].map(CATEGORIES.index).to_numpy(np.int64)
    text, term = _spoken(posts, spoken["term"].to_list())
    key = text * len(CATEGORIES) + column[term]
    hits = np.bincount(key, minlength=len(posts) * len(CATEGORIES))
    hits = hits.reshape(len(posts), len(CATEGORIES))
    best = np.where(hits.any(axis=1), hits.argmax(axis=1), CATEGORIES.index(OTHER))
    label = posts["topic"].str.strip().str.casefold()
    known = terms[terms["field"] == "topic"].drop_duplicates("term").set_index("term")["category"]
    by_label = label.map(known.map(CATEGORIES.index)).fillna(UNKNOWN).to_numpy(np.int64)
    silent = (posts["text"].fillna("").str.strip() == "") & (label.fillna("") == "")
    category = np.where(by_label >= 0, by_label, np.where(silent, UNKNOWN, best))
    mine = column[term] == category[text]
    said = spoken["term"].to_numpy(dtype=object)[term[mine]]
    listed = pd.Series(said, index=text[mine]).groupby(level=0).agg(_first)
    said_of = listed.reindex(range(len(posts))).set_axis(posts.index)
    return category, said_of.where(by_label < 0, label).fillna("").astype("str")


def _spoken(posts: pd.DataFrame, terms: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Text and term of every standing of a term in a text; nothing is gone through without one."""
    if posts["text"].isna().all():
        none = np.zeros(0, dtype=np.int64)
        return none, none
    return standing(content(posts), terms)


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


def _first(terms: pd.Series) -> str:
    return ", ".join(terms.head(_SHOWN))
