"""A network seen from afar: each community as one node, and what runs between them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from kznet.analysis import Analysis
from kznet.network import Network
from kznet.report.map.selection import audience, communities_of
from kznet.report.profiles import clear


@dataclass(frozen=True, eq=False)
class Blocks:
    """Communities as nodes; block b is the community `numbers[b]`.

    Attributes
    ----------
    numbers
        Numbers of the communities, ascending, shape (k,).
    group
        Block of each account, -1 where none, shape (n,).
    accounts
        Number of accounts of each block, shape (k,).
    weight, ties
        Summed weight, and number, of the ties from block to block, those inside on the
        diagonal, shape (k, k).
    reach
        Summed weight of the ties into each account, shape (n,).
    """

    numbers: np.ndarray
    group: np.ndarray
    accounts: np.ndarray
    weight: csr_array
    ties: csr_array
    reach: np.ndarray

    @cached_property
    def order(self) -> np.ndarray:
        """Accounts by community and, within it, by reach; those of none come first."""
        return np.lexsort([np.arange(len(self.group)), -self.reach, self.group])

    @cached_property
    def into(self) -> np.ndarray:
        """Number of ties into each block, those inside it included, shape (k,)."""
        return np.asarray(self.ties.sum(axis=0)).ravel()

    def members(self, block: int) -> np.ndarray:
        """Positions of the accounts of a block, the widest reach first."""
        end = np.cumsum(self.accounts) + (len(self.group) - self.accounts.sum())
        return self.order[end[block] - self.accounts[block] : end[block]]


def blocks(analysis: Analysis) -> Blocks:
    """Sum a network by communities; without clear ones there are no blocks. O(n + m)."""
    net = analysis.network
    community = communities_of(analysis) if clear(analysis) else np.full(len(net), -1)
    known = np.unique(community[community >= 0])
    group = np.where(community >= 0, np.searchsorted(known, community), -1)
    sizes = np.bincount(group[group >= 0], minlength=len(known))
    member = _indicator(group, len(known))
    weight, ties = _summed(net, member)
    return Blocks(known, group, sizes, weight, ties, audience(net))


def _indicator(group: np.ndarray, k: int) -> csr_array:
    inside = group >= 0
    pointers = np.concatenate([[0], np.cumsum(inside)])
    shape = (len(group), k)
    return csr_array((np.ones(inside.sum()), group[inside], pointers), shape=shape)


def _summed(net: Network, member: csr_array) -> tuple[csr_array, csr_array]:
    weight = csr_array((member.shape[1], member.shape[1]))
    ties = weight.copy()
    for layer in net.layers.values():
        pattern = csr_array((np.ones(layer.nnz), layer.indices, layer.indptr), shape=layer.shape)
        weight = weight + member.T @ (layer @ member)
        ties = ties + member.T @ (pattern @ member)
    return csr_array(weight), csr_array(ties)
