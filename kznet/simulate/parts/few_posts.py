import numpy as np

from kznet.simulate.scene import Change, Scene, free_sources, told

MOST = 4


def few_posts(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source with one to four posts in the whole span: too few to test."""
    account = rng.choice(free_sources(scene, posts=MOST + 1))
    made = scene.posts_of(account)["post"].to_numpy()
    kept = rng.choice(made, rng.integers(1, MOST + 1), replace=False)
    return Change(
        truth=told([account], "negative", "few_posts"), withdrawn=made[~np.isin(made, kept)]
    )
