"""What there is to know of each format, from the docstrings of the loaders."""

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Final

SECTIONS: Final = ("How to get it", "What is read", "What is missing")
_BEGIN: Final = """\
# Formats

One chapter a format, made from the docstrings of the loaders by `kznet list formats --long`. Every
file is recognised by its content; `--format NAME` asks for one. Files may lie in folders and in
archives (.zip, .tar, .tar.gz, .tar.xz), and each may be packed (.gz, .xz, .bz2).
"""


def chapter(loader: Callable[..., object]) -> tuple[str, Mapping[str, str]]:
    """First line of a loader's docstring, and its sections by their titles."""
    text = inspect.getdoc(loader) or ""
    pieces = re.split(r"\n\n([A-Z][^\n]*)\n-{3,}\n", "\n" + text)
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return pieces[0].strip(), {title: " ".join(body.split()) for title, body in sections.items()}


def described(formats: Mapping[str, Callable[..., object]]) -> str:
    """All formats as a page of Markdown, by name."""
    return _BEGIN + "".join(_markdown(name, formats[name]) for name in sorted(formats))


def _markdown(name: str, loader: Callable[..., object]) -> str:
    meaning, sections = chapter(loader)
    told = "".join(f"\n**{title}.** {sections[title]}\n" for title in SECTIONS if title in sections)
    return f"\n## {name}\n\n{meaning}\n{told}"
