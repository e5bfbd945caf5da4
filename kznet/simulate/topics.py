"""What sources write about: topics by category, and each source's habits of writing and selling."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.clock import DAY
from kznet.simulate.draws import pick, stream
from kznet.simulate.scene import Scene

CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("transport", "schools", "health", "culture", "sport", "weather"), "everyday")
    | dict.fromkeys(("prices", "tariffs", "ecology", "water", "protest"), "burning")
    | {name: name for name in ("promotion", "personal_brand", "fundraising")}
)
SELF_INTEREST: Final = ("promotion", "personal_brand", "fundraising")
EARLIER: Final = 0.03
CAMPAIGN: Final = 0.6
STICKY: Final = 0.5
_TOPICS: Final = np.array(list(CATEGORIES), dtype=object)
_GROUP: Final = np.array(list(CATEGORIES.values()), dtype=object)


@dataclass(frozen=True)
class _Style:
    """How accounts of one type write: mean shares, and weights of topics beside 1."""

    burning: float
    selling: float
    weights: Mapping[str, float]


_BODY: Final = _Style(
    0.3,
    0.03,
    {"transport": 3, "schools": 3, "health": 3, "water": 4, "tariffs": 2, "protest": 0.05},
)
STYLES: Final[Mapping[str, _Style]] = {
    "politician": _Style(0.4, 0.15, {"personal_brand": 4, "fundraising": 2}),
    "ministry": _BODY,
    "akimat": _BODY,
    "opposition": _Style(0.55, 0.12, {"protest": 3, "tariffs": 2, "fundraising": 4}),
    "blogger": _Style(0.4, 0.2, {"promotion": 3, "personal_brand": 2}),
    "news": _Style(0.4, 0.1, {"promotion": 4}),
    "regional": _Style(0.5, 0.15, {"promotion": 4, "transport": 2, "water": 2}),
    "aggregator": _Style(0.4, 0.05, {"promotion": 4}),
    "celebrity": _Style(0.25, 0.2, {"promotion": 2, "personal_brand": 4, "culture": 4}),
}


@dataclass(frozen=True, eq=False)
class Habit:
    """How one source writes when nothing is planted.

    `burning` is the share of burning topics in what is not self-interest; `selling` the share
    of self-interest posts; `form` says how it sells: `steady`, in `campaign`s of some days, or
    `none`; `weights` are those of all topics, in the order of `CATEGORIES`; `sticky` is the
    chance that a post goes on with what the one before it was about.
    """

    burning: float
    selling: float
    form: str
    weights: np.ndarray
    sticky: float


def habit(scene: Scene, account: int, *, style: str = "") -> Habit:
    """How a source usually writes, in the style of its own type or of another."""
    kind = STYLES[style or str(scene.people["type"].iloc[account])]
    rng = stream(scene.seed, "habits of writing", account)
    weights = np.array([kind.weights.get(topic, 1.0) for topic in _TOPICS])
    return Habit(
        burning=rng.beta(12 * kind.burning, 12 * (1 - kind.burning)),
        selling=rng.beta(8 * kind.selling, 8 * (1 - kind.selling)),
        form=str(rng.choice(["none", "steady", "campaign"], p=[0.2, 0.45, 0.35])),
        weights=weights * rng.gamma(2.0, 0.5, len(weights)),
        sticky=STICKY if scene.world.generator == "sessions" else 0.0,
    )


def written(
    posts: pd.DataFrame,
    rng: np.random.Generator,
    habit: Habit,
    *,
    burning: np.ndarray | float,
    selling: np.ndarray | float,
) -> pd.DataFrame:
    """Topics of posts in order, by the chance of self-interest and else of a burning topic.

    Where a habit is sticky, some posts go on with the one before, so that topics come in runs.
    """
    lot = rng.random((2, len(posts)))
    issue = np.where(lot[1] < burning, "burning", "everyday")
    group = np.where(lot[0] < selling, "", issue)
    topic = np.empty(len(posts), dtype=object)
    for name in ("", "burning", "everyday"):
        inside = np.isin(_GROUP, SELF_INTEREST if name == "" else (name,))
        here = group == name
        topic[here] = _TOPICS[pick(rng, habit.weights * inside, int(here.sum()))]
    if habit.sticky:
        fresh = rng.random(len(posts)) >= habit.sticky
        topic = topic[np.maximum.accumulate(np.where(fresh, np.arange(len(posts)), 0))]
    return pd.DataFrame({"post": posts["post"].to_numpy(), "topic": pd.Series(topic, dtype="str")})


def campaigns(
    scene: Scene, times: np.ndarray, rng: np.random.Generator, *, number: int, days: float
) -> np.ndarray:
    """Whether each instant falls into one of so many campaigns of so many days."""
    length = days * DAY
    begins = scene.clock.start + rng.random(number) * (scene.clock.end - scene.clock.start - length)
    since = times[:, None] - begins
    found: np.ndarray = np.any((since >= 0) & (since < length), axis=1)
    return found


def usual(
    scene: Scene, account: int, posts: pd.DataFrame, *, style: str = ""
) -> tuple[str, pd.DataFrame]:
    """Topics of some posts of a source by its own habit, and the form in which it sells."""
    mine = habit(scene, account, style=style)
    rng = stream(scene.seed, "topics", account)
    selling = np.full(len(posts), 0.0 if mine.form == "none" else mine.selling)
    if mine.form == "campaign":
        number, days = int(rng.integers(1, 4)), float(rng.uniform(3, 8))
        running = campaigns(scene, posts["time"].to_numpy(), rng, number=number, days=days)
        selling = np.where(running, CAMPAIGN, EARLIER)
    return mine.form, written(posts, rng, mine, burning=mine.burning, selling=selling)


def with_topics(scene: Scene) -> Scene:
    """The scene with a topic for every post that no part has given one.

    `people` gets the column `form`, how those who write by habit sell.
    """
    given = scene.posts["post"].isin(scene.topics["post"]).to_numpy()
    others = scene.posts[~given].sort_values(["time", "post"])
    form = pd.Series(None, index=scene.people.index, dtype="str")
    found = [scene.topics]
    for author, posts in others.groupby("author", sort=True):
        account = int(str(author))
        sells, topics = usual(scene, account, posts)
        found.append(topics)
        form.iloc[account] = sells
    topics = pd.concat(found, ignore_index=True)
    return replace(scene, topics=topics, people=scene.people.assign(form=form))
