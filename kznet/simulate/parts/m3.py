"""M3, pseudo-official source: a page that poses as a body of the state."""

from typing import Final

import numpy as np

from kznet.simulate.draws import stream
from kznet.simulate.grades import dealt
from kznet.simulate.names import TOWNS
from kznet.simulate.parts.crowd import evenly
from kznet.simulate.scene import Change, Scene, free_sources, profile, told
from kznet.simulate.topics import usual

POSTS: Final = 25
_NAMES: Final = ("Ресми {}", "Официальный {}", "{} әкімдігі · ақпарат", "Пресс-служба · {}")
_HANDLES: Final = ("_official", "_resmi", "_akimat", "_gov_kz")
_BIOS: Final = (
    "Әкімдіктің ресми парақшасы",
    "Официальная информация министерства",
    "Пресс-служба акимата: официально",
)


def m3(scene: Scene, rng: np.random.Generator, number: int) -> Change:
    """Source that poses as official and that confirmed bodies know less than one of theirs."""
    kind, recognition, derivation = _grades(scene)[number]
    free = free_sources(scene, posts=POSTS)
    account = int(evenly(scene, free, rng, kind="m3")[0])
    town = str(rng.choice(TOWNS))
    claim = {
        "name": str(rng.choice(_NAMES)).format(town),
        "handle": str(rng.choice(_HANDLES)),
        "bio": str(rng.choice(_BIOS)),
    }
    details = {"variant": kind, "recognition": recognition, "derivation": derivation}
    return Change(
        truth=told([account], "plant", "m3", details=details),
        profiles=profile([account], **{kind: claim[kind]}),
        topics=usual(scene, account, scene.posts_of(account), style="ministry")[1],
    )


def _grades(scene: Scene) -> list[tuple[str, float, float]]:
    """Deal every list of grades out evenly over the plants of a world, each on its own."""
    rng, claims = stream(scene.seed, "m3 grades"), scene.world.claims
    number = scene.world.parts["m3"]
    kinds = dealt(claims.kind, number, rng)
    known, derived = (dealt(one, number, rng) for one in (claims.recognition, claims.derivation))
    return list(zip(kinds, known, derived, strict=True))
