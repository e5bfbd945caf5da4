"""Whatever is wrong with a file, its loader neither breaks nor loses a row without a word."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kznet.errors import KznetError
from kznet.loaders import DEFAULTS, FORMATS
from kznet.loaders._formats import recognised
from kznet.loaders._source import Source

DATA = Path(__file__).resolve().parent.parent / "data"
BINARY = {".xz", ".xlsx", ".sqlite", ".db", ".gz", ".parquet"}
SAMPLES = sorted(path for path in DATA.rglob("*") if path.is_file())
TEXTS = [path for path in SAMPLES if path.suffix not in BINARY]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1251", "latin-1", "utf-32")
NASTY = (
    None,
    True,
    -1,
    10**400,
    1.7e308,
    1500000002.5,
    "",
    "null",
    "9.06E+17",
    "=1+1",
    "<b>ә</b>\ud800\0",
    "@",
    [],
    {},
    [None, [], {}],
    {"id": None},
)


def places(value):
    """Every container in a JSON value with each of its keys."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in list(keys):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def disturbed(text, draw):
    """A document with some values replaced, left out or said twice."""
    document = json.loads(text)
    for _ in range(draw(st.integers(1, 4))):
        found = list(places(document)) if isinstance(document, dict | list) else []
        if not found:
            break
        holder, key = draw(st.sampled_from(found))
        how = draw(st.sampled_from(["replace", "leave out", "repeat"]))
        if how == "replace" or isinstance(holder, dict):
            holder[key] = draw(st.sampled_from(NASTY))
        elif how == "leave out":
            del holder[key]
        else:
            holder.append(holder[key])
    return json.dumps(document)


def disturbed_json(text, draw):
    try:
        return disturbed(text, draw)
    except json.JSONDecodeError:
        lines = text.split("\n")
        number = draw(st.integers(0, len(lines) - 1))
        try:
            lines[number] = disturbed(lines[number], draw)
        except json.JSONDecodeError:
            lines[number] = lines[number][: len(lines[number]) // 2]
        return "\n".join(lines)


def disturbed_table(text, draw):
    """A table with some cells replaced, a row cut or a column said twice."""
    rows = list(csv.reader(io.StringIO(text)))
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.sampled_from(rows))
        if not row:
            continue
        i = draw(st.integers(0, len(row) - 1))
        how = draw(st.sampled_from(["replace", "cut", "repeat"]))
        if how == "replace":
            row[i] = str(draw(st.sampled_from(NASTY)))
        elif how == "cut":
            del row[i]
        else:
            rows.append(list(row))
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


@st.composite
def damaged(draw, path):
    text = path.read_text(encoding="utf-8-sig")
    how = draw(st.sampled_from(["values", "values", "values", "cut", "encoding"]))
    if how == "cut":
        return text.encode()[: draw(st.integers(0, len(text.encode())))]
    if how == "values":
        json_like = text.lstrip()[:1] in ("{", "[")
        change = disturbed_json if json_like else disturbed_table
        text = text if path.suffix in {".graphml", ".gexf", ".xml"} else change(text, draw)
    encoding = draw(st.sampled_from(ENCODINGS)) if how == "encoding" else "utf-8"
    return text.encode(encoding, "replace")


@pytest.mark.parametrize("path", TEXTS, ids=[f"{p.parent.name}/{p.name}" for p in TEXTS])
def test_rows_are_those_used_and_those_set_aside(path, tmp_path_factory):
    folder = tmp_path_factory.mktemp("damaged")
    target = folder / "file"

    @settings(
        max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(damaged(path))
    def law(content):
        target.write_bytes(content)
        source = Source(target, "file")
        try:
            name, _ = recognised(source)
            part = FORMATS[name](source, DEFAULTS)
        except KznetError:
            return
        assert 0 <= part.used <= part.rows
        assert part.rows - part.used <= len(part.aside)
        assert part.used or part.ties.empty

    law()
