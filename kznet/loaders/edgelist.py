"""Edge lists without a header: SNAP, KONECT, networkx, and what a script writes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kznet.errors import DataError
from kznet.loaders._clean import Epochs
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._headerless import Shape, shape_of
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, joined, set_aside
from kznet.loaders._source import HEAD, Source
from kznet.loaders._table import Table, scales_of
from kznet.loaders._text import blank_lines_before, encoding, utf8
from kznet.loaders._ties import ties_of

_BLOCK: Final = 1 << 25
_MATRIX: Final = "%%MatrixMarket"
_WHOLE: Final = re.compile(r"[0-9]{1,12}")
_TWO_MODE: Final = re.compile(r"\A%\s*bip\b")
_ATTRIBUTES: Final[Mapping[str, str]] = {
    "weight": r"""['"](?:weight|count|value)['"]:\s*([^,}\s]+)""",
    "kind": r"""['"](?:kind|type|relation|relationship)['"]:\s*['"]([^'"]*)""",
    "time": r"""['"](?:time|timestamp|date|created_at)['"]:\s*['"]?([^,'"}]+)""",
}


def _recognises(source: Source) -> Verdict:
    if _refused(source):
        return Verdict(fits=True, why=f"first line {source.text[:20].splitlines()[0]!r}")
    shape = shape_of(source)
    if isinstance(shape, str):
        return Verdict(fits=False, why=shape)
    return Verdict(fits=True, why=f"every line is {', '.join(shape.columns)}")


def _refused(source: Source) -> str | None:
    """Why a list is not read although it is one."""
    text = source.text
    if text.startswith(_MATRIX) or _begins_with_its_size(source):
        return "a MatrixMarket matrix is not read: its rows and columns name no accounts"
    if _TWO_MODE.match(text):
        return "a two-mode list (bip) is not read: one number stands for two nodes"
    return None


def _begins_with_its_size(source: Source) -> bool:
    """Whether the first line is that of a matrix without its banner: rows, columns, entries."""
    cut = len(source.head) == HEAD
    lines = source.text.splitlines()[: -1 if cut else None]
    size = lines[0].split() if lines else []
    if len(size) != 3 or size[0] != size[1] or not all(map(_WHOLE.fullmatch, size)):
        return False
    side, count = int(size[0]), int(size[2])
    entries = [line.split()[:2] for line in lines[1:] if line.strip()]
    inside = all(_WHOLE.fullmatch(cell) and int(cell) <= side for row in entries for cell in row)
    return inside and (0 < len(entries) < count if cut else 0 < len(entries) == count)


@loader(recognises=_recognises, general=True)
def edgelist(source: Source, options: Options) -> Part:
    """Edge list without a header: source, target, and maybe weight, time or kind in each line.

    How to get it
    -------------
    networkx (write_edgelist, write_weighted_edgelist), igraph and most scripts write it; SNAP
    and KONECT publish networks in it.

    What is read
    ------------
    Fields between spaces, tabs, commas or semicolons. A third or fourth field is a weight, a
    time (a date, or an epoch of nine digits and more) or a kind; networkx's {'weight': 2} is
    read, too. Lines that begin with # or % are comments; in them SNAP and KONECT say whether
    the list is undirected, which gives two ties a line.

    What is missing
    ---------------
    Without a kind, weights or times make a line a repost, else a follow. Ids have no platform:
    say --platform. The list must look like one: numbers, or ids that recur; no blanks in ids.
    MatrixMarket and two-mode lists are refused; lines with more or fewer fields are set aside.
    """
    why = _refused(source)
    shape = why or shape_of(source)
    if isinstance(shape, str):
        raise DataError(f"{source.name}: {shape}")
    parts: list[Part] = []
    scales: dict[str, Epochs] = {}
    for rows, comments in _tables(source, shape):
        columns = {name: name for name in rows.frame.columns}
        part = ties_of(replace(rows, scales=scales), columns, options)
        notes = counted([("comment lines are not read", comments)])
        parts.append(replace(part, warnings=(*part.warnings, *notes)))
        scales = scales or scales_of(rows.frame.filter(["time"]))
        options = _settled(options, part)
    return joined(parts)


def _settled(options: Options, part: Part) -> Options:
    """Options for the pieces that follow: a kind that was assumed holds for the whole file."""
    kinds = part.ties["kind"].unique()
    return replace(options, kind=str(kinds[0])) if len(kinds) == 1 else options


def _tables(source: Source, shape: Shape) -> Iterator[tuple[Table, int]]:
    """Yield the rows of the list piece by piece, and how many comments are among them."""
    line = blank_lines_before(source.head) + 1
    assumed = ("not UTF-8: read as Windows-1251",) if encoding(source) == "cp1251" else ()
    with utf8(source) as file:
        for block in _blocks(file):
            lines = pc.utf8_trim_whitespace(_split(block))
            comment = pc.match_substring_regex(lines, "^[#%]")
            kept = pc.invert(pc.or_(comment, pc.equal(lines, "")))
            numbers = np.flatnonzero(kept.to_numpy(zero_copy_only=False)) + line
            yield _table(lines.filter(kept), numbers, shape, assumed), pc.sum(comment).as_py() or 0
            line += len(lines)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield whole lines, about `_BLOCK` bytes of them at a time."""
    while block := file.read(_BLOCK):
        yield block + file.readline(_BLOCK)


def _split(block: bytes) -> pa.Array:
    text = block.decode("utf-8", "replace").removesuffix("\n")
    return pc.split_pattern(pa.array([text], pa.large_string()), "\n").flatten()


def _table(lines: pa.Array, numbers: np.ndarray, shape: Shape, assumed: tuple[str, ...]) -> Table:
    plain = pc.replace_substring_regex(lines, r"[\s,;]*\{.*\}$", "") if shape.attributes else lines
    fields = pc.split_pattern(plain, shape.mark) if shape.mark else pc.utf8_split_whitespace(plain)
    found = pc.list_value_length(fields).to_numpy()
    fit = found == len(shape.columns)
    good = fields.filter(pa.array(fit))
    frame = pd.DataFrame(
        {
            name: pc.utf8_trim(pc.list_element(good, i), ' \t"').to_pandas()
            for i, name in enumerate(shape.columns)
        }
    ).astype("str")
    if shape.attributes:
        said = lines.filter(pa.array(fit)).to_pandas().astype("str")
        frame = frame.assign(
            **{name: said.str.extract(how, expand=False) for name, how in _ATTRIBUTES.items()}
        )
    if shape.undirected:
        frame["directed"] = "undirected"
    misfits = lines.filter(pa.array(~fit)).to_pandas().astype("str").str[:80]
    reasons = [f"{len(shape.columns)} fields expected, {n} found" for n in found[~fit]]
    aside = set_aside(numbers[~fit], reasons, misfits.array)
    decimal = "," if shape.mark == ";" else "."
    return Table(frame, numbers[fit], aside, assumed, decimal)
