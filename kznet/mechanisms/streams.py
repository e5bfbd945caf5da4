"""Random numbers that belong to one account, so that neither order nor company changes its p."""

import zlib

import numpy as np


def stream(mechanism: int, seed: int, account: str, *, step: int = 0) -> np.random.Generator:
    """Numbers of one account, one mechanism (by its number) and one step of its test."""
    steps = [step] if step else []
    return np.random.default_rng([seed, mechanism, zlib.crc32(account.encode()), *steps])
