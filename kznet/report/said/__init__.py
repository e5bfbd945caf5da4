"""What tables and facts say in English sentences, said in the language of a page.

Tables, facts and reports keep their English words, so that a case can be read and rendered in any
language later. A page recognises each sentence with its values and says it again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kznet.report.said.catalogue import FROM_DATA, Found, recognised, sentences
from kznet.report.texts import Texts, missing

__all__: Final = ["Part", "parts", "said"]
_JOIN: Final = "; "
_HEAD: Final = re.compile(r"(amplification|bait_and_switch|pseudo_official): ")
_FILE: Final = re.compile(r"([^ ].*?) \((.+?)\)(?=, |$)", flags=re.DOTALL)
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
    counted = _COUNT.fullmatch(bare)
    if counted and (found := recognised(counted[1])):
        return Part(counted[1], found, mechanism, counted[2])
    return Part(bare, recognised(bare), mechanism)


def _told(part: Part, texts: Texts) -> str:
    name = texts.either(f"mechanism.{part.mechanism}", part.mechanism)
    head = f"{name}: " if part.mechanism else ""
    tail = f": {_counted(part.count, texts)}" if part.count else ""
    return head + _words(part, texts) + tail


def _words(part: Part, texts: Texts) -> str:
    found, known = part.found, sentences(texts.lang)
    if found is None or found.code not in known or texts.lang == "en":
        return part.text
    # Words that come from the data are filled in last, so that none of theirs is taken for a place.
    order = sorted(found.values, key=lambda name: found.kinds[name] in FROM_DATA)
    values = {name: _value(found.values[name], found.kinds[name], texts) for name in order}
    return Texts(texts.lang, {**texts.entries, found.code: known[found.code]})(found.code, values)


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
        case "files":
            return _FILE.sub(lambda file: f"{file[1]} ({said(file[2], texts)})", value)
    return value


def _counted(count: str, texts: Texts) -> str:
    return texts.number(int(count.replace(",", "")))


def _separated(number: str, texts: Texts) -> str:
    group, decimal = (str(texts.entries[sign]) for sign in ("_group", "_decimal"))
    return number.translate({ord(","): group, ord("."): decimal})
