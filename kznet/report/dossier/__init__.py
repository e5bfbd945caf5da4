"""Dossiers: one page an account, with all that was found, how sure it is and what would explain it.

`gather` collects once what no language changes; `dossier_page` writes one page in one language.
"""

from kznet.report.dossier.page import dossier_page
from kznet.report.dossier.paths import hrefs
from kznet.report.dossier.quotes import quotes
from kznet.report.dossier.subjects import Subject, gather

__all__ = ["Subject", "dossier_page", "gather", "hrefs", "quotes"]
