"""The rules of the stylesheet that a page can meet, and no others: most pages are small."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_EMPTY: Final = "<style></style>"
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK: Final = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_CLASSES: Final = re.compile(r' class="([^"]*)"')
_ID: Final = re.compile(r' id="([^"]*)"')
_TAG: Final = re.compile(r"<([a-z]\w*)")
_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z][\w-]*")
_VARIABLE: Final = re.compile(r"var\(--([\w-]+)")
# What a selector asks for beside the element itself says nothing of whether the element is there.
_BESIDE: Final = re.compile(r"\[[^\]]*\]|:(?:has|is)(?=\()|::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_COMMA: Final = re.compile(r",(?![^()]*\))")
_TOLD: Final = re.compile(r"[.#]?[A-Za-z][\w-]*")


@dataclass(frozen=True)
class _Rule:
    """Selectors, each with what a page must hold to meet it, and declarations; or rules within."""

    head: str
    selectors: tuple[tuple[str, frozenset[str]], ...] = ()
    body: tuple[str, ...] = ()
    within: tuple["_Rule", ...] = ()


def sheet(css: str, page: str) -> str:
    r"""Rules of a stylesheet for the elements that a page holds, or that its scripts name.

    >>> sheet("p { margin: 0; } .note, h1 { color: red; } h2 { margin: 0; }", '<p class="note">')
    'p{margin:0}\n.note{color:red}'
    """
    text = _written(css, _held(page))
    used = frozenset(_VARIABLE.findall(text)) | frozenset(_VARIABLE.findall(page))
    return _known(text, used)


def dressed(page: str, css: str) -> str:
    """A page with what it needs of a stylesheet, put where its own stands empty."""
    return page.replace(_EMPTY, f"<style>{sheet(css, page)}</style>", 1)


def _held(page: str) -> frozenset[str]:
    """Tags, and classes and ids with their sign; scripts may give an element any word of theirs."""
    scripts = frozenset[str]().union(*map(_words, _SCRIPT.findall(page)))
    classes = {name for names in set(_CLASSES.findall(page)) for name in names.split()}
    names = {f".{name}" for name in {*classes, *scripts}}
    return frozenset({*_TAG.findall(page), *names, *(f"#{name}" for name in _ID.findall(page))})


@lru_cache(maxsize=32)
def _words(script: str) -> frozenset[str]:
    return frozenset(_WORD.findall(script))


@lru_cache(maxsize=256)
def _written(css: str, held: frozenset[str]) -> str:
    return "\n".join(_kept(_rules(css), held))


@lru_cache(maxsize=256)
def _known(css: str, used: frozenset[str]) -> str:
    """Without the variables that nothing uses."""
    wanted = {f"--{name}" for name in used}
    return re.sub(r"(--[\w-]+):[^;}]*;?", lambda m: m[0] if m[1] in wanted else "", css)


def _kept(rules: tuple[_Rule, ...], held: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if rule.within:
            inner = "".join(_kept(rule.within, held))
            if inner:
                yield f"{rule.head}{{{inner}}}"
        elif not rule.selectors:
            yield f"{rule.head}{{{';'.join(rule.body)}}}"
        elif met := [selector for selector, wanted in rule.selectors if wanted <= held]:
            yield f"{','.join(met)}{{{';'.join(rule.body)}}}"


@lru_cache(maxsize=8)
def _rules(css: str) -> tuple[_Rule, ...]:
    return tuple(_rule(*block) for block in _BLOCK.findall(_COMMENT.sub("", css)))


def _rule(head: str, body: str) -> _Rule:
    told = " ".join(head.split())
    if "{" in body:
        return _Rule(told, within=_rules(body))
    parts = [re.sub(r"^([\w-]+):\s+", r"\1:", " ".join(part.split())) for part in body.split(";")]
    declared = tuple(part for part in parts if part)
    if told.startswith("@"):
        return _Rule(told, body=declared)
    selectors = [each.strip() for each in _COMMA.split(told)]
    return _Rule(told, tuple((each, _wanted(each)) for each in selectors), declared)


def _wanted(selector: str) -> frozenset[str]:
    """What a page must hold for one of its elements to meet a selector."""
    return frozenset(_TOLD.findall(_BESIDE.sub("", selector)))
