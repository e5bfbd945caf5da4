"""What the pages of an atlas draw on: tables and sparse matrices, arranged once for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array

from kznet.analysis import Analysis
from kznet.report.atlas.blocks import Blocks, blocks
from kznet.report.profiles import display_name, listed, offered, profiles


@dataclass(frozen=True, eq=False)
class World:
    """An analysis, arranged so that one account or community is looked up without a search.

    Attributes
    ----------
    blocks
        The communities as nodes.
    known
        One row an account, in the order of the network: see `profiles`.
    incoming
        By kind, the ties column by column: whom each account is followed or reposted by.
    hubs
        Rows of the hub table by position in the network, with `row`, their place in the table,
        and whether the report lists them.
    levels
        Values of each offered measure, ascending: a rank is a place in them.
    """

    analysis: Analysis
    blocks: Blocks
    known: pd.DataFrame
    incoming: Mapping[str, csc_array]
    hubs: Mapping[int, Mapping[str, object]]
    measures: pd.DataFrame
    levels: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.known)

    @property
    def layers(self) -> Mapping[str, csr_array]:
        """The ties of each kind, row by row: whom each account follows or reposts."""
        return self.analysis.network.layers

    def cell(self, column: str, position: int) -> Any:
        """What is known of an account, by column of `known`."""
        return self._columns[column][position]

    def name(self, position: int) -> str:
        """What to call an account."""
        name, handle, account = (
            self.cell(column, position) for column in ("name", "handle", "account")
        )
        return display_name(name, handle, str(account))

    def figures(self, position: int) -> dict[str, float]:
        """Values of the measures of an account, and the bounds of its ranks, by column."""
        return dict(zip(self.measures.columns, self._figures[position].tolist(), strict=True))

    def status(self, position: int) -> str:
        """What became of an account's tests."""
        return str(self.hubs.get(position, {}).get("status", "unlisted"))

    def rank(self, measure: str, value: float) -> int:
        """Place of a value among all accounts, the largest first; equal ones share the better."""
        levels = self.levels[measure]
        return int(len(levels) - np.searchsorted(levels, value, side="right") + 1)

    @cached_property
    def summaries(self) -> Mapping[int, Mapping[str, Any]]:
        """Rows of the table of communities, by number."""
        rows = self.analysis.communities.to_dict("records")
        return {
            int(row["community"]): {str(key): value for key, value in row.items()} for row in rows
        }

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        return {str(name): column.to_numpy(dtype=object) for name, column in self.known.items()}

    @cached_property
    def _figures(self) -> np.ndarray:
        return self.measures.to_numpy(dtype=np.float64)


def world(analysis: Analysis) -> World:
    """Arrange an analysis for its atlas; O(n log n + m)."""
    accounts = analysis.network.accounts
    measures = _measures(analysis)
    levels = {str(name): np.sort(column.dropna().to_numpy()) for name, column in measures.items()}
    incoming = {kind: csc_array(layer) for kind, layer in analysis.network.layers.items()}
    known = profiles(analysis, accounts)
    return World(analysis, blocks(analysis), known, incoming, _hubs(analysis), measures, levels)


def _measures(analysis: Analysis) -> pd.DataFrame:
    table, accounts = analysis.centrality, analysis.network.accounts
    names = ["_".join(pair) for pair in offered(analysis)]
    bounds = [f"{name}_rank_{end}" for name in names for end in ("low", "high")]
    columns = [name for name in [*names, *bounds] if name in table]
    rows = table[columns].astype("float64")
    if pd.Index(table["account"]).equals(accounts):
        return rows
    return rows.set_axis(pd.Index(table["account"])).reindex(accounts).reset_index(drop=True)


def _hubs(analysis: Analysis) -> dict[int, Mapping[str, object]]:
    table = analysis.hubs
    position = analysis.network.accounts.get_indexer(pd.Index(table["account"]))
    rows = table.assign(row=np.arange(len(table)), listed=listed(table)).to_dict("records")
    return {
        int(at): {str(key): value for key, value in row.items()}
        for at, row in zip(position, rows, strict=True)
        if at >= 0
    }
