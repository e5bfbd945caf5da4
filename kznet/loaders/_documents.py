"""JSON of any size as values: line by line, whole, or element by element where it is large."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import Any, Final, NamedTuple

import ijson
from ijson.common import ObjectBuilder

from kznet.errors import DataError
from kznet.loaders._json import Broken, first_document, parsed
from kznet.loaders._text import Openable, utf8

LARGE: Final = 64 << 20
_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
_LOOKED_AT: Final = 8


class Element(NamedTuple):
    """One element of a list in a document.

    `path` is that of the list, `around` the plain values that stand beside the list (in a large
    document those that come before it), `line` the line of the document.
    """

    line: int
    path: str
    around: Mapping[str, Any]
    value: object


class Documents:
    """The JSON values of one file."""

    def __init__(self, source: Openable, name: str) -> None:
        self._source, self._name = source, name

    def __iter__(self) -> Iterator[tuple[int, object]]:
        """Yield values with their lines; one that cannot be read comes as `Broken`.

        Of a large document that is a list, its elements are the values.
        """
        if self._by_line:
            yield from self._lines()
        elif self.large and isinstance(_begin(self._source), list):
            yield from ((1, element.value) for element in self._streamed([""]))
        else:
            yield 1, self._whole

    def record(self) -> object:
        """First value; of a large document only as far as its beginning goes."""
        if self._by_line or not self.large:
            return first_document(self._name, self)
        return _begin(self._source)

    def elements(self, *paths: str) -> Iterator[Element]:
        """Elements of the lists at these paths, in the order of the file.

        A path names the keys on the way, with ``item`` for each element of a list:
        ``""`` is the list that is the document itself, ``messages`` a list under that key,
        ``chats.list.item.messages`` one in every element of another.

        Raises
        ------
        DataError
            A document is broken; names where.
        """
        if self.large and not self._by_line:
            yield from self._streamed(paths)
            return
        for line, value in self:
            if isinstance(value, Broken):
                raise DataError(f"{self._name}: line {line}: {value.reason}")
            yield from (element for path in paths for element in _walked(value, path, line))

    def entries(self) -> Iterator[tuple[str, object]]:
        """Keys and values of a document that is one large object.

        Raises
        ------
        DataError
            The document is broken; names where.
        """
        if self.large and not self._by_line:
            with _explained(self._name), utf8(self._source) as file:
                yield from ijson.kvitems(file, "", use_float=True)
            return
        for line, value in self:
            if isinstance(value, Broken):
                raise DataError(f"{self._name}: line {line}: {value.reason}")
            yield from value.items() if isinstance(value, dict) else ()

    @cached_property
    def large(self) -> bool:
        """Whether the text is too long to be held as one value."""
        with self._source.opened() as file:
            return len(file.read(LARGE + 1)) > LARGE

    @cached_property
    def _by_line(self) -> bool:
        """Whether each line is a value of its own (a value on one line alone is that, too)."""
        begin = list(islice(self._lines(), _LOOKED_AT))
        if not begin or not isinstance(begin[0][1], Broken):
            return True
        some = any(value and isinstance(value, dict) for _, value in begin)
        return some and (self.large or isinstance(self._whole, Broken))

    @cached_property
    def _whole(self) -> object:
        with self._source.followed() as file:
            return parsed(file.read())

    def _lines(self) -> Iterator[tuple[int, object]]:
        with self._source.followed() as file:
            for number, line in enumerate(iter(lambda: file.readline(LARGE), b""), start=1):
                if len(line) == LARGE:
                    yield (
                        number,
                        Broken("a line longer than any record", line[:40].decode("latin-1")),
                    )
                elif line.strip(_SPACE):
                    yield number, parsed(line)

    def _streamed(self, paths: Sequence[str]) -> Iterator[Element]:
        """Build the elements of a large document one after the other, and nothing else of it."""
        wanted = {f"{path}.item" if path else "item": path for path in paths}
        around: dict[str, dict[str, Any]] = {}
        builder, open_at = None, ""
        with _explained(self._name), utf8(self._source) as file:
            for prefix, event, value in ijson.parse(file, use_float=True):
                parent, _, key = prefix.rpartition(".")
                if builder is not None:
                    builder.event(event, value)
                elif prefix in wanted:
                    builder, open_at = ObjectBuilder(), prefix
                    builder.event(event, value)
                elif event == "start_map":
                    around[prefix] = {}
                elif event in _PLAIN:
                    around.setdefault(parent, {})[key] = value
                if builder is not None and prefix == open_at and event not in _OPENS:
                    beside = around.get(wanted[prefix].rpartition(".")[0], {})
                    yield Element(1, wanted[prefix], beside, builder.value)
                    builder = None


_OPENS: Final = frozenset(["start_map", "start_array", "map_key"])
_PLAIN: Final = frozenset(["string", "number", "boolean", "null"])


def _walked(value: object, path: str, line: int) -> Iterator[Element]:
    """Elements of the lists under a path, in a value that is held whole."""
    places: list[tuple[Mapping[str, Any], object]] = [({}, value)]
    for step in path.split(".") if path else []:
        places = [further for _, each in places for further in _step(each, step)]
    for around, found in places:
        if isinstance(found, list):
            yield from (Element(line, path, around, each) for each in found)


def _step(value: object, step: str) -> list[tuple[Mapping[str, Any], object]]:
    if step == "item" and isinstance(value, list):
        return [({}, each) for each in value]
    if isinstance(value, dict) and step in value:
        plain = {key: each for key, each in value.items() if not isinstance(each, dict | list)}
        return [(plain, value[step])]
    return []


def _begin(source: Openable) -> object:
    """Value of a large document as far as its first bytes go."""
    builder = ObjectBuilder()
    try:
        with utf8(source) as file:
            for event, value in ijson.basic_parse(BytesIO(file.read(len(source.head)))):
                builder.event(event, value)
    except ijson.JSONError:
        return getattr(builder, "value", None)
    return builder.value


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except ijson.JSONError as error:
        raise DataError(f"{name}: broken JSON: {error}") from error
