"""Pages and graph files: what a person sees, and what other tools read."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kznet.analysis import Analysis
from kznet.report.export import EXPORTS, export, graph_files
from kznet.report.index.page import index_page
from kznet.report.map.page import network_page, scene
from kznet.report.map.selection import select
from kznet.report.texts import Texts, languages, read_texts
from kznet.report.woven import woven

__all__ = ["AUTO", "EXPORTS", "export", "graph_files", "write_pages"]

AUTO: Final = "auto"


def write_pages(
    analysis: Analysis, folder: Path, *, lang: str = AUTO, top: int = 400
) -> list[Path]:
    """Write ``index.html`` and ``network.html`` into a folder that exists; return their paths.

    The pages name whom the analysis names: make it shareable first. Each is one file that asks
    for nothing from outside and can be read in every language. Same analysis and language, same
    bytes.

    Parameters
    ----------
    lang
        Language in which the pages open; "auto" is the reader's, English where it is unknown.
    top
        How many accounts the network page shows, unless more hubs were called.

    Raises
    ------
    UnknownNameError
        The pages are not available in this language.
    """
    spoken = _spoken(lang)
    seen = scene(analysis, select(analysis, top=top))
    on_map = frozenset(seen.shown["account"])
    pages: dict[str, Callable[[Texts], str]] = {
        "index.html": lambda texts: index_page(analysis, texts=texts, on_map=on_map),
        "network.html": lambda texts: network_page(analysis, texts=texts, scene=seen),
    }
    for name, page in pages.items():
        text = woven({texts.lang: page(texts) for texts in spoken}, opens=lang)
        (folder / name).write_bytes(text.encode("utf-8"))
    return [folder / name for name in pages]


def _spoken(lang: str) -> list[Texts]:
    """The texts of every language; first the one in which a page stands as it is written."""
    first = [] if lang == AUTO else [read_texts(lang)]
    return first + [read_texts(each) for each in languages() if each != lang]
