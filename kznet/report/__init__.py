"""Pages and graph files: what a person sees, and what other tools read."""

from pathlib import Path

import pandas as pd

from kznet.analysis import Analysis
from kznet.report.export import EXPORTS, export, graph_files
from kznet.report.pages import pages
from kznet.report.view import View

__all__ = ["EXPORTS", "View", "export", "graph_files", "write_pages"]


def write_pages(
    analysis: Analysis,
    folder: Path,
    *,
    view: View | None = None,
    quoted: pd.DataFrame | None = None,
) -> list[Path]:
    """Write the pages into a folder that exists; return their paths.

    The pages name whom the analysis names: make it shareable first. Each asks for nothing from
    outside and can be read in every language. Same analysis and view, same bytes.

    Parameters
    ----------
    view
        What they show, and the language in which they open.
    quoted
        Time and text of posts that dossiers may show, by post; none where missing.

    Raises
    ------
    UnknownNameError
        The pages are not available in the language asked for.
    DataError
        The view asks for an account, a community or days that the case lacks.
    """
    written = []
    for name, text in pages(analysis, view or View(), quoted=quoted):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        written.append(path)
    return written
