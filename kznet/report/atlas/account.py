"""An account's page: where it stands, how it is tied, and who stands around it."""

from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.report.atlas.near import Side, incoming, outgoing, strongest
from kznet.report.atlas.picture import NAMES, ROUNDS, key, sizes_of
from kznet.report.atlas.site import Site
from kznet.report.drawing import picture, places
from kznet.report.ego import worth_a_name
from kznet.report.near import among, pairs
from kznet.report.profiles import offered
from kznet.report.texts import or_none

MOST: Final = 70
MOST_TIES: Final = 170
_LISTED: Final = 8
_EACH: Final = "in_strength"


def account_data(site: Site, position: int) -> dict[str, Any]:
    """What the page of an account shows, in no language."""
    world = site.world
    into, out = incoming(world, position), outgoing(world, position)
    return {
        **site.account(position),
        "id": str(world.known["account"].iloc[position]),
        "total": len(world),
        "hub": _hub(site, position),
        "measures": _measures(site, position),
        "sides": [_side(site, name, ties) for name, ties in (("in", into), ("out", out))],
        **_surroundings(site, position, into, out),
    }


def _hub(site: Site, position: int) -> dict[str, Any] | None:
    """Its row of the hub table: reach with its bounds, q, and why it was called or not."""
    row = site.world.hubs.get(position)
    if row is None:
        return None
    numbers = ("rank", "q", "exposure", "exposure_low", "exposure_high", "effect")
    known = {name: or_none(row.get(name)) for name in numbers}
    place = row["row"] if row["listed"] else None
    return {**known, "tier": or_none(row.get("tier")), "reason": row.get("reason"), "row": place}


def _measures(site: Site, position: int) -> list[dict[str, Any]]:
    """Measures of the widest layer, and the audience in each, with their ranks and bounds."""
    row = site.world.figures(position)
    found = []
    pairs = offered(site.world.analysis)
    for layer, measure in (each for each in pairs if each[0] == pairs[0][0] or each[1] == _EACH):
        key = f"{layer}_{measure}"
        if pd.notna(row[key]):
            bounds = [or_none(row.get(f"{key}_rank_{end}")) for end in ("low", "high")]
            known = {"value": row[key], "rank": site.world.rank(key, row[key])}
            found.append({"layer": layer, "measure": measure, **known, "bounds": bounds})
    return found


def _side(site: Site, name: str, side: Side) -> dict[str, Any]:
    """The strongest ties in one direction, and how many there are."""
    others, weights = strongest(site.world.blocks.reach, side)
    rows = [
        {**site.account(other), "weight": weight, "kinds": _kinds(side, other)}
        for other, weight in zip(others[:_LISTED].tolist(), weights[:_LISTED].tolist(), strict=True)
    ]
    present = {kind for row in rows for kind in row["kinds"]}
    kinds = [kind for kind in side.kinds if kind in present]
    return {"side": name, "rows": rows, "kinds": kinds, "accounts": len(others)}


def _kinds(side: Side, other: int) -> dict[str, float]:
    at = np.flatnonzero(side.account == other)
    return {side.kinds[side.kind[i]]: float(side.weight[i]) for i in at}


def _surroundings(site: Site, position: int, *sides: Side) -> dict[str, Any]:
    """The account with its nearest, drawn with it in the middle."""
    world = site.world
    nearest, _ = strongest(world.blocks.reach, *sides)
    chosen = np.concatenate([[position], nearest[: MOST - 1]])
    found = pairs(among(world.layers, chosen), len(chosen))
    drawn = found.head(MOST_TIES)
    radii = sizes_of(world.blocks.reach[chosen])
    xy = places(drawn, radii, seed=world.analysis.seed, rounds=ROUNDS)
    rows = site.marks(chosen, own=position)
    return {
        "key": key(rows, drawn),
        "drawing": picture(
            rows, drawn, xy=xy, radii=radii, order=worth_a_name(rows, radii)[:NAMES]
        ),
        "neighbours": len(nearest),
        "shown": len(chosen) - 1,
        "among": len(found),
        "drawn": len(drawn),
    }
