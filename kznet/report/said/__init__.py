"""What tables and facts say in English sentences, said in the language of a page.

Tables, facts and reports keep their English words, so that a case can be read and rendered in any
language later. A page recognises each sentence with its values and says it again.
"""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kznet.report.said.sentences import Found, recognised, sentences
from kznet.report.texts import Texts, missing

__all__: Final = ["Part", "parts", "said"]
_JOIN: Final = "; "
_HEAD: Final = re.compile(r"(amplification|bait_and_switch|pseudo_official): ")
_COUNT: Final = re.compile(r"(.+): ([0-9][0-9,]*)", flags=re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One sentence of a cell: its mechanism and count, where it has some, and what it says.

    `found` is missing where the catalogue doesn't know the `text`.
    """

    text: str
    found: Found | None = None
    mechanism: str = ""
    count: str = ""


def said(text: object, texts: Texts) -> str:
    """Say a cell of a table or a fact in the language of `texts`.

    Mechanisms are named as on the pages in every language. A sentence that the catalogue doesn't
    know stays as it is; a missing cell is an empty text.
    """
    if missing(text):
        return ""
    return _JOIN.join(_told(part, texts) for part in parts(str(text)))


def parts(text: str) -> Iterator[Part]:
    """Take a cell apart into its sentences, each as long as the catalogue knows one."""
    rest = text.split(_JOIN)
    while rest:
        for n in range(len(rest), 0, -1):
            part = _part(_JOIN.join(rest[:n]))
            if part.found or n == 1:
                yield part
                rest = rest[n:]
                break


def _part(text: str) -> Part:
    head = _HEAD.match(text)
    bare = text[head.end() :] if head else text
    mechanism = head[1] if head else ""
    found, counted = recognised(bare), _COUNT.fullmatch(bare)
    if found is None and counted and recognised(counted[1]):
        return Part(counted[1], recognised(counted[1]), mechanism, counted[2])
    return Part(bare, found, mechanism)


def _told(part: Part, texts: Texts) -> str:
    head = f"{texts(f'mechanism.{part.mechanism}')}: " if part.mechanism else ""
    tail = f": {_value(part.count, 'whole', texts)}" if part.count else ""
    known = sentences(texts.lang)
    if part.found is None or texts.lang == "en" or part.found.code not in known:
        return head + part.text + (f": {part.count}" if part.count else "")
    return head + _filled(part.found, known, texts) + tail


def _filled(found: Found, known: Mapping[str, object], texts: Texts) -> str:
    """Fill the values in, those that come from the data last: their words are no places."""
    order = sorted(found.values, key=lambda name: found.kinds[name] in ("text", "said"))
    values = {name: _value(found.values[name], found.kinds[name], texts) for name in order}
    entries = ChainMap[str, Any]({found.code: known[found.code]}, dict(texts.entries))
    return Texts(texts.lang, entries)(found.code, values)


def _value(value: str, kind: str, texts: Texts) -> object:
    """A value as the language writes it; whole numbers stay numbers, as they choose the plural."""
    match kind:
        case "whole":
            return int(value.replace(",", ""))
        case "decimal":
            return _separated(value, texts)
        case "share":
            percent = _separated(value.removesuffix("%").strip(), texts)
            return str(texts.entries["_percent"]).replace("{n}", percent)
        case "day":
            return texts.day(value)
        case "said":
            return said(value, texts)
    return value


def _separated(number: str, texts: Texts) -> str:
    group, decimal = (str(texts.entries[sign]) for sign in ("_group", "_decimal"))
    return number.translate({ord(","): group, ord("."): decimal})
