"""The one place that names, handles and bios reach: what claims that an account is official."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from kznet.errors import DataError
from kznet.resources import data
from kznet.spelling import skeleton

KINDS: Final = ("official", "press", "domain", "body", "own", "about", "denial")
_FILE: Final = "claims.csv"
_FIELDS: Final = ("name", "handle", "bio")
_MAKING: Final = ("official", "press", "domain", "body")
_LONG: Final = 6
_LONG_AT_AN_END: Final = 4
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

Phrases = Mapping[str, str]


def claims(accounts: pd.DataFrame) -> pd.Series:
    """What in its name, handle or bio claims that each account is official; missing where nothing.

    The phrases are those of ``data/claims.csv``, in any spelling of Kazakh and Russian. Words for
    "official" and for a press service claim it in any of the three, unless the same text says
    that it is somebody's *own* (an artist's, a shop's); the state's domain claims it in any; the
    name of a public body does in a name or handle that does not speak *about* the body. A denial
    anywhere ("fan page", "unofficial") ends the claim. In handles, which have no spaces, phrases
    of six letters and more count inside a word too, and those that unmake a claim from four
    letters on at either end.

    >>> rows = {"name": ["Акимат · Үкікөл", "Новости акимата"], "handle": None, "bio": None}
    >>> claims(pd.DataFrame(rows, dtype="str")).to_list()
    ['“акимат” in the name', nan]
    """
    known = phrases()
    claimed = pd.Series(None, index=accounts.index, dtype="str")
    denied = np.zeros(len(accounts), dtype=bool)
    for field in _FIELDS:
        text = _spelt(accounts[field], field)
        said = {kind: _said(text, known[kind], field, kind) for kind in KINDS}
        own, about = said["own"].notna(), said["about"].notna()
        phrase = said["official"].fillna(said["press"]).mask(own).fillna(said["domain"])
        phrase = phrase.fillna(said["body"].mask(about | (field == "bio")))
        claimed = claimed.fillna("“" + phrase + f"” in the {field}")
        denied |= said["denial"].notna().to_numpy()
    return claimed.mask(denied)


@cache
def phrases() -> Mapping[str, Phrases]:
    """Phrases of each kind: what all spellings of one agree on → the phrase as it is written.

    Raises
    ------
    DataError
        A line of ``data/claims.csv`` has no phrase, or a kind that there is not.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    with data(_FILE).open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            kind, bare = row.get("kind"), skeleton(row.get("phrase") or "")
            if kind not in KINDS or not bare:
                shown = f"found {kind!r}, wanted a phrase and one of {', '.join(KINDS)}"
                raise DataError(f"{_FILE}: line {number}: {shown}")
            found[kind].setdefault(bare, row["phrase"])
    return found


def _spelt(text: pd.Series, field: str) -> pd.Series:
    if field == "handle":
        text = text.str.replace(_HUMP, " ", regex=True)
    bare = {each: f" {skeleton(each)} " for each in text.dropna().unique()}
    return text.map(bare).astype("str")


def _said(text: pd.Series, known: Phrases, field: str, kind: str) -> pd.Series:
    """The first phrase of these that a text says, as it is written in the file."""
    longest = sorted(known, key=lambda phrase: (-len(phrase), phrase))
    said = text.str.extract(f" ({_any(longest)}) ", expand=False).map(known)
    if field != "handle":
        return said.astype("str")
    joined = {phrase.replace(" ", ""): known[phrase] for phrase in longest}
    inside = _any([phrase for phrase in joined if len(phrase) >= _LONG])
    least = _LONG if kind in _MAKING else _LONG_AT_AN_END
    ends = _any([phrase for phrase in joined if len(phrase) >= least])
    form = f"({inside}|^(?:{ends})|(?:{ends})$)"
    whole = text.str.replace(" ", "").str.extract(form, expand=False).map(joined)
    return said.fillna(whole).astype("str")


def _any(found: list[str]) -> str:
    return "|".join(map(re.escape, found)) or r"(?!)"
