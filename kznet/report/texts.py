"""Every sentence of the pages, by key, in one language; numbers and dates in its form."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any, Final

import pandas as pd

from kznet.errors import DataError, UnknownNameError
from kznet.registry import unknown

LANGUAGES: Final = Path(__file__).parent / "languages"
MISSING: Final = "–"
MINUS: Final = "\N{MINUS SIGN}"
_EXACT: Final = Context(prec=400, rounding=ROUND_HALF_UP)


def _english(n: float) -> str:
    return "one" if n == 1 else "other"


def _russian(n: float) -> str:
    if n != int(n):
        return "other"
    last, two = int(n) % 10, int(n) % 100
    if last == 1 and two != 11:
        return "one"
    return "few" if 2 <= last <= 4 and not 12 <= two <= 14 else "many"


_PLURALS: Final[Mapping[str, Callable[[float], str]]] = {
    "en": _english,
    "kk": _english,
    "ru": _russian,
}


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of one language; calling it with a key gives the sentence.

    A value may be one text, or one text a plural form, chosen by the value named ``n``.
    Entries that begin with ``_`` say how numbers and dates are written.
    """

    lang: str
    entries: Mapping[str, str | Mapping[str, str]]

    def __call__(self, key: str, values: Mapping[str, object] | None = None) -> str:
        """Return the sentence of a key with its values filled in.

        Raises
        ------
        UnknownNameError
            The language has no such key.
        """
        if key not in self.entries:
            raise UnknownNameError(unknown("text", key, self.entries))
        entry, values = self.entries[key], values or {}
        if not isinstance(entry, str):
            entry = entry.get(self._form(values.get("n")), entry["other"])
        for name, value in values.items():
            shown = self.number(value) if isinstance(value, int | float) else str(value)
            entry = entry.replace("{" + name + "}", shown)
        return entry

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def either(self, key: str, fallback: str) -> str:
        """Return the sentence of a key, or the fallback for a name the language doesn't know."""
        return self(key) if key in self else fallback

    def number(self, value: object) -> str:
        """Grouped whole numbers; other numbers to three significant digits."""
        if missing(value):
            return MISSING
        x = float(str(value))
        if x == int(x) or abs(x) >= 1000:
            text = _decimals(x, 0)
        elif abs(x) >= 0.0001:
            text = _digits(x, 3)
        else:
            text = f"{x:.1e}".replace("e-0", "e-")
        return self._separated(text)

    def fixed(self, value: object) -> str:
        """Two decimals, for numbers that are compared down a column."""
        return MISSING if missing(value) else self._separated(_decimals(float(str(value)), 2))

    def share(self, value: object, digits: int = 1) -> str:
        """A share of one, as a percentage with so many decimals."""
        if missing(value):
            return MISSING
        percent = self._separated(_decimals(float(str(value)), digits, shift=2))
        return str(self.entries["_percent"]).replace("{n}", percent)

    def chance(self, value: object) -> str:
        """A p or q value to two digits, never smaller than what three decimals can show."""
        if missing(value):
            return MISSING
        x = float(str(value))
        return self._separated("<0.001" if x < 0.001 else _digits(x, 2))

    def day(self, value: object) -> str:
        """A day, such as 1 Feb 2024; an empty text where there is none."""
        if missing(value) or value == "":
            return ""
        time = pd.Timestamp(str(value))
        month = str(self.entries["_months"]).split()[time.month - 1]
        parts = {"day": str(time.day), "month": month, "year": str(time.year)}
        return self._filled("_day", parts)

    def moment(self, value: object) -> str:
        """A day and, unless it was coarsened to the day, the time in UTC."""
        if missing(value) or value == "":
            return ""
        time = pd.Timestamp(str(value))
        if time == time.normalize():
            return self.day(value)
        return self._filled("_moment", {"day": self.day(value), "time": f"{time:%H:%M:%S}"})

    def span(self, window: str) -> str:
        """A duration such as ``60s``, in the language's units."""
        number = window.rstrip("abcdefghijklmnopqrstuvwxyz")
        return self.either(f"unit.{window[len(number) :]}", window).replace("{n}", number)

    def _form(self, n: object) -> str:
        return _PLURALS.get(self.lang, _english)(float(str(n))) if n is not None else "other"

    def _filled(self, key: str, parts: Mapping[str, str]) -> str:
        text = str(self.entries[key])
        for name, part in parts.items():
            text = text.replace("{" + name + "}", part)
        return text

    def _separated(self, text: str) -> str:
        group, decimal = str(self.entries["_group"]), str(self.entries["_decimal"])
        written = text.translate({ord(","): group, ord("."): decimal})
        return MINUS + written[1:] if written.startswith("-") else written


def read_texts(lang: str) -> Texts:
    """Read the texts of a language.

    Raises
    ------
    UnknownNameError
        The pages are not available in it.
    """
    known = languages()
    if lang not in known:
        raise UnknownNameError(unknown("language", lang, dict.fromkeys(known)))
    entries: dict[str, str | Mapping[str, str]] = {}
    for path in sorted((LANGUAGES / lang).glob("*.json")):
        part = json.loads(path.read_text(encoding="utf-8"))
        wrong = [key for key, value in part.items() if not isinstance(value, str | dict)]
        if wrong:
            raise DataError(f"{path.name}: {wrong[0]!r} is neither a text nor plural forms")
        entries |= part
    return Texts(lang, entries)


def languages() -> list[str]:
    """The languages that the pages speak; English, which tables speak as well, comes first."""
    found = sorted(path.name for path in LANGUAGES.iterdir() if path.is_dir())
    return sorted(found, key=lambda lang: lang != "en")


def missing(value: object) -> bool:
    """Whether a cell of a table holds nothing."""
    return value is None or value is pd.NA or value is pd.NaT or value != value


def or_none(value: Any) -> Any:
    """A cell's value, and None where it holds nothing."""
    return None if missing(value) else value


def _decimals(x: float, places: int, *, shift: int = 0) -> str:
    """So many decimals, after the point was moved; halves go up, as browsers round them."""
    moved = Decimal(repr(x)).scaleb(shift, _EXACT)
    return f"{moved.quantize(Decimal(1).scaleb(-places), context=_EXACT):,f}"


def _digits(x: float, figures: int) -> str:
    """So many significant digits, without zeros at the end."""
    rounded = Context(prec=figures, rounding=ROUND_HALF_UP).create_decimal(repr(x))
    return f"{rounded.normalize():,f}"
