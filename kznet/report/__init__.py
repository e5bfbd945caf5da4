"""Pages and graph files: what a person sees, and what other tools read."""

from pathlib import Path

from kznet.analysis import Analysis
from kznet.report.export import EXPORTS, export, graph_files
from kznet.report.index.page import index_page
from kznet.report.links import Links
from kznet.report.map.page import network_page
from kznet.report.map.selection import select
from kznet.report.texts import read_texts

__all__ = ["EXPORTS", "export", "graph_files", "write_pages"]


def write_pages(
    analysis: Analysis, folder: Path, *, lang: str = "en", top: int = 400
) -> list[Path]:
    """Write ``index.html`` and ``network.html`` into a folder that exists; return their paths.

    The pages name whom the analysis names: make it shareable first. Each is one file that asks
    for nothing from outside. Same analysis and language, same bytes.

    Parameters
    ----------
    lang
        Language of the pages.
    top
        How many accounts the network page shows, unless more hubs were called.

    Raises
    ------
    UnknownNameError
        The pages are not available in this language.
    """
    words, selection = read_texts(lang), select(analysis, top=top)
    on_map = frozenset(analysis.network.accounts[selection.positions])
    pages = {
        "index.html": index_page(analysis, texts=words, links=Links(on_map=on_map)),
        "network.html": network_page(analysis, texts=words, selection=selection),
    }
    for name, text in pages.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return [folder / name for name in pages]
