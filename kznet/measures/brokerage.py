"""Positions within and between groups."""

import numpy as np
from scipy.sparse import csr_array

from kznet.engines.graph import graph_engine
from kznet.measures.once import once
from kznet.measures.registry import measure
from kznet.network import Network

_WORK = 5e8


@measure()
def clustering(net: Network) -> np.ndarray:
    """Share of an account's neighbour pairs that are tied with each other.

    On the undirected network.

    Returns
    -------
    array of float, shape (n,)
        0 to 1; 0 below two neighbours.

    References
    ----------
    Watts and Strogatz (1998), https://doi.org/10.1038/30918
    """
    return _clustering(net).copy()


@measure()
def constraint(net: Network) -> np.ndarray:
    """How far an account's contacts are tied with each other, so that it brokers little.

    On the undirected weighted network.

    Returns
    -------
    array of float, shape (n,)
        Low is a broker; missing for isolates, and for all where the squared degrees sum to
        more than 5e8.

    References
    ----------
    Burt (1992), ISBN 978-0-674-84371-4
    """
    degree = np.diff(net.undirected.indptr).astype(np.float64)
    if (degree**2).sum() > _WORK:
        return np.full(len(net), np.nan)
    return graph_engine(net.engine).constraint(csr_array(net.total + net.total.T))


@measure()
def effective_size(net: Network) -> np.ndarray:
    """Contacts of an account less their redundancy (their mean ties with each other).

    On the undirected unweighted network.

    Returns
    -------
    array of float, shape (n,)
        0 to the number of contacts; high is a broker.

    References
    ----------
    Burt (1992), ISBN 978-0-674-84371-4; Borgatti (1997), Connections 20(1), 35-38
    """
    degree = np.diff(net.undirected.indptr).astype(np.float64)
    redundant: np.ndarray = np.maximum(degree - 1, 0) * _clustering(net)
    result: np.ndarray = degree - redundant
    return result


@measure(needs="membership")
def within_community_z(net: Network, membership: np.ndarray) -> np.ndarray:
    """How many ties an account has inside its community, against the others there.

    Returns
    -------
    array of float, shape (n,)
        Standard deviations from the community's mean; missing outside communities and where
        all members have the same number.

    References
    ----------
    Guimerà and Amaral (2005), https://doi.org/10.1038/nature03288
    """
    towards = _towards(net, membership)
    inside = np.zeros(len(net))
    known = np.flatnonzero(membership >= 0)
    inside[known] = towards[known, membership[known]]
    size = np.bincount(membership[known], minlength=towards.shape[1])
    mean = np.bincount(membership[known], inside[known], towards.shape[1]) / np.maximum(size, 1)
    square = np.bincount(membership[known], inside[known] ** 2, towards.shape[1])
    spread = np.sqrt(np.maximum(square / np.maximum(size, 1) - mean**2, 0.0))
    spread[spread < 1e-9] = np.nan
    result = np.full(len(net), np.nan)
    result[known] = (inside[known] - mean[membership[known]]) / spread[membership[known]]
    return result


@measure(needs="membership")
def participation(net: Network, membership: np.ndarray) -> np.ndarray:
    """How evenly an account's ties are spread over the communities.

    Returns
    -------
    array of float, shape (n,)
        0 (all in one) to just below 1; missing without ties to communities.

    References
    ----------
    Guimerà and Amaral (2005), https://doi.org/10.1038/nature03288
    """
    towards = _towards(net, membership)
    total = towards.sum(axis=1)
    square = (towards**2).sum(axis=1)
    share = np.divide(square, total**2, out=np.full(len(net), np.nan), where=total > 0)
    result: np.ndarray = 1.0 - share
    return result


@measure(needs="membership")
def brokerage(net: Network, membership: np.ndarray) -> np.ndarray:
    """Chains A → account → B whose two ends are in different communities.

    Every such chain counts, whether or not A and B are tied themselves.

    Returns
    -------
    array of float, shape (n,)
        Whole numbers, at least 0; high is a go-between.

    References
    ----------
    Gould and Fernandez (1989), https://doi.org/10.2307/270949
    """
    pattern = net.total.astype(np.float64)
    pattern.data[:] = 1.0
    groups = _indicator(membership)
    into = csr_array(pattern.T @ groups)
    out = csr_array(pattern @ groups)
    chains = np.asarray(into.sum(axis=1)) * np.asarray(out.sum(axis=1))
    result: np.ndarray = chains - np.asarray(into.multiply(out).sum(axis=1))
    return result


@once
def _clustering(net: Network) -> np.ndarray:
    return graph_engine(net.engine).clustering(net.undirected)


def _indicator(membership: np.ndarray) -> csr_array:
    known = np.flatnonzero(membership >= 0)
    width = int(membership.max(initial=0)) + 1
    shape = (len(membership), width)
    return csr_array((np.ones(len(known)), (known, membership[known])), shape=shape)


def _towards(net: Network, membership: np.ndarray) -> np.ndarray:
    """Neighbours of each account in each community, shape (n, communities)."""
    result: np.ndarray = (net.undirected @ _indicator(membership)).toarray()
    return result
