"""Pages that say that they are official, or not: innocent claims, and a body nobody listed."""

from typing import Final

import numpy as np

from kznet.simulate.bodies import BODIES
from kznet.simulate.parts.crowd import evenly
from kznet.simulate.scene import Change, Scene, free_sources, profile, told

OWN: Final = "Официальная страница артиста · әртістің ресми парақшасы"
UNOFFICIAL: Final = "Неофициальная страница поклонников · бейресми"
RECOGNITION: Final = 0.7
_BIOS: Final = {"own": OWN, "unofficial": UNOFFICIAL}


def unlisted_akimat(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Small real akimat that the registry lacks; other bodies know it, a little less than usual.

    A ministry stands in where other parts have taken every akimat.
    """
    free = free_sources(scene, types=BODIES)
    akimats = free[(scene.people["type"].iloc[free] == "akimat").to_numpy()]
    account = int(rng.choice(akimats if len(akimats) else free))
    details = {"recognition": RECOGNITION, "derivation": 1.0}
    return Change(truth=told([account], "negative", "unlisted_akimat", details=details))


def own_page(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Page that calls itself somebody's own official one, or unofficial: no claim to be a body."""
    free = free_sources(scene, types=("celebrity", "blogger"))
    account = int(evenly(scene, free, rng, kind="own_page")[0])
    variant = list(_BIOS)[number % len(_BIOS)]
    return Change(
        truth=told([account], "negative", "own_page", details={"variant": variant}),
        profiles=profile([account], bio=_BIOS[variant]),
    )
