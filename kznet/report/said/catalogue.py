"""The English sentences of the tables and facts, by which a written one is recognised again."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from kznet.errors import DataError
from kznet.report.texts import LANGUAGES

_PLACE: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_WHOLE: Final = "whole"
# A text ends with the sentence that it stands in: what follows "; " is the next.
_FORMS: Final[Mapping[str, str]] = {
    _WHOLE: r"-?[0-9][0-9,]*",
    "decimal": r"-?[0-9][0-9,]*(?:\.[0-9]+)?(?:e[+-][0-9]+)?|-?inf|nan",
    "share": r"(?:-?[0-9]+(?:\.[0-9]+)?|nan) ?%",
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "text": r"(?:(?!; ).)+?",
    "said": r".+",
    "files": r".+",
}
FROM_DATA: Final = ("text", "said", "files")


@dataclass(frozen=True)
class Sentence:
    """A sentence with places for values, by the name and kind of each; `pattern` fits it alone."""

    code: str
    english: str
    pattern: re.Pattern[str]
    kinds: Mapping[str, str]

    @property
    def literal(self) -> int:
        """How many of its letters are its own."""
        return len(_PLACE.sub("", self.english))


@dataclass(frozen=True)
class Found:
    """What a written sentence is: its code, and what stands at its places, each of a kind."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=8192)
def recognised(text: str) -> Found | None:
    """Which sentence of the catalogue a text is as a whole; of several the most literal one."""
    plain, with_places = _catalogue()
    if text in plain:
        return Found(plain[text])
    for one in with_places:
        match = one.pattern.fullmatch(text)
        if match:
            return Found(one.code, match.groupdict(), one.kinds)
    return None


@cache
def sentences(lang: str) -> Mapping[str, str | Mapping[str, str]]:
    """The sentences of a language by their codes; none where the language has no such files.

    Raises
    ------
    DataError
        Two files hold the same code.
    """
    found: dict[str, str | Mapping[str, str]] = {}
    for path in sorted((LANGUAGES / lang / "sentences").glob("*.json")):
        part = json.loads(path.read_text(encoding="utf-8"))
        twice = sorted(part.keys() & found.keys())
        if twice:
            raise DataError(f"{path.name}: {twice[0]!r} is there twice")
        found |= part
    return found


def read(code: str, english: str) -> Sentence:
    """Read a sentence with places such as ``{n}`` or ``{from:day}``.

    Raises
    ------
    DataError
        A place is of a kind that there is not.

    >>> read("few", "{n} posts since {from:day}").pattern.fullmatch("3 posts since 2024-02-01")["n"]
    '3'
    """
    kinds: dict[str, str] = {}
    pattern, end = "", 0
    for place in _PLACE.finditer(english):
        name, kind = place[1], place[2] or _WHOLE
        if kind not in _FORMS:
            raise DataError(f"sentence {code!r}: {kind!r} is none of {', '.join(_FORMS)}")
        pattern += re.escape(english[end : place.start()])
        pattern += f"(?P={name})" if name in kinds else f"(?P<{name}>{_FORMS[kind]})"
        kinds.setdefault(name, kind)
        end = place.end()
    whole = re.compile(pattern + re.escape(english[end:]), flags=re.DOTALL)
    return Sentence(code, english, whole, kinds)


@cache
def _catalogue() -> tuple[Mapping[str, str], tuple[Sentence, ...]]:
    """Sentences without places, by their words, and the others, the most literal first."""
    every = [read(code, str(english)) for code, english in sentences("en").items()]
    ordered = sorted(every, key=lambda one: (-one.literal, one.code))
    plain = {one.english: one.code for one in ordered if not one.kinds}
    return plain, tuple(one for one in ordered if one.kinds)
