"""What the accounts of a world say of themselves: the accounts table."""

from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.cast import CAMPS, TYPES
from kznet.simulate.draws import spread, stream
from kznet.simulate.names import handle, names
from kznet.simulate.scene import Scene

PLATFORM: Final = "demo"
NOTE: Final = "Ойдан шығарылған · вымышленный аккаунт · fictional"
OFFICIAL: Final = "Ресми парақша · официальная страница"
PAGE: Final = "https://demo.example/"
PRIVATE: Final = 9_500
_VERIFIED: Final = ("politician", "ministry", "news")
_BODIES: Final = ("ministry", "akimat")


def instants(seconds: pd.Series | np.ndarray) -> pd.Series:
    """UTC times of seconds since 1970."""
    return pd.Series(pd.to_datetime(np.asarray(seconds), unit="s", utc=True))


def accounts(scene: Scene, account: pd.Index) -> pd.DataFrame:
    """The accounts table of a finished scene; `account` are the ids."""
    rng = stream(scene.seed, "profiles")
    kind = scene.people["type"]
    private = (kind == "amplifier").to_numpy()
    name = pd.Series(names(kind.to_numpy(), rng), dtype="str")
    digits = "_" + account.str.extract(r"(\d+)$", expand=False).to_series(index=name.index)
    born = pd.Timestamp("2012-01-01").timestamp() + rng.random(len(kind)) * 11 * 365 * 86_400
    role = kind.map({name: source.role for name, source in TYPES.items()})
    camp = pd.Series(np.array(CAMPS, dtype=object)[scene.people["camp"]])
    said = scene.profiles.set_index("account").reindex(name.index)
    named = said["name"].fillna(name)
    called = named.map(handle) + digits.where(private, "")
    bio = pd.Series(NOTE, index=name.index).mask(private)
    found = pd.DataFrame(
        {
            "account": account,
            "platform": PLATFORM,
            "handle": called + said["handle"].fillna(""),
            "name": named,
            "role": role,
            "camp": camp.mask(private | (camp == "")),
            "followers": _followers(scene, private, rng),
            "bio": bio,
            "created": instants(np.floor(born)),
            "verified": kind.isin(_VERIFIED).astype("boolean").mask(private),
        }
    )
    return _with_content(scene, found, said) if scene.world.content else found


def _with_content(scene: Scene, found: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """Add the pages of sources, and the bios, entities and employers that parts have set."""
    official = scene.people["type"].isin(_BODIES).map({True: OFFICIAL})
    words = said["bio"].fillna(official.astype("str"))
    private = found["role"].isna()
    bio = (words + " · " + NOTE).fillna(found["bio"])
    return found.assign(
        bio=bio, url=pages(found["account"]).mask(private), **said[["entity", "staff_of"]]
    )


def pages(account: pd.Series) -> pd.Series:
    """Address of each account's page, by which posts link to it."""
    return PAGE + account.str.partition(":")[2]


def _followers(scene: Scene, private: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What the platform would show: most of a source's followers lie outside the world."""
    seen = np.bincount(scene.follows["target"], minlength=len(private))
    few = np.minimum(seen + 120 * spread(rng, len(private), 1.0), PRIVATE)
    many = 10_000 + seen * 100 * spread(rng, len(private), 0.3)
    shown: np.ndarray = np.where(private, few, many).astype(np.int64)
    return shown
