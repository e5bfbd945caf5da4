"""How the pages of an atlas are linked, and what each says of an account or community it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from kznet.report.atlas.plan import Plan
from kznet.report.atlas.world import World
from kznet.report.drawing import signs
from kznet.report.markup import clean
from kznet.report.profiles import role_of
from kznet.report.slugs import slug


@dataclass(frozen=True, eq=False)
class Site:
    """The pages there are, seen from one of them.

    Attributes
    ----------
    dossiers
        Where each dossier lies in the folder of the case, by account.
    on_map
        Accounts that the network page shows.
    deep
        Whether the page that links lies among those of accounts.
    """

    world: World
    plan: Plan
    dossiers: Mapping[str, str] = field(default_factory=dict)
    on_map: frozenset[str] = frozenset()
    deep: bool = False

    @property
    def root(self) -> str:
        """Way from the page to the folder of the case."""
        return "../../" if self.deep else "../"

    @cached_property
    def inside(self) -> "Site":
        """The same, seen from an account's page."""
        return replace(self, deep=True)

    def link(self, position: int) -> str:
        """Way to the page of an account, or an empty text."""
        if position not in self._paged:
            return ""
        return ("" if self.deep else "accounts/") + self.file(position)

    def file(self, position: int) -> str:
        """File name of an account's page."""
        return f"{slug(self._id(position))}.html"

    def community_link(self, block: int) -> str:
        """Way to the page of a community, or an empty text."""
        if block not in self._drawn:
            return ""
        return ("../" if self.deep else "") + self.community_file(block)

    def community_file(self, block: int) -> str:
        """File name of a community's page."""
        return f"community-{self.world.blocks.numbers[block]}.html"

    def dossier_link(self, position: int) -> str:
        """Way to the dossier of an account, or an empty text."""
        place = self.dossiers.get(self._id(position))
        return f"{self.root}{place}" if place else ""

    def map_link(self, position: int) -> str:
        """The account whose page this is, as the map's address names it, or an empty text."""
        account = self._id(position)
        return account if account in self.on_map else ""

    def account(self, position: int) -> dict[str, Any]:
        """An account as pages list it."""
        world, block = self.world, int(self.world.blocks.group[position])
        confidence = world.cell("confidence", position)
        return {
            "name": world.name(position),
            "handle": clean(world.cell("handle", position)),
            "role": role_of(world.cell("role", position)) or "unknown",
            "community": self.community(block) if block >= 0 else None,
            "confidence": None if pd.isna(confidence) else float(confidence),
            "status": world.status(position),
            "reach": float(world.blocks.reach[position]),
            "href": self.link(position),
            "dossier": self.dossier_link(position),
            "map": self.map_link(position),
        }

    def marks(self, positions: np.ndarray, *, own: int = -1) -> pd.DataFrame:
        """Accounts as a drawing shows them: hubs with a ring, and so the one whose page it is."""
        world, chosen = self.world, positions.tolist()
        names = [world.name(at) for at in chosen]
        drawn = signs(names, [role_of(world.cell("role", at)) for at in chosen])
        return drawn.assign(
            marked=[at == own or world.status(at) == "hub" for at in chosen],
            href=["" if at == own else self.link(at) for at in chosen],
        )

    def community(self, block: int) -> dict[str, Any]:
        """A community as pages name it."""
        number = int(self.world.blocks.numbers[block])
        label = self._labels.get(number, "")
        return {"number": number, "label": label, "href": self.community_link(block)}

    def _id(self, position: int) -> str:
        return str(self.world.cell("account", position))

    @cached_property
    def _paged(self) -> frozenset[int]:
        return frozenset(self.plan.accounts.tolist())

    @cached_property
    def _drawn(self) -> frozenset[int]:
        return frozenset(self.plan.blocks.tolist())

    @cached_property
    def _labels(self) -> Mapping[int, str]:
        table = self.world.analysis.communities
        if "label" not in table:
            return {}
        return dict(zip(table["community"].astype(int), map(clean, table["label"]), strict=True))
