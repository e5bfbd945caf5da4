"""Sizes of memory, as they are written and as the machine has them."""

import os
import re
from typing import Final

from kznet.errors import DataError

_UNITS: Final = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def size(text: str) -> int:
    """Bytes of a size such as ``"1GiB"``.

    >>> size("1GiB")
    1073741824
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*", text)
    if match is None or match[2] not in _UNITS:
        raise DataError(f"size {text!r} is not like '512MiB' or '4GiB'")
    return int(float(match[1]) * _UNITS[match[2]])


def available() -> int:
    """Bytes of memory that are free."""
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
