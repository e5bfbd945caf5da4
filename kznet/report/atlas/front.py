"""The atlas's first page: communities as discs, joined by their ties; or the widest reach."""

from typing import Any, Final

import numpy as np
from markupsafe import Markup, escape

from kznet.report.atlas.community import MOST, drawn, figures
from kznet.report.atlas.site import Site
from kznet.report.drawing import text_width
from kznet.report.map.packing import pack
from kznet.report.profiles import clear

WIDE: Final = 960.0
_LEAST_RADIUS: Final = 0.16
_GAP: Final = 0.3
_NAME: Final = 13.0
_SHORTEST: Final = 9
_SMALL: Final = 24.0
_MARGIN: Final = 10.0
_KEPT: Final = 3
_COLOURS: Final = 7
_THICKEST: Final = 16.0
_LISTED: Final = 25
_FIRST: Final = 3


def front_data(site: Site) -> dict[str, Any]:
    """What the first page shows, in no language."""
    world, plan = site.world, site.plan
    widest = np.lexsort([np.arange(len(world)), -world.blocks.reach])
    pages = [site.account(int(at)) for at in plan.accounts]
    picture = _picture(site) if len(plan.blocks) else drawn(site, widest[:MOST])
    return {
        "picture": picture,
        "drawing": picture["drawing"],
        "accounts": len(world),
        "clear": clear(world.analysis),
        "communities": [_row(site, block) for block in plan.blocks.tolist()],
        "more": plan.communities - len(plan.blocks),
        "small": plan.small,
        "outside": int((world.blocks.group < 0).sum()),
        "pages": [[row["name"], row["handle"], row["href"]] for row in pages],
        "called": sum(row["status"] == "hub" for row in pages),
        "others": sum(row["status"] in ("not called", "not testable") for row in pages),
        "rows": [site.account(int(at)) for at in widest[:_LISTED]],
    }


def _row(site: Site, block: int) -> dict[str, Any]:
    first = [site.account(int(at)) for at in site.world.blocks.members(block)[:_FIRST]]
    return {**site.community(block), **figures(site, block), "first": first}


def _picture(site: Site) -> dict[str, Any]:
    """Discs with their ties below them, in a box of their own height."""
    blocks = site.plan.blocks
    size = site.world.blocks.accounts[blocks].astype(np.float64)
    radii = np.maximum(np.sqrt(size / size.max()), _LEAST_RADIUS)
    links = site.world.blocks.weight[blocks][:, blocks].toarray()
    links = links + links.T
    np.fill_diagonal(links, 0.0)
    centres = pack(radii, np.log1p(links), gap=_GAP * float(radii.mean()))
    low, high = (centres - radii[:, None]).min(axis=0), (centres + radii[:, None]).max(axis=0)
    scale = (WIDE - 2 * _MARGIN) / max(high[0] - low[0], 2 * (high[1] - low[1]), 1e-9)
    wide = (high[0] - low[0]) * scale
    offset = np.array([(WIDE - wide) / 2, _MARGIN])
    centres, radii = (centres - low) * scale + offset, radii * scale
    tall = float((high[1] - low[1]) * scale + 2 * _MARGIN)
    lines, discs = _lines(site, centres, links), _discs(site, centres, radii)
    inner = Markup(f'<g class="ties">{lines}</g><g class="marks">{discs}</g>')  # noqa: S704  # numbers, and text that is escaped
    return {"drawing": inner, "wide": WIDE, "tall": round(tall), "shown": len(blocks)}


def _lines(site: Site, centres: np.ndarray, links: np.ndarray) -> str:
    """Each community's strongest ties, thick as they are heavy."""
    rank = np.argsort(np.argsort(-links, axis=1, kind="stable"), axis=1)
    kept = np.triu((rank < _KEPT) | (rank < _KEPT).T, k=1) & (links > 0)
    source, target = np.nonzero(kept)
    width = np.maximum(_THICKEST * np.sqrt(links / max(links.max(), 1e-9)), 1.0).round(1)
    at = centres.round().astype(np.int64).tolist()
    return "".join(
        f'<path class="tie" stroke-width="{width[i, j]}" '
        f'd="M{at[i][0]} {at[i][1]}L{at[j][0]} {at[j][1]}"/>'
        for i, j in zip(source.tolist(), target.tolist(), strict=True)
    )


def _discs(site: Site, centres: np.ndarray, radii: np.ndarray) -> str:
    return "".join(
        _disc(site, int(block), place, x=round(x), y=round(y), radius=radius)
        for place, (block, (x, y), radius) in enumerate(
            zip(site.plan.blocks, centres.tolist(), radii.tolist(), strict=True)
        )
    )


def _disc(site: Site, block: int, place: int, *, x: int, y: int, radius: float) -> str:
    """A disc with its number, and the name of its first account where there is room."""
    known = site.community(block)
    colour = f"community-{place + 1}" if place < _COLOURS else "community-other"
    first = _fitting(site.world.name(int(site.world.blocks.members(block)[0])), 1.7 * radius)
    size = min(max(radius * 0.62, 11.0), 34.0)
    small = ' class="small"' if size < _SMALL else ""
    line = y + (0.1 if first else 0.36) * size
    return (
        f'<a href="{escape(known["href"])}" style="--own:var(--{colour})">'
        f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" class="disc"/>'
        f'<text x="{x}" y="{line:.1f}" font-size="{size:.1f}"{small}>{known["number"]}</text>'
        + (f'<text x="{x}" y="{line + 1.5 * _NAME:.1f}" class="first">{first}</text>' * bool(first))
        + "</a>"
    )


def _fitting(name: str, room: float) -> Markup:
    """A name, cut to the room there is; none where little of it would be left, or a pseudonym."""
    cut = name
    while len(cut) > _SHORTEST and text_width(f"{cut}…", _NAME) > room:
        cut = cut[:-1]
    told = cut if cut == name else f"{cut.rstrip()}…"
    fits = not name.startswith("~") and text_width(told, _NAME) <= room
    return escape(told if fits else "")
