"""network.html: the map of accounts and ties, one offline file around pyvis and vis-network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

import kznet
from kznet.analysis import Analysis
from kznet.report import profiles
from kznet.report.ego import ego
from kznet.report.map.layout import Layout, packed, sizes
from kznet.report.map.payload import kinds, payload
from kznet.report.map.selection import Selection, select
from kznet.report.markup import environment, inert, json_block, policy, scripts
from kznet.report.shapes import SHAPES
from kznet.report.texts import Texts
from kznet.report.view import View, members, within
from kznet.report.words import part_words, privacy_words

if TYPE_CHECKING:
    from pyvis.network import Network as Picture

_SCRIPTS: Final = (
    "base", "numbers", "marks", "view", "time", "sliders", "ramp", "scene", "ties", "labels",
    "focus", "legend", "search", "card", "lists", "link", "svg", "pointer", "keys", "main",
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


@dataclass(frozen=True, eq=False)
class Scene:
    """What the page shows and where it stands, whatever the language.

    Attributes
    ----------
    analysis
        What was found, with the ties of the days that are shown.
    view, selection
        What was asked for, and the accounts and ties chosen.
    shown
        One row an account: what is known of it.
    layout, radii
        Where each stands, and how large it is drawn.
    """

    analysis: Analysis
    view: View
    selection: Selection
    shown: pd.DataFrame
    layout: Layout
    radii: np.ndarray


def scene(analysis: Analysis, view: View) -> Scene:
    """Choose the accounts that a view shows, and place them."""
    part = within(analysis, view)
    selection = _selection(part, view)
    accounts = part.network.accounts[selection.positions]
    shown = profiles.profiles(part, accounts)
    measure = profiles.default_measure(part)
    known = profiles.values(part, measure, accounts)[0].fillna(0.0) if measure else None
    radii = sizes(selection.audience if known is None else known.to_numpy())
    groups = shown["community"].fillna(-1).to_numpy(dtype=np.int64)
    layout = packed(selection.ties, groups, radii=radii, seed=part.seed)
    return Scene(part, view, selection, shown, layout, radii)


def _selection(part: Analysis, view: View) -> Selection:
    if view.around is not None:
        near = ego(part.network, view.around, most=view.top).positions
        return select(part, top=view.top, pool=np.sort(near), centre=int(near[0]))
    pool = None if view.community is None else members(part, view.community)
    return select(part, top=view.top, pool=pool)


def network_page(scene: Scene, *, texts: Texts, dossiers: Mapping[str, str]) -> str:
    """Return the page as text; accounts in `dossiers` are linked to what stands there."""
    picture = _picture(scene)
    data = payload(
        scene.analysis,
        scene.shown,
        selection=scene.selection,
        layout=scene.layout,
        texts=texts,
        dossiers=dossiers,
    )
    return _rendered(picture, {"data": data, **_counts(scene, texts)}, texts)


def _picture(scene: Scene) -> "Picture":
    """Fill pyvis directly: its own methods for adding are quadratic, and refuse numpy's numbers."""
    from pyvis.network import Network as Picture

    picture = Picture(directed=True, cdn_resources="in_line")
    shapes = [SHAPES.get(profiles.role_of(role), "dot") for role in scene.shown["role"]]
    xy, radii = scene.layout.xy.round(1), scene.radii.round(1)
    places = zip(*xy.T.tolist(), radii.tolist(), shapes, strict=True)
    picture.nodes = [
        {"id": i, "x": x, "y": y, "size": size, "shape": shape}
        for i, (x, y, size, shape) in enumerate(places)
    ]
    picture.node_ids = [node["id"] for node in picture.nodes]
    picture.node_map = {node["id"]: node for node in picture.nodes}
    ties, order = scene.selection.ties, kinds(scene.selection)
    picture.edges = [
        {"from": source, "to": target, "kind": order.index(kind), "weight": round(weight, 2)}
        for source, target, kind, weight in ties[["source", "target", "kind", "weight"]].itertuples(
            index=False
        )
    ]
    picture.options = dict(_OPTIONS)
    return picture


def _counts(scene: Scene, texts: Texts) -> dict[str, Any]:
    analysis, selection = scene.analysis, scene.selection
    return {
        "accounts": len(analysis.network),
        "shown": len(selection),
        "drawn": len(selection.ties),
        "among": selection.among,
        "strongest": selection.strongest,
        "invented": profiles.invented(analysis),
        "part": part_words(analysis, scene.view, texts),
        "clear": profiles.clear(analysis),
        "privacy": privacy_words(analysis, texts),
        "version": kznet.__version__,
    }


def _rendered(picture: "Picture", values: Mapping[str, Any], texts: Texts) -> str:
    code = scripts("spoken.js", "skeleton.js", *(f"network/{name}.js" for name in _SCRIPTS))
    code["library"] = inert(_library())
    pages = environment(texts)
    pages.filters.update({"columns": _columns, "parsed": json.loads, "json": json_block})
    pages.globals.update({**values, "scripts": code, "policy": policy([*code.values()])})
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
