import re

import numpy as np

from kznet.simulate.cast import TYPES
from kznet.simulate.names import _POOLS, handle, headlines, names

WORDS = r"\bbot|бот|troll|тролл|fake|фейк|agent|агент|manip|манип|guilt|винов|proven"


def test_every_type_of_account_has_enough_invented_names() -> None:
    assert set(_POOLS) == {*TYPES, "amplifier"}
    for kind in TYPES:
        assert len(set(_POOLS[kind])) == len(_POOLS[kind]) >= 22


def test_sources_of_one_type_differ_in_name() -> None:
    found = names(np.array(["news"] * 15 + ["ministry"] * 20), np.random.default_rng(1))
    assert len(set(found)) == 35


def test_names_are_kazakh_and_russian_and_accuse_nobody() -> None:
    every = " ".join(name for pool in _POOLS.values() for name in pool)
    topics, lines = headlines(500, np.random.default_rng(1))
    texts = " ".join([every, *topics, *lines]).lower()
    assert set("әғқңөұүі") <= set(texts)
    assert not re.findall(WORDS, texts)


def test_handles_are_plain_latin() -> None:
    for pool in _POOLS.values():
        for name in pool:
            assert re.fullmatch(r"[a-z][a-z0-9_]*", handle(name))
