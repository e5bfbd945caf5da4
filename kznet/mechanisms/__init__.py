"""Tests of whether an account's influence shows signals consistent with manipulation."""

from collections.abc import Callable
from typing import Final

from kznet.mechanisms.amplification import amplification
from kznet.mechanisms.bait_and_switch import bait_and_switch
from kznet.mechanisms.evidence import Evidence
from kznet.mechanisms.pseudo_official import pseudo_official
from kznet.registry import Registry

MECHANISMS: Final[Registry[Callable[..., Evidence]]] = Registry("mechanism")


for _mechanism in (amplification, bait_and_switch, pseudo_official):
    MECHANISMS.register(_mechanism)
