"""hubs/<slug>.html: all that was found of one account, to be read, printed and cited."""

from typing import Any, Final

from markupsafe import Markup

import kznet
from kznet.report.dossier.observed import observed
from kznet.report.dossier.occasions import examples, involved, occasions
from kznet.report.dossier.standing import citation, explanations, position, sensitivity
from kznet.report.dossier.subjects import Subject
from kznet.report.dossier.summary import found, heading, reach, sure, tiles
from kznet.report.drawing import mark
from kznet.report.markup import clean, environment, flush, policy, scripts, style
from kznet.report.profiles import invented
from kznet.report.shapes import SHAPES
from kznet.report.sheet import dressed
from kznet.report.texts import Texts
from kznet.report.words import privacy_words, spoken
from kznet.schema import KINDS, ROLES

_LONGEST: Final = 300


def dossier_page(subject: Subject, *, texts: Texts) -> str:
    """Return one dossier as text, in one language."""
    code = scripts("cards.js", "dossier.js")
    values = {
        "role_mark": role_mark,
        "policy": policy([*code.values()]),
        "scripts": code,
        "style": "",
        "version": kznet.__version__,
        **_sections(subject, texts),
    }
    page = environment(texts).get_template("dossier.html").render(values)
    return dressed(flush(page), style())


def _sections(subject: Subject, texts: Texts) -> dict[str, Any]:
    return {
        "invented": invented(subject.analysis),
        "subject": heading(subject, texts),
        "account": subject.account,
        "row": subject.hub.get("row"),
        "called": subject.hub.get("status") == "hub",
        "found": found(subject, texts),
        "sure": sure(subject, texts),
        "tiles": tiles(subject, texts),
        "reach": reach(subject, texts),
        "tests": observed(subject, texts),
        "screens": _screens(subject, texts),
        "timeline": occasions(subject, texts),
        "involved": involved(subject, texts),
        "examples": examples(subject, texts),
        "quoted": len(subject.quotes) > 0,
        "around": _around(subject),
        "explanations": explanations(subject, texts),
        "sensitivity": sensitivity(subject, texts),
        "position": position(subject, texts),
        "accounts": len(subject.analysis.network),
        "citation": citation(subject, texts),
        "privacy": privacy_words(subject.analysis, texts),
    }


def _around(subject: Subject) -> dict[str, Any]:
    shown = subject.around
    roles = set(subject.near["role"].dropna())
    kinds = set(shown.ties["kind"])
    return {
        "picture": subject.picture,
        "shown": len(shown) - 1,
        "neighbours": shown.neighbours,
        "ties": len(shown.ties),
        "among": shown.among,
        "roles": [role for role in ROLES if role in roles],
        "kinds": [kind for kind in KINDS if kind in kinds],
    }


def _screens(subject: Subject, texts: Texts) -> list[str]:
    return [
        texts(
            "card.screened",
            {
                "screen": texts.either(f"screen.{row['screen']}", clean(row["screen"])),
                "detail": spoken(row.get("detail"), texts, longest=_LONGEST),
            },
        )
        for row in subject.screens.to_dict("records")
    ]


def role_mark(role: str) -> Markup:
    """The sign of a role as it stands in a key."""
    form = mark(SHAPES.get(role, "dot"), 8, 8, 5, colour=f"role-{role}")
    return Markup(f'<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">{form}</svg>')  # noqa: S704  # a role of the schema
