"""Nodes and edges as others read them, and the XML formats of graphs, written line by line."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

import kznet
from kznet.analysis import Analysis
from kznet.report.map.layout import packed, sizes
from kznet.report.map.selection import audience
from kznet.report.profiles import profiles
from kznet.schema import KINDS
from kznet.times import microseconds

NODE_COLUMNS: Final = {
    "platform": "string",
    "role": "string",
    "community": "integer",
    "followers": "integer",
}
EDGE_COLUMNS: Final = {"kind": "string", "first": "string", "last": "string"}
_TIE_KEY: Final = ("kind", "source", "target")
_COLOURS: Final = {
    "politician": (0, 114, 178),
    "government": (86, 180, 233),
    "party": (204, 121, 167),
    "opposition": (213, 94, 0),
    "media": (230, 159, 0),
    "blogger": (0, 158, 115),
}
_MOST_PLACED: Final = 20_000
_NO_COLOUR: Final = (150, 156, 164)
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\r": " ", "\t": " "}
)
_GRAPHML_TYPES: Final = {"string": "string", "integer": "long", "double": "double"}


def nodes(analysis: Analysis) -> pd.DataFrame:
    """One row an account: account, label, platform, role, community, followers."""
    table = profiles(analysis, analysis.network.accounts)
    label = table["name"].fillna(table["handle"]).fillna(table["account"])
    return table.assign(label=label)[["account", "label", *NODE_COLUMNS]]


def edges(analysis: Analysis) -> pd.DataFrame:
    """One row a tie and kind: source, target, kind, weight, and the first and last time of it."""
    table = analysis.network.edges()
    ties = analysis.dataset.ties
    timed = ties[ties["time"].notna() & ties["target"].notna()]
    if timed.empty:
        return table.assign(first=pd.Series(dtype="str"), last=pd.Series(dtype="str"))
    if table.empty or timed.empty:
        nothing = pd.Series(None, index=table.index, dtype="str")
        return table.assign(first=nothing, last=nothing)
    return table.assign(**_spans(table, timed, analysis))


def _spans(table: pd.DataFrame, timed: pd.DataFrame, analysis: Analysis) -> dict[str, pd.Series]:
    """First and last time of each tie of a table, where it has any."""
    ids = pd.Index(analysis.dataset.accounts["account"])
    n = len(ids)
    ends = [ids.get_indexer(pd.Index(table[end])) for end in ("source", "target")]
    kind = pd.Index(KINDS).get_indexer(pd.Index(table["kind"]))
    wanted = (kind * n + ends[0]) * n + ends[1]
    codes = [timed[name].cat.codes.to_numpy(dtype=np.int64) for name in _TIE_KEY]
    time = pd.Series(microseconds(timed["time"]))
    spans = time.groupby((codes[0] * n + codes[1]) * n + codes[2]).agg(["min", "max"])
    found = spans.reindex(wanted)
    return {"first": _stamps(found["min"]), "last": _stamps(found["max"])}


def _stamps(micro: pd.Series) -> pd.Series:
    """Instants as ISO 8601, missing where there is none."""
    known = micro.notna().to_numpy()
    seconds = micro.to_numpy()[known].astype("int64") // 1_000_000
    text = pd.Series(None, index=range(len(micro)), dtype="str")
    if known.any():
        told = np.char.add(np.datetime_as_string(seconds.astype("datetime64[s]")), "Z")
        text[known] = told
    return text


def write_graphml(analysis: Analysis, path: Path) -> Path:
    """GraphML, for networkx, igraph, Gephi, Cytoscape and yEd."""
    table, ties = _coded(nodes(analysis), edges(analysis))
    _write(path, _graphml(table, ties))
    return path


def write_gexf(analysis: Analysis, path: Path) -> Path:
    """GEXF with colours by role, sizes by audience and positions, for Gephi and networkx.

    More than 20,000 accounts get no positions: the program that opens the file finds them.
    """
    table, ties = _coded(nodes(analysis), edges(analysis))
    size = sizes(audience(analysis.network))
    table = table.assign(size=size.round(2))
    if len(table) <= _MOST_PLACED:
        table = table.assign(**_places(analysis, table, size))
    _write(path, _gexf(table, ties))
    return path


def _places(analysis: Analysis, table: pd.DataFrame, radii: np.ndarray) -> dict[str, np.ndarray]:
    """Position of each account; y grows upwards, as graph tools want it."""
    total = analysis.network.total.tocoo()
    ties = pd.DataFrame({"source": total.row, "target": total.col, "weight": total.data})
    groups = table["community"].astype("Int64").fillna(-1).to_numpy(dtype=np.int64)
    xy = packed(ties, groups, radii=radii, seed=analysis.seed).xy.round(1)
    return {"x": xy[:, 0], "y": -xy[:, 1]}


def _graphml(table: pd.DataFrame, ties: pd.DataFrame) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    node_columns = {"label": "string", **NODE_COLUMNS}
    edge_columns = {**EDGE_COLUMNS, "weight": "double"}
    for end, columns in (("node", node_columns), ("edge", edge_columns)):
        for name, kind in columns.items():
            known = f'attr.name="{name}" attr.type="{_GRAPHML_TYPES[kind]}"'
            yield f'<key id="{end}_{name}" for="{end}" {known}/>\n'
    yield '<graph edgedefault="directed">\n'
    yield from _elements(table, '<node id="{}">', node_columns, '<data key="node_{}">{}</data>')
    start = '<edge id="{}" source="{}" target="{}">'
    yield from _elements(ties, start, edge_columns, '<data key="edge_{}">{}</data>')
    yield "</graph>\n</graphml>\n"


def _gexf(table: pd.DataFrame, ties: pd.DataFrame) -> Iterator[str]:
    space = "http://www.gexf.net/1.2draft"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<gexf xmlns="{space}" xmlns:viz="{space}/viz" version="1.2">\n'
    yield f"<meta><creator>kznet {kznet.__version__}</creator></meta>\n"
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for end, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        yield f'<attributes class="{end}" mode="static">\n'
        for name, kind in columns.items():
            yield f'<attribute id="{name}" title="{name}" type="{kind}"/>\n'
        yield "</attributes>\n"
    value = '<attvalue for="{}" value="{}"/>'
    yield "<nodes>\n"
    looks = _looks(table)
    yield from _elements(table, '<node id="{}" label="{}">', NODE_COLUMNS, value, looks)
    yield "</nodes>\n<edges>\n"
    start = '<edge id="{}" source="{}" target="{}" weight="{}">'
    yield from _elements(ties, start, EDGE_COLUMNS, value)
    yield "</edges>\n</graph>\n</gexf>\n"


def _elements(
    table: pd.DataFrame,
    start: str,
    columns: Iterable[str],
    value: str,
    endings: Iterable[str] | None = None,
) -> Iterator[str]:
    """One element a row: its opening filled from the first columns, a value for each known cell."""
    opening = [_texts(table[name]) for name in table.columns[: start.count("{}")]]
    cells = [(name, _texts(table[name])) for name in columns]
    tag = start[1 : start.index(" ")]
    wrap = ("<attvalues>", "</attvalues>") if "attvalue" in value else ("", "")
    known = [
        ["" if cell == "" else value.format(name, cell) for cell in column]
        for name, column in cells
    ]
    last = endings if endings is not None else [""] * len(table)
    for *first, values, ending in zip(*opening, zip(*known, strict=True), last, strict=True):
        inner = "".join(values)
        yield f"{start.format(*first)}{wrap[0]}{inner}{wrap[1]}{ending}</{tag}>\n"


def _looks(table: pd.DataFrame) -> Iterator[str]:
    for role, size, place in zip(table["role"], table["size"], _positions(table), strict=True):
        r, g, b = _COLOURS.get(role, _NO_COLOUR)
        yield f'<viz:color r="{r}" g="{g}" b="{b}"/><viz:size value="{size}"/>{place}'


def _positions(table: pd.DataFrame) -> list[str]:
    if "x" not in table:
        return [""] * len(table)
    places = zip(table["x"], table["y"], strict=True)
    return [f'<viz:position x="{x}" y="{y}" z="0.0"/>' for x, y in places]


def _coded(table: pd.DataFrame, ties: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make ids fit for XML, still unique, and number the edges."""
    legal = table["account"].map(lambda name: _ILLEGAL.sub("", name)).astype("str")
    twice = legal.duplicated(keep=False)
    legal = legal.where(~twice, legal + "~" + legal.index.astype("str"))
    names = dict(zip(table["account"], legal, strict=True))
    ends = {end: ties[end].map(names) for end in ("source", "target")}
    order = ["source", "target", "weight", "kind", "first", "last"]
    numbered = ties.assign(**ends)[order]
    numbered.insert(0, "id", np.arange(len(ties)))
    return table.assign(account=legal), numbered


def _texts(column: pd.Series) -> list[str]:
    """Cells as they may stand in XML; empty where nothing is known."""
    if pd.api.types.is_float_dtype(column.dtype):
        return [repr(x) for x in column.tolist()]
    if pd.api.types.is_integer_dtype(column.dtype):
        return ["" if x is pd.NA else str(x) for x in column.tolist()]
    codes, known = pd.factorize(column)  # ids repeat: each is made safe once
    safe = [_ILLEGAL.sub("", str(x)).translate(_ESCAPES) for x in known]
    return [*np.array([*safe, ""], dtype=object)[codes]]


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def as_records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows as plain dictionaries, without the cells that hold nothing."""
    for row in table.to_dict("records"):
        yield {str(name): value for name, value in row.items() if not pd.isna(value)}
