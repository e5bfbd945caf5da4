"""One page out of the same page in several languages, to be read in any of them.

The page is made once a language, from the same data, and the results are laid over each other.
What is the same stands there once. A text that differs stands in the first language, numbered, and
a block of data at the end holds it in the others; `language.js` puts the reader's in its place.
"""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kznet.report.markup import json_block

CHOICE: Final = "~"
_TOKEN: Final = re.compile(
    r"<script\b[^>]*>.*?</script>|<style\b[^>]*>.*?</style>|<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL
)
_DATA: Final = re.compile(
    r'(<script type="application/json"[^>]*>)(.*)(</script>)', re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE: Final = re.compile(r'([\w:-]+)="([^"]*)"')
_HERE: Final = '<script type="application/json" id="kznet-languages"></script>'


@dataclass
class _Table:
    """The texts that differ: each once, numbered in the order of their first use."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, texts: Sequence[str]) -> int:
        return self.numbers.setdefault(tuple(map(html.unescape, texts)), len(self.numbers))


def woven(pages: Mapping[str, str], *, opens: str = "auto") -> str:
    """Lay the same page in several languages over each other, the first one on top.

    Parameters
    ----------
    pages
        The page by language. All have the same tags in the same order; texts, values of
        attributes and what stands in blocks of JSON may differ.
    opens
        Language in which the page opens, whatever the reader's; "auto" is the reader's own.

    Raises
    ------
    ValueError
        The pages are not built alike.
    """
    rows = [_TOKEN.findall(page) for page in pages.values()]
    table, laid = _Table(), _Laid(rows[0])
    try:
        for place, tokens in enumerate(zip(*rows, strict=True)):
            laid.add(place, tokens, table)
    except ValueError as error:
        raise ValueError(f"the page is not built alike in {', '.join(pages)}: {error}") from error
    return "".join(laid.tokens).replace(_HERE, _block(list(pages), table, opens))


class _Laid:
    """What has been laid so far of a page in its first language."""

    def __init__(self, page: Sequence[str]) -> None:
        self.tokens: list[str] = []
        self._page = page
        self._picture = False

    def add(self, place: int, tokens: Sequence[str], table: _Table) -> None:
        first = tokens[0]
        if first.startswith(("<svg", "</svg")):
            self._picture = first.startswith("<svg")
        if tokens.count(first) == len(tokens):
            self.tokens.append(first)
        elif not first.startswith("<"):
            self._text(place, tokens, table.number(tokens))
        elif data := _DATA.match(first):
            merged = _merged([_parsed(token) for token in tokens])
            self.tokens.append(f"{data[1]}{json_block(merged)}{data[3]}")
        else:
            self.tokens.append(_tag(tokens, table))

    def _text(self, place: int, tokens: Sequence[str], number: int) -> None:
        """Number the element where the text is all it holds, else give it one of its own."""
        if any(token.startswith("<") for token in tokens):
            raise ValueError(f"a text stands against a tag: {tokens[0].strip()[:60]!r}")
        before, after = self._page[place - 1], self._page[place + 1]
        if after.startswith("</") and re.split(r"[\s>]", before[1:])[0] == after[2:-1]:
            self.tokens[-1] = _with(self.tokens[-1], f' data-t="{number}"')
            self.tokens.append(tokens[0])
        else:
            tag = "tspan" if self._picture else "span"
            self.tokens.append(f'<{tag} data-t="{number}">{tokens[0]}</{tag}>')


def _with(tag: str, attribute: str) -> str:
    head = tag.removesuffix(">").removesuffix("/")
    return head + attribute + tag[len(head) :]


def _tag(tokens: Sequence[str], table: _Table) -> str:
    """A tag whose attributes differ: they are listed by name and number."""
    plain = {_ATTRIBUTE.sub(r"\1", token) for token in tokens}
    if len(plain) > 1:
        raise ValueError(f"tags differ: {tokens[0][:60]!r}, {tokens[1][:60]!r}")
    found = [dict(_ATTRIBUTE.findall(token)) for token in tokens]
    names = [name for name in found[0] if len({each[name] for each in found}) > 1]
    listed = " ".join(f"{name}:{table.number([each[name] for each in found])}" for name in names)
    return _with(tokens[0], f' data-a="{listed}"')


def _parsed(token: str) -> Any:
    data = _DATA.match(token)
    if data is None or not data[2]:
        raise ValueError(f"a block of data stands against {token[:60]!r}")
    return json.loads(data[2])


def _merged(values: Sequence[Any]) -> Any:
    """Merge what was read from JSON: where it differs, a choice among the languages."""
    first = values[0]
    if all(value == first and type(value) is type(first) for value in values):
        return first
    if all(isinstance(value, dict) and [*value] == [*first] for value in values):
        return {key: _merged([value[key] for value in values]) for key in first}
    if all(isinstance(value, list) and len(value) == len(first) for value in values):
        return [_merged(each) for each in zip(*values, strict=True)]
    return {CHOICE: list(values)}


def _block(languages: Sequence[str], table: _Table, opens: str) -> str:
    others = {
        language: [texts[number] for texts in table.numbers]
        for number, language in enumerate(languages)
        if number
    }
    content = json_block({"languages": languages, "opens": opens, "texts": others})
    start, end = _HERE.split("></")
    return f"{start}>{content}</{end}"
