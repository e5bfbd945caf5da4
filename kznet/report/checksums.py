"""The checksums of what was read, by which a report or a dossier can be cited."""

import hashlib
from collections.abc import Iterable
from typing import Final

from kznet.analysis import Analysis

DIGITS: Final = 12


def checksums(analysis: Analysis) -> list[str]:
    """SHA-256 of each file that was read, where it has one."""
    files = (analysis.facts.get("coverage") or {}).get("files") or ()
    return [sum_ for file in files if (sum_ := _hexadecimal(file.get("sha256")))]


def digest(parts: Iterable[str]) -> str:
    """Twelve digits that stand for all parts, in this order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:DIGITS]


def _hexadecimal(value: object) -> str:
    """A checksum, if it is one: a manifest is a file that anybody may have edited."""
    text = str(value or "")
    return text if set(text) <= set("0123456789abcdef") else ""
