"""Which pages a case has, and where each leads."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import pandas as pd

from kznet.analysis import Analysis
from kznet.report.atlas import FRONT, atlas
from kznet.report.bundle import bundled
from kznet.report.dossier import dossier_page, gather, hrefs
from kznet.report.index.page import index_page
from kznet.report.links import Links
from kznet.report.map.page import network_page, scene
from kznet.report.texts import languages, read_texts
from kznet.report.view import AUTO, View
from kznet.report.woven import woven

_REPORT: Final = "index.html"
_MAP: Final = "network.html"
_BUNDLE: Final = "report.html"


def pages(
    analysis: Analysis, view: View, *, quoted: pd.DataFrame | None = None
) -> Iterator[tuple[str, str]]:
    """Make every page of a case: its path, and its text in all languages.

    `quoted` are texts of posts that dossiers may show.
    """
    weave = _weaver(view.lang)
    seen, paths = scene(analysis, view), hrefs(analysis, also=view.dossiers)
    links = Links(on_map=frozenset(seen.shown["account"]), dossiers=paths, atlas=FRONT)
    yield _REPORT, weave(partial(index_page, analysis, links=links))
    made = {_MAP: weave(partial(network_page, seen, dossiers=paths))}
    yield _MAP, made[_MAP]
    for subject in gather(analysis, also=view.dossiers, quoted=quoted):
        made[subject.path] = weave(partial(dossier_page, subject))
        yield subject.path, made[subject.path]
    if view.single_file:
        alone = Links(on_map=links.on_map, dossiers=paths)
        yield _BUNDLE, bundled(weave(partial(index_page, analysis, links=alone)), made)
    yield from atlas(
        analysis,
        render=lambda page: weave(lambda texts: page.html(texts)),
        dossiers=paths,
        on_map=links.on_map,
    )


def _weaver(lang: str) -> Callable[[Callable[..., str]], str]:
    """Make a page in every language, first the one in which it stands as it is written."""
    first = [] if lang == AUTO else [read_texts(lang)]
    spoken = first + [read_texts(each) for each in languages() if each != lang]

    def weave(page: Callable[..., str]) -> str:
        return woven({texts.lang: page(texts=texts) for texts in spoken}, opens=lang)

    return weave
