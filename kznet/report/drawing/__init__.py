"""Small networks as inline SVG: marks by role, ties by kind, labels that don't overlap."""

from kznet.report.drawing.labels import MODEST, Label, placed_labels
from kznet.report.drawing.outlines import mark
from kznet.report.drawing.picture import drawing, marks, picture, signs
from kznet.report.drawing.places import HIGH, WIDE, fitted, places
from kznet.report.drawing.widths import text_width

__all__ = [
    "HIGH",
    "MODEST",
    "WIDE",
    "Label",
    "drawing",
    "fitted",
    "mark",
    "marks",
    "picture",
    "placed_labels",
    "places",
    "signs",
    "text_width",
]
