"""The registry of formats, and how a file finds its loader."""

from collections.abc import Callable, Collection
from typing import Final, NamedTuple

from kznet.errors import FormatError
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.registry import Registry


class Verdict(NamedTuple):
    """Whether a file is of a format, and by what that was seen, in a few words."""

    fits: bool
    why: str


Recogniser = Callable[[Source], Verdict]
Loader = Callable[[Source, Options], Part]

FORMATS: Final[Registry[Loader]] = Registry("format")
_RECOGNISERS: Final[dict[str, Recogniser]] = {}
GENERAL: Final[set[str]] = set()


def loader(*, recognises: Recogniser, general: bool = False) -> Callable[[Loader], Loader]:
    """Register a loader under its function's name, with what recognises its files.

    A `general` format (plain edge lists) is asked only after every particular one.
    """

    def register(function: Loader) -> Loader:
        name = function.__name__
        _RECOGNISERS[name] = recognises
        if general:
            GENERAL.add(name)
        return FORMATS.register(function)

    return register


def recognised(source: Source, *, format: str | None = None) -> tuple[str, str]:  # noqa: A002  # the word users know from --format
    """Name of the format of a file, and by what it was recognised.

    Raises
    ------
    FormatError
        No format fits, or not the one that was asked for; lists what was tried.
    """
    if format is not None:
        return _asked(source, format)
    tried: dict[str, list[str]] = {}
    for name in sorted(FORMATS, key=lambda name: (name in GENERAL, name)):
        verdict = _RECOGNISERS[name](source)
        if verdict.fits:
            return name, verdict.why
        tried.setdefault(verdict.why, []).append(name)
    listed = "\n".join(f"  {why}: {', '.join(names)}" for why, names in tried.items())
    plain = next((why for why, names in tried.items() if "edges" in names), "")
    raise FormatError(f"{source.name}: no known format ({plain}). Tried:\n{listed}")


def claims(source: Source, name: str) -> bool:
    """Whether a particular format takes a file for its own."""
    return name not in GENERAL and _RECOGNISERS[name](source).fits


def _asked(source: Source, name: str) -> tuple[str, str]:
    _ = FORMATS[name]
    verdict = _RECOGNISERS[name](source)
    if not verdict.fits:
        raise FormatError(f"{source.name}: not of format {name!r}: {verdict.why}")
    return name, f"{verdict.why} (format asked for)"


def has_columns(source: Source, wanted: Collection[str]) -> Verdict:
    """Whether a table has all of these columns, spelt exactly so."""
    if not source.header:
        return Verdict(fits=False, why="not a table")
    missing = [name for name in wanted if name not in source.header]
    if missing:
        return Verdict(fits=False, why=f"no column {', '.join(missing)}")
    return Verdict(fits=True, why=f"columns {', '.join(wanted)}")
