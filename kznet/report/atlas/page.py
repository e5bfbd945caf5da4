"""One page of the atlas: what it shows in no language, told in any."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from jinja2 import Environment

import kznet
from kznet.analysis import Analysis
from kznet.report.markup import environment, flush, json_block, policy, scripts, style
from kznet.report.profiles import certainty, community_title, reach_words
from kznet.report.sheet import dressed
from kznet.report.texts import Texts
from kznet.report.words import communities_words, layers_words, privacy_words, spoken

DRAWING: Final = "<!--drawing-->"
_STYLE: Final = ("base", "report", "drawing", "atlas")
_SCRIPTS: Final[Mapping[str, tuple[str, ...]]] = {
    "front": ("cards.js", "skeleton.js", "atlas/find.js", "atlas/view.js"),
    "community": ("cards.js", "atlas/view.js"),
    "account": ("cards.js", "atlas/view.js", "atlas/motion.js"),
}


@dataclass(frozen=True, eq=False)
class Page:
    """A page; the same data in every language.

    Attributes
    ----------
    path
        Where it lies below the folder of the case, such as ``atlas/index.html``.
    kind
        front, community or account.
    root
        Way from it to the folder of the case.
    """

    path: str
    kind: str
    root: str
    data: Mapping[str, Any]
    analysis: Analysis

    def html(self, texts: Texts) -> str:
        """Return the page as text, in one language; see `finished`."""
        code = scripts(*_SCRIPTS[self.kind])
        words = {
            "privacy": partial(privacy_words, self.analysis, texts),
            "communities_words": partial(communities_words, self.analysis, texts),
            "reach_words": partial(reach_words, self.analysis, texts),
        }
        values = {**self.data, **words, "kind": self.kind, "root": self.root, "scripts": code}
        values |= {"policy": policy([*code.values()]), "version": kznet.__version__}
        page = _environment(texts).get_template(f"atlas/{self.kind}.html").render(values)
        return flush(page)

    def finished(self, text: str) -> str:
        """The page, told in all its languages, with what has none: its drawing and its style."""
        drawn = text.replace(DRAWING, self.data["drawing"], 1)
        return dressed(drawn, style(*_STYLE))


@lru_cache(maxsize=8)
def _environment(texts: Texts) -> Environment:
    """The templates of one language, read once for all pages."""
    pages = environment(texts)
    pages.globals.update(
        {
            "style": "",
            "title": lambda row: community_title(texts, row["number"], row["label"]),
            "reason": lambda told: spoken(told, texts, longest=300),
            "measure": lambda row: _measure(row, texts),
            "sure": certainty,
            "json": json_block,
        }
    )
    return pages


def _measure(row: Mapping[str, Any], texts: Texts) -> str:
    name = texts.either(f"measure.{row['measure']}", str(row["measure"]).replace("_", " "))
    layer = layers_words(str(row["layer"]), texts)
    return texts("measure.on", {"measure": name, "layer": layer})
