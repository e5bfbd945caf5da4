"""Names that lead to functions, with a suggestion for a misspelt one."""

import difflib
import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from kznet.errors import UnknownNameError

T = TypeVar("T", bound=Callable[..., object])


class Registry(Mapping[str, T], Generic[T]):
    """An ordered mapping of names to functions of one kind ("measure", "format", …)."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def register(self, function: T, *, name: str | None = None) -> T:
        """Add a function under its own name, or under `name`."""
        key = name or function.__name__
        if key in self._entries:
            raise ValueError(f"{self.kind} {key!r} is registered twice")
        self._entries[key] = function
        return function

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownNameError(unknown(self.kind, name, self._entries)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def unknown(kind: str, name: str, known: Mapping[str, object]) -> str:
    """The message for a name that is not known.

    >>> unknown("measure", "pagernk", {"pagerank": 1, "katz": 2})
    "unknown measure 'pagernk'. Did you mean 'pagerank'? Known: katz, pagerank."
    """
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"unknown {kind} {name!r}.{hint} Known: {', '.join(sorted(known))}."


def meaning(function: Callable[..., object]) -> str:
    """First line of a docstring: what the thing means, for lists and help."""
    return (inspect.getdoc(function) or "").partition("\n")[0]
