"""What was read and how: the figures, files and options that a report begins and ends with."""

from collections.abc import Mapping
from typing import Any, Final

from kznet.analysis import Analysis
from kznet.report.markup import clean
from kznet.report.said import said
from kznet.report.texts import Texts
from kznet.report.words import layers_words, spoken
from kznet.schema import KINDS

LONGEST: Final = 300
_TOLD_ELSEWHERE: Final = (
    "seed",
    "inputs",
    "accounts",
    "registry",
    "lexicon",
    "secret",
    "out",
    "config",
)


def coverage(analysis: Analysis, texts: Texts) -> dict[str, Any]:
    """What was read: figures for the tiles, and a row for each file."""
    facts = analysis.facts.get("coverage") or {}
    ties = facts.get("ties") or {}
    kinds = [(texts(f"kind.{kind}"), ties[kind]) for kind in KINDS if ties.get(kind)]
    rejected = facts.get("rejected") or {}
    return {
        "accounts": facts.get("accounts", len(analysis.dataset.accounts)),
        "posts": facts.get("posts", len(analysis.dataset.posts)),
        "ties": sum(ties.values()) if ties else len(analysis.dataset.ties),
        "kinds": kinds,
        "loops": sum((facts.get("loops") or {}).values()),
        "first": texts.day(facts.get("first")),
        "last": texts.day(facts.get("last")),
        "rejected": [(clean(said(why, texts)), count) for why, count in sorted(rejected.items())],
        "set_aside": sum(rejected.values()),
        "files": [_file(file, texts) for file in facts.get("files") or ()],
    }


def options(analysis: Analysis, texts: Texts) -> list[tuple[str, str]]:
    """What the run was asked for, each in words and as it is typed.

    Its files are told elsewhere, and their folders nobody needs.
    """
    return [
        (
            texts.either(f"option.{key}", key),
            f"--{key.replace('_', '-')} {clean(_listed(value), longest=LONGEST)}",
        )
        for key, value in sorted(analysis.options.items())
        if key not in _TOLD_ELSEWHERE and value not in (None, "", [], ())
    ]


def sampled(analysis: Analysis, texts: Texts) -> list[str]:
    """The measures that were sampled rather than computed exactly, with how."""
    facts = analysis.facts.get("centrality") or {}
    return [
        texts(
            "index.methods.sampled.one",
            {
                "measure": texts.either(f"measure.{measure}", measure.replace("_", " ")),
                "layer": layers_words(layer, texts),
                "how": clean(said(how, texts)),
            },
        )
        for layer, entries in facts.items()
        for measure, how in entries.items()
        if how != "exact"
    ]


def _file(file: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    dates = (texts.day(file.get("first")), texts.day(file.get("last")))
    return {
        "name": clean(file.get("name")),
        "format": clean(file.get("format")),
        "how": spoken(file.get("recognised_by"), texts, longest=LONGEST),
        "rows": file.get("rows", 0),
        "ties": sum((file.get("ties") or {}).values()),
        "accounts": file.get("accounts", 0),
        "rejected": sum((file.get("rejected") or {}).values()),
        "range": " – ".join(date for date in dates if date),
        "sha256": clean(file.get("sha256"))[:16],
        "warnings": [spoken(each, texts, longest=LONGEST) for each in file.get("warnings") or ()],
    }


def _listed(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
