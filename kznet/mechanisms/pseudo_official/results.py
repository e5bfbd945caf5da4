"""All who claim to be official, compared platform by platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.loaders import Officials
from kznet.mechanisms.evidence import no_examples
from kznet.mechanisms.pseudo_official.citations import citations
from kznet.mechanisms.pseudo_official.comparison import Comparison, bench, compared
from kznet.mechanisms.pseudo_official.order import examples, firsts, nearest
from kznet.mechanisms.pseudo_official.recognition import readers
from kznet.topics import Topics

NO_REGISTRY: Final = "no confirmed official accounts; give --registry"
NOBODY: Final = "nobody outside the registry claims to be official"


@dataclass(frozen=True, eq=False)
class Results:
    """What came of each claimant, by position in the dataset.

    `tested` holds those that could be compared, `refused` why others could not; `reason` is
    that of all where it is one for all. `first` says on how many posts an account was first, and
    of how many; `examples` are rows of evidence.
    """

    reason: str = ""
    tested: Mapping[int, Comparison] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)
    first: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    examples: pd.DataFrame = field(default_factory=no_examples)


def missing(known: Officials, claimants: np.ndarray) -> str:
    """Why nobody can be compared, or nothing."""
    if not known.listed:
        return NO_REGISTRY
    if not known.known.any():
        return f"none of the {known.listed} confirmed official accounts is in the data"
    return "" if len(claimants) else NOBODY


def results(
    data: Dataset, known: Officials, claimants: np.ndarray, *, found: Topics, mechanism: str
) -> Results:
    """Compare the claimants, by position, with the confirmed accounts of their platform."""
    everyone = known.known | np.isin(np.arange(len(known.known)), claimants)
    cited, reader = citations(data, everyone, known.known, known.url), readers(data)
    platform = data.accounts["platform"].fillna("").to_numpy(dtype=object)
    tested: dict[int, Comparison] = {}
    refused: dict[int, str] = {}
    near = []
    for name in sorted(set(platform[claimants])):
        confirmed = np.flatnonzero(known.known & (platform == name))
        here = bench(data, confirmed, reader=reader, found=found, cited=cited)
        mine = {int(at): compared(int(at), here) for at in claimants[platform[claimants] == name]}
        refused |= {at: each for at, each in mine.items() if isinstance(each, str)}
        told = {at: each for at, each in mine.items() if isinstance(each, Comparison)}
        if told and here.derivation is not None:
            shown = here.derivation.uncited & np.isin(data.authors, list(told))
            near.append(nearest(data, shown, confirmed, found))
        tested |= told
    if not near:
        return Results("", tested, refused)
    table = pd.concat(near, ignore_index=True)
    return Results("", tested, refused, firsts(table), examples(data, table, mechanism))
