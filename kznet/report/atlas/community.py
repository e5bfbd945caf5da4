"""A community's page: who is in it, how it is drawn together, and what it is tied with."""

from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.report.atlas.near import among, pairs
from kznet.report.atlas.picture import NAMES, key, places, sizes_of
from kznet.report.atlas.site import Site
from kznet.report.drawing import marks, picture
from kznet.report.map.selection import backbone
from kznet.schema import ROLES

MOST: Final = 150
MOST_TIES: Final = 360
_LISTED: Final = 25
_NEIGHBOURS: Final = 15


def community_data(site: Site, block: int) -> dict[str, Any]:
    """What the page of a community shows, in no language."""
    blocks = site.world.blocks
    members = blocks.members(block)
    return {
        **site.community(block),
        **figures(site, block),
        "rows": [site.account(int(at)) for at in members[:_LISTED]],
        "more": max(len(members) - _LISTED, 0),
        "neighbours": neighbours(site, block)[:_NEIGHBOURS],
        **drawn(site, members[:MOST]),
    }


def figures(site: Site, block: int) -> dict[str, Any]:
    """Its size, how sure it is, its roles, and its ties inside and across its border."""
    blocks = site.world.blocks
    inner = float(blocks.ties[block, block])
    out = float(blocks.ties[[block]].sum()) - inner
    into = float(blocks.into[block]) - inner
    row = _row(site, int(blocks.numbers[block]))
    shares = {role: _number(row.get(f"{role}_share")) or 0.0 for role in ROLES}
    known = sum(shares.values())
    return {
        "accounts": int(blocks.accounts[block]),
        "confidence": _number(row.get("confidence")),
        "density": _number(row.get("internal_density")),
        "known": known,
        "shares": [(role, share / known) for role, share in shares.items() if share],
        "inner": inner,
        "out": out,
        "into": into,
        "all": inner + out + into,
    }


def neighbours(site: Site, block: int) -> list[dict[str, Any]]:
    """Communities with a page that it is tied with, the most tied first."""
    blocks, paged = site.world.blocks, site.plan.blocks
    out = blocks.weight[[block]].toarray().ravel()[paged]
    into = blocks.weight[paged][:, [block]].toarray().ravel()
    order = np.lexsort([paged, -(out + into)])
    return [
        {**site.community(int(paged[at])), "out": float(out[at]), "into": float(into[at])}
        for at in order
        if paged[at] != block and out[at] + into[at] > 0
    ]


def drawn(site: Site, chosen: np.ndarray) -> dict[str, Any]:
    """These accounts and the backbone of their ties, as a drawing."""
    world = site.world
    ties = among(world, chosen)
    reach = world.blocks.reach[chosen]
    kept = pairs(backbone(ties, reach, MOST_TIES)[0], len(chosen))
    radii = sizes_of(reach)
    xy = places(kept, radii, seed=world.analysis.seed)
    rows = marks(world.known.iloc[chosen]).assign(href=[site.link(int(at)) for at in chosen])
    rows = rows.assign(marked=[world.status(int(at)) == "hub" for at in chosen])
    order = _worth_a_name(rows, radii)
    return {
        "key": key(rows, kept),
        "drawing": picture(rows, kept, xy=xy, radii=radii, order=order),
        "shown": len(chosen),
        "drawn": len(kept),
        "among": len(pairs(ties, len(chosen))),
    }


def _worth_a_name(rows: pd.DataFrame, radii: np.ndarray) -> list[int]:
    """Hubs with signals first, then those with a name, by size; pseudonyms only if all are."""
    named = ~rows["label"].str.startswith("~").to_numpy(dtype=bool)
    marked = rows["marked"].to_numpy(dtype=bool)
    order = np.lexsort([-radii, ~marked])
    worth = named | marked
    chosen: list[int] = order[worth[order] | ~worth.any()].tolist()
    return chosen[:NAMES]


def _row(site: Site, number: int) -> dict[str, Any]:
    table = site.world.analysis.communities
    rows = table[table["community"] == number].to_dict("records")
    return {str(key): value for key, value in rows[0].items()} if rows else {}


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
