"""Where a reader who follows ties at random ends up, and kindred fixed points."""

import numpy as np

from kznet.engines.graph import graph_engine
from kznet.measures.once import once
from kznet.measures.registry import measure
from kznet.network import Network


@measure()
def pagerank(net: Network) -> np.ndarray:
    """Attention that a reader gives who follows ties at random and sometimes starts anew.

    Damping .85; a reader at an account without ties out starts anew anywhere.

    Returns
    -------
    array of float, shape (n,)
        Sums to 1; high is central.

    References
    ----------
    Brin and Page (1998), https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    return graph_engine(net.engine).pagerank(net.total)


@measure()
def eigenvector(net: Network) -> np.ndarray:
    """Attention from accounts that are given attention themselves (leading eigenvector).

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; zero for all where there are no ties. In a network without cycles it
        gathers on the ends of the longest paths.

    References
    ----------
    Bonacich (1987), https://doi.org/10.1086/228631
    """
    return _leading(net)[0].copy()


@measure()
def katz(net: Network) -> np.ndarray:
    """Walks of any length that end at an account, long ones discounted.

    The discount is .85 over the leading eigenvalue (at most .85).

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; equal for all where there are no ties.

    References
    ----------
    Katz (1953), https://doi.org/10.1007/BF02289026
    """
    return graph_engine(net.engine).katz(net.total, largest=_leading(net)[1])


@measure()
def hits_authority(net: Network) -> np.ndarray:
    """Attention from accounts that attend to much-attended accounts (HITS authority).

    It gathers on the densest group of ties, so a high value may speak of one clique alone.

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; zero for all where there are no ties.

    References
    ----------
    Kleinberg (1999), https://doi.org/10.1145/324133.324140
    """
    return _hits(net)[0].copy()


@measure()
def hits_hub(net: Network) -> np.ndarray:
    """Attention that an account gives to much-attended accounts (HITS hub).

    The name is the algorithm's; it has nothing to do with the hub table.

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; zero for all where there are no ties.

    References
    ----------
    Kleinberg (1999), https://doi.org/10.1145/324133.324140
    """
    return _hits(net)[1].copy()


@once
def _leading(net: Network) -> tuple[np.ndarray, float]:
    return graph_engine(net.engine).eigenvector(net.total)


@once
def _hits(net: Network) -> tuple[np.ndarray, np.ndarray]:
    return graph_engine(net.engine).hits(net.total)
