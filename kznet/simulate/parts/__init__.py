"""Plants and hard negatives by name; each is one function from a scene to what it changes.

A new one is a file beside these and a line in the table below. They play in the order of the
table, so one added at the end leaves the others as they were.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from kznet.registry import Registry
from kznet.simulate.parts.aggregator import aggregator
from kznet.simulate.parts.crisis import crisis_ministry
from kznet.simulate.parts.fans import fans
from kznet.simulate.parts.few_posts import few_posts
from kznet.simulate.parts.m1 import m1
from kznet.simulate.parts.newsroom import newsroom
from kznet.simulate.parts.scheduled import scheduled
from kznet.simulate.scene import Change, Scene

Part = Callable[[Scene, np.random.Generator, int], Change]

PARTS: Final[Registry[Part]] = Registry("part of a world")

for _part in (aggregator, crisis_ministry, newsroom, few_posts, fans, scheduled, m1):
    PARTS.register(_part)
