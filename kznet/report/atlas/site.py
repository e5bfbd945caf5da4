"""How the pages of an atlas are linked, and what each says of an account it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kznet.report.atlas.plan import Plan
from kznet.report.atlas.world import World
from kznet.report.markup import clean


@dataclass(frozen=True, eq=False)
class Site:
    """The pages there are; `folder` is where the linking page lies, below the atlas.

    Attributes
    ----------
    dossiers, on_map
        Accounts that have a dossier, and accounts that the network page shows.
    """

    world: World
    plan: Plan
    folder: str = ""
    dossiers: frozenset[str] = frozenset()
    on_map: frozenset[str] = frozenset()
    _labels: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def paged(self) -> frozenset[int]:
        """Positions of the accounts that have a page."""
        return frozenset(self.plan.accounts.tolist())

    @cached_property
    def drawn(self) -> frozenset[int]:
        """Blocks that have a page."""
        return frozenset(self.plan.blocks.tolist())

    @cached_property
    def labels(self) -> Mapping[int, str]:
        """Label of each community, by number."""
        table = self.world.analysis.communities
        if "label" not in table:
            return {}
        return {int(c): clean(l) for c, l in zip(table["community"], table["label"], strict=True)}
