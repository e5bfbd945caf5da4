"""kznet: from exports of social platforms to a graph of political influence.

Public names are imported on first use, so that ``import kznet`` costs nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kznet.analysis import Analysis, analyze
    from kznet.communities import communities
    from kznet.coordination import pairs
    from kznet.dataset import Dataset
    from kznet.entities import by_entity
    from kznet.errors import KznetError
    from kznet.hubs import hubs
    from kznet.labelling import to_label
    from kznet.loaders import load
    from kznet.measures import centrality
    from kznet.network import Network, network
    from kznet.simulate import simulate
    from kznet.suggestions import suggestions

__version__ = "0.1.0"

_HOME = {
    "Analysis": "kznet.analysis",
    "Dataset": "kznet.dataset",
    "KznetError": "kznet.errors",
    "Network": "kznet.network",
    "analyze": "kznet.analysis",
    "by_entity": "kznet.entities",
    "centrality": "kznet.measures",
    "communities": "kznet.communities",
    "hubs": "kznet.hubs",
    "load": "kznet.loaders",
    "network": "kznet.network",
    "pairs": "kznet.coordination",
    "simulate": "kznet.simulate",
    "suggestions": "kznet.suggestions",
    "to_label": "kznet.labelling",
}

__all__ = [  # noqa: RUF022  # in the order of the work, not of the alphabet
    "load", "to_label", "suggestions", "by_entity", "Dataset", "network", "Network",
    "centrality", "communities", "pairs", "hubs", "analyze", "Analysis", "simulate", "KznetError",
]  # fmt: skip


class _Package(ModuleType):
    """Keeps `kznet.network` the function where a submodule of that name is imported too."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'kznet' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
