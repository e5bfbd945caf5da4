"""JSON whose shape cannot be trusted: every access says what it wants and gets it or nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kznet.errors import DataError


@dataclass(frozen=True)
class Broken:
    """Text that is no JSON: why, and where it stopped being it."""

    reason: str
    value: str


def parsed(data: bytes) -> object:
    """Value of JSON text in any of its encodings; `Broken` where it is none."""
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        return Broken(f"broken JSON at {where}: {error.msg}", error.doc[error.pos :][:40])
    except RecursionError:
        return Broken("JSON nested too deeply", "")
    except ValueError as error:
        return Broken(f"broken JSON: {error}", "")


def first_document(name: str, documents: Iterable[tuple[int, object]]) -> object:
    """Return the first value that is JSON.

    Raises
    ------
    DataError
        There is none; names the line and column of the fault.
    """
    fault = None
    for _, value in documents:
        if not isinstance(value, Broken):
            return value
        fault = fault or value
    raise DataError(f"{name}: {fault.reason if fault else 'the file is empty'}")


def mapping(value: object) -> dict[str, Any]:
    """Return the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """Return the value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def verbatim(value: object) -> str:
    """Return a text as it is, but for halves of letters that no encoding can hold."""
    if not isinstance(value, str):
        return ""
    if value.isascii():
        return value
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def text(value: object) -> str | None:
    """Return the value as trimmed text if it is a text or a whole number that says something."""
    if isinstance(value, str):
        return verbatim(value).strip() or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
        return str(value)
    return None
