"""Choosing the accounts and posts that a part works with."""

import numpy as np
import pandas as pd

from kznet.simulate.draws import pick_distinct
from kznet.simulate.reposts import audience, reposted
from kznet.simulate.scene import Scene


def crowd(scene: Scene, hub: int, number: int, rng: np.random.Generator) -> np.ndarray:
    """Different amplifiers out of the hub's ordinary audience that no other part uses."""
    private = (scene.people["type"] == "amplifier").to_numpy() & scene.free()
    return pick_distinct(rng, audience(scene, hub) * private, number)


def joined(
    posts: pd.DataFrame, accounts: np.ndarray, joins: np.ndarray, times: np.ndarray
) -> pd.DataFrame:
    """Reposts where `joins` holds, at `times`; both have a row a post and a column an account."""
    row, column = np.nonzero(joins)
    post, appeared = (posts[name].to_numpy()[row] for name in ("post", "time"))
    return reposted(accounts[column], post, np.maximum(times[row, column], appeared + 1))


def reposts_by(scene: Scene, accounts: np.ndarray) -> np.ndarray:
    """For every repost of the scene, whether one of these accounts made it."""
    return np.isin(scene.reposts["account"], accounts)
