"""From numbers to the three tables and the truth, under ids in no order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.simulate.draws import stream
from kznet.simulate.names import headlines
from kznet.simulate.profiles import PLATFORM, accounts, instants, pages
from kznet.simulate.scene import Scene, told
from kznet.simulate.wording import wording

_STAMPED: Final = ["time", "created", "onset"]


@dataclass(frozen=True, eq=False)
class Simulation:
    """A world as data, what was planted in it, and the registry of its confirmed bodies.

    `truth` has one or more rows an account: `label` is `source` (every source, with its finer
    type as `kind` and, in a world with content, the form in which it sells as `variant`),
    `plant` (`kind` names the mechanism), `member` (a crew account of `hub`), `negative` (an
    innocent source of the hard class `kind`) or `bystander` (an innocent account that belongs
    to one). The other columns say how strong it is: `crew`, `variant`, `size`, `participation`,
    `jitter` (seconds) and `camouflage` as in `Crews`; `onset` (a time), `strength`, `growth`
    and `bait` as in `Turns`; `recognition` and `derivation` as in `Claims`.

    `registry` has account, name, confirmed (a date) and url; no rows without content.
    """

    dataset: Dataset
    truth: pd.DataFrame
    registry: pd.DataFrame


def simulation(scene: Scene) -> Simulation:
    """Give a finished scene its ids and names, and end it with its last day."""
    account = _ids(len(scene.people), "a", seed=scene.seed)
    post = _ids(int(scene.posts["post"].max()) + 1, "p", seed=scene.seed)
    known = accounts(scene, account)
    links = scene.links.merge(scene.posts, on="post")
    tables = [_follows(scene, account), _reposts(scene, account, post)]
    tables += [_mentions(links, account, post)] if len(links) else []
    ties = pd.concat(tables, ignore_index=True)
    posts = _posts(scene, account, post)
    if scene.world.content:
        posts = _with_content(scene, posts, links, pages(known["account"]))
    registry = _registry(scene, known)
    return Simulation(Dataset(known, ties, posts), _truth(scene, account), registry)


def write(simulation: Simulation, folder: Path) -> None:
    """Write accounts, ties, posts, truth and any registry as CSV, without empty columns."""
    data = simulation.dataset
    ties = data.ties.drop(columns="weight") if (data.ties["weight"] == 1).all() else data.ties
    tables = {"accounts": data.accounts, "ties": ties, "posts": data.posts}
    tables |= {"truth": simulation.truth}
    tables |= {"registry": simulation.registry} if len(simulation.registry) else {}
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        shown = table.dropna(axis="columns", how="all")
        for column in shown.columns.intersection(_STAMPED):
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
            "time": instants(ties["time"]),
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
            "time": instants(scene.posts["time"]),
            "text": text[number],
            "topic": topic[number],
        }
    )


def _mentions(links: pd.DataFrame, account: pd.Index, post: pd.Index) -> pd.DataFrame:
    """Return a tie for each link of a post to another account; `content` is the post itself."""
    others = links[links["author"] != links["account"]]
    return pd.DataFrame(
        {
            "source": account[others["author"]],
            "target": account[others["account"]],
            "kind": "mention",
            "time": instants(others["time"]),
            "content": post[others["post"]],
        }
    )


def _with_content(
    scene: Scene, posts: pd.DataFrame, links: pd.DataFrame, pages: pd.Series
) -> pd.DataFrame:
    """Put topics, lines on them, and links in place of those that come from nowhere."""
    number = scene.posts["post"]
    topic = number.map(scene.topics.set_index("post")["topic"])
    lines = wording(scene.posts.assign(topic=topic), seed=scene.seed)
    aim = number.map(pd.Series(pages.to_numpy()[links["account"]], links["post"]))
    return posts.assign(topic=topic, text=lines["text"], links=aim, lang=lines["lang"])


def _registry(scene: Scene, accounts: pd.DataFrame) -> pd.DataFrame:
    """Confirmed bodies, all confirmed on the first day."""
    found = accounts.iloc[np.sort(scene.registry)].sort_values("account", ignore_index=True)
    columns = ["account", "name", "confirmed", "url"]
    return found.assign(confirmed=scene.world.start).reindex(columns=columns)


def _truth(scene: Scene, account: pd.Index) -> pd.DataFrame:
    kind = scene.people["type"]
    sources = np.flatnonzero(kind != "amplifier")
    listed = told(sources, "source", "").assign(kind=kind.iloc[sources].to_numpy())
    if "form" in scene.people:
        listed["variant"] = scene.people["form"].iloc[sources].to_numpy()
    every = pd.concat([scene.truth, listed], ignore_index=True)
    named = every.assign(
        account=account[every["account"]], hub=every["hub"].map(dict(enumerate(account)))
    )
    onset = instants(named["onset"].astype("float64")).where(named["onset"].notna())
    texts = named.assign(onset=onset).astype({"account": "str", "hub": "str"})
    return texts.sort_values(["label", "kind", "crew", "hub", "account"], ignore_index=True)
