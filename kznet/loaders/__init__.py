"""Files of any known format into one dataset.

A format is one module of this package: a recogniser and a loader under `@loader`. Every module
whose name does not begin with an underscore is imported here, and thereby registered.
"""

import importlib
import pkgutil

from kznet.loaders._describe import described
from kznet.loaders._formats import FORMATS
from kznet.loaders._load import load
from kznet.loaders._officials import Officials, officials, read_officials
from kznet.loaders._options import DEFAULTS, Direction, Options
from kznet.loaders._truth import read_truth, truths
from kznet.loaders.tables import are_ties

for _module in pkgutil.iter_modules(__path__):
    if not _module.name.startswith("_"):
        importlib.import_module(f"{__name__}.{_module.name}")

__all__ = [
    "DEFAULTS",
    "FORMATS",
    "Direction",
    "Officials",
    "Options",
    "are_ties",
    "described",
    "load",
    "officials",
    "read_officials",
    "read_truth",
    "truths",
]
