"""From numbers to the three tables and the truth, under ids in no order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.simulate.cast import CAMPS, TYPES
from kznet.simulate.draws import spread, stream
from kznet.simulate.names import handle, headlines, names
from kznet.simulate.scene import Scene, told

PLATFORM: Final = "demo"
NOTE: Final = "Ойдан шығарылған · вымышленный аккаунт · fictional"
PRIVATE: Final = 9_500
_VERIFIED: Final = ("politician", "ministry", "news")


@dataclass(frozen=True, eq=False)
class Simulation:
    """A world as data, and what was planted in it.

    `truth` has one or more rows an account: `label` is `source` (every source, with its finer
    type as `kind`), `plant` (a hub; `kind` names the mechanism), `member` (a crew account of
    `hub`), `negative` (an innocent source of the hard class `kind`) or `bystander` (an
    innocent account that belongs to one). `crew`, `variant`, `size`, `participation`, `jitter`
    (seconds) and `camouflage` describe a plant.
    """

    dataset: Dataset
    truth: pd.DataFrame


def simulation(scene: Scene) -> Simulation:
    """Give a finished scene its ids and names, and end it with its last day."""
    account = _ids(len(scene.people), "a", seed=scene.seed)
    post = _ids(int(scene.posts["post"].max()) + 1, "p", seed=scene.seed)
    ties = pd.concat([_follows(scene, account), _reposts(scene, account, post)], ignore_index=True)
    accounts = _accounts(scene, account)
    return Simulation(Dataset(accounts, ties, _posts(scene, account, post)), _truth(scene, account))


def write(simulation: Simulation, folder: Path) -> None:
    """Write accounts.csv, ties.csv, posts.csv and truth.csv, without columns that are empty."""
    data = simulation.dataset
    ties = data.ties.drop(columns="weight") if (data.ties["weight"] == 1).all() else data.ties
    tables = {"accounts": data.accounts, "ties": ties, "posts": data.posts}
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in {**tables, "truth": simulation.truth}.items():
        shown = table.dropna(axis="columns", how="all")
        for column in shown.columns.intersection(["time", "created"]):
            shown = shown.assign(**{column: _stamps(shown[column])})
        shown.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")


def _stamps(times: pd.Series) -> pd.Series:
    whole = times.to_numpy(dtype="datetime64[s]")
    texts = pd.Series(np.datetime_as_string(whole), index=times.index) + "Z"
    return texts.where(times.notna())


def _ids(number: int, letter: str, *, seed: int) -> pd.Index:
    """Ids in no order; those of the first accounts stay when a later part adds more."""
    width = len(str(number))
    order = stream(seed, f"ids {letter}").permutation(10**width)[:number]
    digits = pd.Series(order).astype("str").str.zfill(width)
    prefix = f"{PLATFORM}:{letter}" if letter == "a" else letter
    return pd.Index(prefix + digits, dtype="str")


def _instants(seconds: pd.Series | np.ndarray) -> pd.Series:
    return pd.Series(pd.to_datetime(np.asarray(seconds), unit="s", utc=True))


def _follows(scene: Scene, account: pd.Index) -> pd.DataFrame:
    ties = scene.follows
    return pd.DataFrame(
        {
            "source": account[ties["source"]],
            "target": account[ties["target"]],
            "kind": "follow",
        }
    )


def _reposts(scene: Scene, account: pd.Index, post: pd.Index) -> pd.DataFrame:
    ties = scene.reposts[scene.reposts["time"] < scene.clock.end]
    return pd.DataFrame(
        {
            "source": account[ties["account"]],
            "target": account[scene.authors(ties["post"])],
            "kind": "repost",
            "time": _instants(ties["time"]),
            "post": post[ties["post"]],
        }
    )


def _posts(scene: Scene, account: pd.Index, post: pd.Index) -> pd.DataFrame:
    topic, text = headlines(len(post), stream(scene.seed, "headlines"))
    number = scene.posts["post"].to_numpy()
    return pd.DataFrame(
        {
            "post": post[number],
            "account": account[scene.posts["author"]],
            "time": _instants(scene.posts["time"]),
            "text": text[number],
            "topic": topic[number],
        }
    )


def _accounts(scene: Scene, account: pd.Index) -> pd.DataFrame:
    rng = stream(scene.seed, "profiles")
    kind = scene.people["type"]
    private = (kind == "amplifier").to_numpy()
    name = pd.Series(names(kind.to_numpy(), rng), dtype="str")
    digits = "_" + account.str.extract(r"(\d+)$", expand=False).to_series(index=name.index)
    born = pd.Timestamp("2012-01-01").timestamp() + rng.random(len(kind)) * 11 * 365 * 86_400
    role = kind.map({name: source.role for name, source in TYPES.items()})
    camp = pd.Series(np.array(CAMPS, dtype=object)[scene.people["camp"]])
    return pd.DataFrame(
        {
            "account": account,
            "platform": PLATFORM,
            "handle": name.map(handle) + digits.where(private, ""),
            "name": name,
            "role": role,
            "camp": camp.mask(private | (camp == "")),
            "followers": _followers(scene, private, rng),
            "bio": pd.Series(NOTE, index=name.index).mask(private),
            "created": _instants(np.floor(born)),
            "verified": kind.isin(_VERIFIED).astype("boolean").mask(private),
        }
    )


def _followers(scene: Scene, private: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What the platform would show: most of a source's followers lie outside the world."""
    seen = np.bincount(scene.follows["target"], minlength=len(private))
    few = np.minimum(seen + 120 * spread(rng, len(private), 1.0), PRIVATE)
    many = 10_000 + seen * 100 * spread(rng, len(private), 0.3)
    shown: np.ndarray = np.where(private, few, many).astype(np.int64)
    return shown


def _truth(scene: Scene, account: pd.Index) -> pd.DataFrame:
    kind = scene.people["type"]
    sources = np.flatnonzero(kind != "amplifier")
    listed = told(sources, "source", "").assign(kind=kind.iloc[sources].to_numpy())
    every = pd.concat([scene.truth, listed], ignore_index=True)
    named = every.assign(
        account=account[every["account"]], hub=every["hub"].map(dict(enumerate(account)))
    )
    texts = named.astype({"account": "str", "hub": "str"})
    return texts.sort_values(["label", "kind", "crew", "hub", "account"], ignore_index=True)
