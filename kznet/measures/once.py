"""What several measures need of one network, worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from kznet.network import Network

Found = TypeVar("Found")


def once(function: Callable[[Network], Found]) -> Callable[[Network], Found]:
    """Remember what a function says of a network for as long as the network lives.

    What it says is shared, so that nobody may change it.
    """
    known: WeakKeyDictionary[Network, Found] = WeakKeyDictionary()

    @wraps(function)
    def remembered(net: Network) -> Found:
        if net not in known:
            known[net] = function(net)
        return known[net]

    return remembered
