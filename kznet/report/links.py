"""Where a page leads to: the map, the atlas and the dossiers, each named in this one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass(frozen=True)
class Links:
    """Addresses as a page writes them.

    Attributes
    ----------
    on_map
        Accounts that the map shows.
    dossiers
        Address of the dossier by account; empty where none are written.
    map, atlas
        Address of either; empty where there is none.
    """

    on_map: frozenset[str] = frozenset()
    dossiers: Mapping[str, str] = field(default_factory=dict)
    map: str = "network.html"
    atlas: str = ""

    def account(self, account: str) -> str:
        """Where the map shows an account; empty where it doesn't."""
        return f"{self.map}#account={quote(account, safe='')}" if account in self.on_map else ""

    def dossier(self, account: str) -> str:
        """Where an account's dossier is; empty where there is none."""
        return self.dossiers.get(account, "")
