"""Pages and graph files: what a person sees, and what other tools read."""

from collections.abc import Callable
from pathlib import Path

from kznet.analysis import Analysis
from kznet.report.bundle import bundled
from kznet.report.export import EXPORTS, export, graph_files
from kznet.report.index.page import index_page
from kznet.report.links import Links
from kznet.report.map.page import network_page, scene
from kznet.report.texts import Texts, languages, read_texts
from kznet.report.view import AUTO, View
from kznet.report.woven import woven

__all__ = ["EXPORTS", "View", "export", "graph_files", "write_pages"]


def write_pages(analysis: Analysis, folder: Path, *, view: View | None = None) -> list[Path]:
    """Write the pages into a folder that exists; return their paths.

    The pages name whom the analysis names: make it shareable first. Each is one file that asks
    for nothing from outside and can be read in every language. Same analysis and view, same
    bytes.

    Raises
    ------
    UnknownNameError
        The pages are not available in the language asked for.
    DataError
        The view asks for an account, a community or days that the case lacks.
    """
    view = view or View()
    spoken = _spoken(view.lang)
    pages = {
        name: woven({texts.lang: page(texts) for texts in spoken}, opens=view.lang)
        for name, page in _pages(analysis, view).items()
    }
    if view.single_file:
        report = pages["index.html"]
        others = {name: text for name, text in pages.items() if name != "index.html"}
        pages["report.html"] = bundled(report, others)
    for name, text in pages.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return [folder / name for name in pages]


def _pages(analysis: Analysis, view: View) -> dict[str, Callable[[Texts], str]]:
    """Each page by its path, to be made in one language."""
    seen = scene(analysis, view)
    links = Links(on_map=frozenset(seen.shown["account"]))
    return {
        "index.html": lambda texts: index_page(analysis, texts=texts, links=links),
        "network.html": lambda texts: network_page(seen, texts=texts),
    }


def _spoken(lang: str) -> list[Texts]:
    """The texts of every language; first the one in which a page stands as it is written."""
    first = [] if lang == AUTO else [read_texts(lang)]
    return first + [read_texts(each) for each in languages() if each != lang]
