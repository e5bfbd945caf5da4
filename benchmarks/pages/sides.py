"""The same accounts and ties as a page: by kznet, and by pyvis as it comes."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyvis.network import Network as Picture

from kznet.analysis import Analysis
from kznet.report.map.page import network_page, scene
from kznet.report.texts import languages, read_texts
from kznet.report.view import View
from kznet.report.woven import woven


@dataclass(frozen=True)
class Side:
    """A page, how it hides the accounts of one role, and what is drawn on it.

    Attributes
    ----------
    filtering
        JavaScript that does what a click on the filter does.
    marks
        Accounts on the page; the first drawing is complete when as many shapes are filled.
    """

    name: str
    path: Path
    filtering: str
    marks: int


def map_page(analysis: Analysis, *, top: int) -> str:
    """The network page alone, in all languages, without dossiers to link to."""
    seen = scene(analysis, View(top=top))
    spoken = {lang: read_texts(lang) for lang in languages()}
    made = {lang: network_page(seen, dossiers={}, texts=texts) for lang, texts in spoken.items()}
    return woven(made)


def sides(analysis: Analysis, folder: Path, *, top: int) -> dict[str, Side]:
    """Write the page of each side for the first `top` accounts."""
    path = folder / "network.html"
    path.write_text(map_page(analysis, top=top), encoding="utf-8")
    graph, data = _block(path, "kznet-graph"), _block(path, "kznet-data")
    n = len(graph["nodes"]["id"])
    own = Side("kznet", path, OWN_FILTER, n)
    found = {"kznet": own}
    for name, change in STOCK.items():
        stock = folder / f"{name}.html"
        picture = Picture(directed=True, cdn_resources="in_line", height="840px", filter_menu=True)
        _fill(picture, graph, data)
        change(picture)
        stock.write_text(picture.generate_html(), encoding="utf-8")
        found[name] = Side(name, stock, STOCK_FILTER, n)
    return found


def _fill(picture: Picture, graph: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Give pyvis what kznet's page holds, by its own methods for adding."""
    nodes, edges = graph["nodes"], graph["edges"]
    names, roles = data["accounts"]["name"], data["accounts"]["role"]
    for i, x, y, size in zip(nodes["id"], nodes["x"], nodes["y"], nodes["size"], strict=True):
        role = roles[i] or "unknown"
        title = f"{names[i]}, {role}"
        picture.add_node(i, names[i], title=title, group=role, x=x, y=y, size=size)
    for source, target, weight in zip(edges["from"], edges["to"], edges["weight"], strict=True):
        picture.add_edge(source, target, value=weight)


def _block(path: Path, name: str) -> Any:
    found = re.search(rf'id="{name}">(.*?)</script>', path.read_text("utf-8"), flags=re.DOTALL)
    if found is None:
        message = f"{path.name}: no block {name!r}"
        raise LookupError(message)
    return json.loads(found[1])


def _placed(picture: Picture) -> None:
    picture.toggle_physics(False)


def _free(picture: Picture) -> None:
    """As it comes: places are found in the browser, from where accounts happen to start."""
    for node in picture.nodes:
        del node["x"], node["y"]


STOCK: Final[Mapping[str, Callable[[Picture], None]]] = {
    "pyvis, places given": _placed,
    "pyvis, physics": _free,
}
OWN_FILTER: Final = """() => document.querySelector('[data-filter="role"]').click()"""
STOCK_FILTER: Final = """() => {
  const role = nodes.get()[0].group;
  const others = [...new Set(nodes.get().map(node => node.group))].filter(group => group !== role);
  highlightFilter({ item: "node", property: "group", value: others });
}"""
