"""How well a finding stands: what would explain it, what it rests on, and where the account is."""

from collections.abc import Mapping
from typing import Any, Final

import kznet
from kznet.report.checksums import checksums, digest
from kznet.report.dossier.subjects import Subject
from kznet.report.markup import clean
from kznet.report.texts import Texts, missing
from kznet.report.words import spoken

_LONGEST: Final = 400
_ORDER: Final = {"yes": 0, "no": 1}
_WITHOUT: Final = {"p": "dossier.with.all", "p_without_posts": "card.withoutposts",
                   "p_without_member": "card.withoutmember"}  # fmt: skip
_PAIR: Final = {
    "bait_and_switch": {"p_turn": "dossier.p.turn", "p_bait": "dossier.p.bait"},
    "pseudo_official": {
        "p_recognition": "dossier.p.recognition",
        "p_derivation": "dossier.p.derivation",
    },
}
_BOUND: Final = 0.05


def explanations(subject: Subject, texts: Texts) -> list[dict[str, str]]:
    """Innocent explanations: what was looked for, whether it was found, and the figures."""
    rows = sorted(subject.explanations.to_dict("records"), key=lambda r: _ORDER.get(r["found"], 2))
    return [
        {
            "name": texts.either(f"explanation.{row['explanation']}", clean(row["explanation"])),
            "found": str(row["found"]),
            "verdict": texts.either(f"found.{row['found']}", clean(row["found"])),
            "words": _told(row["words"], texts),
        }
        for row in rows
    ]


def sensitivity(subject: Subject, texts: Texts) -> list[dict[str, Any]]:
    """Each test that fired with p as it is, without its strongest parts, and by its halves."""
    shown = []
    for test in subject.tests:
        keys = _WITHOUT | _PAIR.get(str(test["mechanism"]), {})
        values = [(key, test.get(name)) for name, key in keys.items()]
        known = [(key, float(str(p))) for key, p in values if not missing(p)]
        if test["status"] == "tested" and len(known) > 1:
            rows = [_left_out(key, p, texts) for key, p in known]
            shown.append({"title": texts(f"mechanism.{test['mechanism']}"), "rows": rows})
    return shown


def position(subject: Subject, texts: Texts) -> dict[str, Any]:
    """Value and rank of the account: a row a measure, a column a layer of ties."""
    known = [row for row in subject.position.to_dict("records") if not missing(row["value"])]
    cells = {(row["measure"], row["layer"]): _cell(row, texts) for row in known}
    layers = {row["layer"]: texts(f"layer.{row['layer']}") for row in known}
    rows = [
        {
            "name": texts.either(f"measure.{measure}", str(measure).replace("_", " ")),
            "meaning": texts.either(f"measure.{measure}.meaning", ""),
            "cells": [(name, cells.get((measure, layer))) for layer, name in layers.items()],
        }
        for measure in dict.fromkeys(row["measure"] for row in known)
    ]
    return {"layers": [*layers.values()], "rows": rows}


def _cell(row: Mapping[Any, Any], texts: Texts) -> dict[str, str]:
    rank = texts("dossier.place", {"rank": int(row["rank"])})
    return {"value": texts.number(row["value"]), "rank": rank}


def citation(subject: Subject, texts: Texts) -> str:
    """One line by which the page can be cited and its figures made again."""
    analysis = subject.analysis
    facts = analysis.facts.get("coverage") or {}
    values = {
        "name": subject.name,
        "account": clean(subject.account),
        "version": kznet.__version__,
        "first": texts.day(facts.get("first")) or "–",
        "last": texts.day(facts.get("last")) or "–",
        "seed": str(analysis.seed),
        "data": digest(sorted(checksums(analysis))),
    }
    return texts("dossier.cite.words", values)


def _left_out(key: str, p: float, texts: Texts) -> dict[str, Any]:
    verdict = texts("dossier.stands") if p <= _BOUND else texts("dossier.falls")
    whole = key == _WITHOUT["p"]
    return {"name": texts(key), "p": texts.chance(p), "verdict": "" if whole else verdict}


def _told(words: object, texts: Texts) -> str:
    told = spoken(words, texts, longest=_LONGEST)
    return told[:1].upper() + told[1:]
