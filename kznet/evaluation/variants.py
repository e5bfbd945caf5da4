"""The same data as a worse export would show them: fewer reposts, or coarser stamps."""

import numpy as np
import pandas as pd

from kznet.dataset import Dataset


def fewer_reposts(data: Dataset, *, share: float, seed: int = 0) -> Dataset:
    """Keep each repost with this chance; posts, follows and everything else stay."""
    ties = data.ties
    lot = np.random.default_rng([seed, 11]).random(len(ties))
    lost = (ties["kind"] == "repost").to_numpy() & (lot >= share)
    return Dataset(data.accounts, ties[~lost], data.posts)


def coarser_stamps(data: Dataset, *, seconds: int) -> Dataset:
    """Cut every time of ties and posts down to whole multiples of so many seconds.

    What the files said of the fineness of their stamps is left out, so that it has to be found.
    """
    unit = f"{seconds}s"
    ties = data.ties.assign(time=data.ties["time"].dt.floor(unit), resolution=np.nan)
    posts = data.posts.assign(time=data.posts["time"].dt.floor(unit))
    return Dataset(data.accounts, ties, posts)


def seen_as(data: Dataset, variant: str, *, seed: int = 0) -> Dataset:
    """Return the data in a variant of a plan, such as "kept 0.5" or "stamps 60 s"."""
    kind, _, amount = variant.partition(" ")
    if kind == "kept":
        return fewer_reposts(data, share=float(amount), seed=seed)
    if kind == "stamps":
        return coarser_stamps(data, seconds=int(pd.Timedelta(amount).total_seconds()))
    return data
