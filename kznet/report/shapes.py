"""The shape of an account's mark says its role, on every page alike."""

from collections.abc import Mapping
from typing import Final

SHAPES: Final[Mapping[str, str]] = {
    "politician": "star",
    "government": "square",
    "party": "hexagon",
    "opposition": "diamond",
    "media": "triangle",
    "blogger": "triangleDown",
}
