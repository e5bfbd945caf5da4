"""Choosing the accounts and posts that a part works with."""

import numpy as np
import pandas as pd

from kznet.simulate.cast import TYPES
from kznet.simulate.draws import pick_distinct
from kznet.simulate.reposts import audience, reposted
from kznet.simulate.scene import Scene


def evenly(
    scene: Scene, free: np.ndarray, rng: np.random.Generator, *, kind: str, number: int = 1
) -> np.ndarray:
    """Choose among `free` sources those of the role and camp with the fewest of a kind so far."""
    role = scene.people["type"].map({name: kind.role for name, kind in TYPES.items()})
    group = pd.DataFrame({"role": role, "camp": scene.people["camp"]})
    mine = scene.truth["label"].isin(["plant", "negative"]) & (scene.truth["kind"] == kind)
    used = group.iloc[scene.truth["account"][mine]]
    by_role, by_camp = (
        group[name].iloc[free].map(used[name].value_counts()).fillna(0).to_numpy(float)
        for name in ("role", "camp")
    )
    return free[np.lexsort([rng.random(len(free)), by_camp, by_role])[:number]]


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
