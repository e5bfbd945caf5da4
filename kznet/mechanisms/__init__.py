"""Tests of whether an account's influence shows signals consistent with manipulation."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from kznet.dataset import Dataset
from kznet.mechanisms.amplification import amplification
from kznet.mechanisms.evidence import Evidence, authors, untestable
from kznet.registry import Registry

NOT_BUILT: Final = "this version has no test of it"
MECHANISMS: Final[Registry[Callable[..., Evidence]]] = Registry("mechanism")


def bait_and_switch(data: Dataset) -> Evidence:
    """An audience won with burning topics is turned to self-interest content (no test yet)."""
    return _not_built("bait_and_switch", data)


def pseudo_official(data: Dataset) -> Evidence:
    """An account poses as an official source that official ones do not know (no test yet)."""
    return _not_built("pseudo_official", data)


def _not_built(name: str, data: Dataset) -> Evidence:
    tests = untestable(name, authors(data), NOT_BUILT)
    return Evidence(name, tests, pd.DataFrame(), {"reason": NOT_BUILT})


for _mechanism in (amplification, bait_and_switch, pseudo_official):
    MECHANISMS.register(_mechanism)
