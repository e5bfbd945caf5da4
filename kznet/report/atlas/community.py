"""A community's page: who is in it, how it is drawn together, and what it is tied with."""

from typing import Any, Final

import numpy as np

from kznet.report.atlas.picture import NAMES, ROUNDS, key, sizes_of
from kznet.report.atlas.site import Site
from kznet.report.drawing import picture, places
from kznet.report.ego import by_name
from kznet.report.map.selection import backbone
from kznet.report.near import among, pairs
from kznet.report.profiles import role_shares
from kznet.report.texts import or_none

MOST: Final = 120
MOST_TIES: Final = 320
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
    row = site.world.summaries.get(int(blocks.numbers[block]), {})
    shares, known = role_shares(row)
    return {
        "accounts": int(blocks.accounts[block]),
        "confidence": or_none(row.get("confidence")),
        "density": or_none(row.get("internal_density")),
        "known": known,
        "shares": shares,
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
    ties = among(world.layers, chosen)
    reach = world.blocks.reach[chosen]
    kept = pairs(backbone(ties, reach, MOST_TIES)[0], len(chosen))
    radii = sizes_of(reach)
    xy = places(kept, radii, seed=world.analysis.seed, rounds=ROUNDS)
    rows = site.marks(chosen)
    order = by_name(rows, radii)[:NAMES]
    return {
        "key": key(rows, kept),
        "drawing": picture(rows, kept, xy=xy, radii=radii, order=order),
        "shown": len(chosen),
        "drawn": len(kept),
        "among": len(pairs(ties, len(chosen))),
    }
