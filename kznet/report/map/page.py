"""network.html: the map of accounts and ties, one offline file around pyvis and vis-network."""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

import kznet
from kznet.analysis import Analysis
from kznet.report import profiles
from kznet.report.map.layout import Layout, packed, sizes
from kznet.report.map.payload import kinds, payload
from kznet.report.map.selection import Selection
from kznet.report.markup import environment, inert, json_block, policy, script
from kznet.report.texts import Texts
from kznet.report.words import privacy_words

if TYPE_CHECKING:
    from pyvis.network import Network as Picture

SHAPES: Final = {
    "politician": "star",
    "government": "square",
    "party": "hexagon",
    "opposition": "diamond",
    "media": "triangle",
    "blogger": "triangleDown",
}
_SCRIPTS: Final = (
    "base", "marks", "view", "time", "sliders", "ramp", "scene", "ties", "labels", "focus",
    "legend", "search", "card", "lists", "link", "svg", "pointer", "keys", "main",
)  # fmt: skip
_OPTIONS: Final[Mapping[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,
        "selectConnectedEdges": False,
        "keyboard": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {"chosen": False},
}


def network_page(analysis: Analysis, *, texts: Texts, selection: Selection) -> str:
    """Return the page as text, with the accounts and ties that were selected."""
    shown = profiles.profiles(analysis, analysis.network.accounts[selection.positions])
    layout, radii = _layout(analysis, shown, selection, texts)
    picture = _picture(shown, selection, layout, radii)
    data = payload(analysis, shown, selection=selection, layout=layout, texts=texts)
    return _rendered(picture, {"data": data, **_counts(analysis, selection, texts)}, texts)


def _layout(
    analysis: Analysis, shown: pd.DataFrame, selection: Selection, texts: Texts
) -> tuple[Layout, np.ndarray]:
    measure = profiles.default_measure(profiles.measures(analysis, texts))
    accounts = pd.Index(shown["account"])
    known = profiles.values(analysis, measure, accounts)[0].fillna(0.0) if measure else None
    radii = sizes(selection.audience if known is None else known.to_numpy())
    groups = shown["community"].fillna(-1).to_numpy(dtype=np.int64)
    return packed(selection.ties, groups, radii=radii, seed=analysis.seed), radii


def _picture(
    shown: pd.DataFrame, selection: Selection, layout: Layout, radii: np.ndarray
) -> "Picture":
    """Fill pyvis directly: its own methods for adding are quadratic, and refuse numpy's numbers."""
    from pyvis.network import Network as Picture

    picture = Picture(directed=True, cdn_resources="in_line")
    shapes = [SHAPES.get(profiles.role_of(role), "dot") for role in shown["role"]]
    places = zip(*layout.xy.round(1).T.tolist(), radii.round(1).tolist(), shapes, strict=True)
    picture.nodes = [
        {"id": i, "x": x, "y": y, "size": size, "shape": shape}
        for i, (x, y, size, shape) in enumerate(places)
    ]
    picture.node_ids = [node["id"] for node in picture.nodes]
    picture.node_map = {node["id"]: node for node in picture.nodes}
    ties, order = selection.ties, kinds(selection)
    picture.edges = [
        {"from": source, "to": target, "kind": order.index(kind), "weight": round(weight, 2)}
        for source, target, kind, weight in ties[["source", "target", "kind", "weight"]].itertuples(
            index=False
        )
    ]
    picture.options = dict(_OPTIONS)
    return picture


def _counts(analysis: Analysis, selection: Selection, texts: Texts) -> dict[str, Any]:
    return {
        "accounts": len(analysis.network),
        "shown": len(selection),
        "drawn": len(selection.ties),
        "among": selection.among,
        "strongest": selection.strongest,
        "clear": profiles.clear(analysis),
        "privacy": privacy_words(analysis, texts),
        "version": kznet.__version__,
    }


def _rendered(picture: "Picture", values: Mapping[str, Any], texts: Texts) -> str:
    scripts = {
        "theme": script("theme.js"),
        "library": inert(_library()),
        "page": script(*(f"network/{name}.js" for name in _SCRIPTS)),
    }
    pages = environment(texts)
    pages.filters.update({"columns": _columns, "parsed": json.loads, "json": json_block})
    pages.globals.update({**values, "scripts": scripts, "policy": policy([*scripts.values()])})
    picture.templateEnv, picture.path = pages, "network.html"
    return str(picture.generate_html())


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows as columns: each name is written once."""
    names = rows[0] if rows else ("id", "x", "y", "size", "shape", "from", "to", "kind", "weight")
    return {name: [row[name] for row in rows] for name in names}


def _library() -> str:
    """The vis-network script of the installed pyvis."""
    folder = files("pyvis") / "templates" / "lib"
    return (folder / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
