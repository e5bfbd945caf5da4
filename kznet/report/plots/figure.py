"""A plot as a page shows it: with a sentence over it, a caption, and a table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True)
class Part:
    """One drawing of a figure, under a name of its own if there are several."""

    drawing: Markup
    name: str = ""
    href: str = ""


@dataclass(frozen=True)
class Figure:
    """What is seen, as a sentence; the drawings; what it doesn't mean; the same as a table."""

    key: str
    heading: str
    parts: Sequence[Part]
    caption: str
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)
