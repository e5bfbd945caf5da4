"""The atlas: communities, then one of them, then one account; readable at any size."""

from kznet.report.atlas.page import Page
from kznet.report.atlas.pages import BUDGET, FRONT, atlas

__all__ = ["BUDGET", "FRONT", "Page", "atlas"]
