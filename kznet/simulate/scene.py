"""A world while it is being made, and what one part of it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from kznet.errors import DataError
from kznet.simulate.clock import Clock
from kznet.simulate.world import World

TRUTH: Final = {
    "account": "int64",
    "label": "str",
    "kind": "str",
    "hub": "Int64",
    "crew": "str",
    "variant": "str",
    "size": "Int64",
    "participation": "float64",
    "jitter": "Int64",
    "camouflage": "float64",
    "onset": "Int64",
    "strength": "float64",
    "growth": "float64",
    "bait": "float64",
    "recognition": "float64",
    "derivation": "float64",
}
PROFILE: Final = ("account", "name", "handle", "bio", "entity", "staff_of")


def no_truth() -> pd.DataFrame:
    """A truth table without rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in TRUTH.items()})


def profile(accounts: np.ndarray | Sequence[int], **said: str) -> pd.DataFrame:
    """What accounts say of themselves in place of what their type would: name, handle, bio."""
    rows = pd.DataFrame({"account": np.asarray(accounts, dtype=np.int64)})
    return (
        rows.assign(**said).reindex(columns=list(PROFILE)).astype(dict.fromkeys(PROFILE[1:], "str"))
    )


def _numbers(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="int64") for name in columns})


def _no_topics() -> pd.DataFrame:
    return _numbers("post").assign(topic=pd.Series(dtype="str"))


@dataclass(frozen=True, eq=False)
class Scene:
    """Accounts, ties and posts as numbers; names and ids come last.

    `people` has one row an account (its number is its position): type, camp (position in
    `CAMPS`), activity, sociable, weight, speed, wake, sleep, pace. `follows` holds source and
    target; `posts` post (a number that stays), author, time, virality; `reposts` account,
    post, time; `truth` what was planted. Times are seconds since 1970.

    In a world with content, `topics` holds post and topic, `links` post and the account it
    links to, `profiles` what accounts say of themselves, `registry` the confirmed bodies.
    """

    seed: int
    world: World
    clock: Clock
    people: pd.DataFrame
    follows: pd.DataFrame
    posts: pd.DataFrame
    reposts: pd.DataFrame
    truth: pd.DataFrame = field(default_factory=no_truth)
    topics: pd.DataFrame = field(default_factory=_no_topics)
    profiles: pd.DataFrame = field(default_factory=lambda: profile([]))
    links: pd.DataFrame = field(default_factory=lambda: _numbers("post", "account"))
    registry: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def authors(self, posts: pd.Series) -> np.ndarray:
        """Account numbers of the authors of these posts."""
        author = np.full(int(self.posts["post"].max()) + 1, -1)
        author[self.posts["post"]] = self.posts["author"]
        return author.take(posts)

    def posts_of(self, *accounts: int) -> pd.DataFrame:
        """Posts of these accounts."""
        return self.posts[self.posts["author"].isin(accounts)]

    def followers(self, account: int) -> np.ndarray:
        """For every account, whether it follows this one."""
        found = np.zeros(len(self.people), dtype=bool)
        found[self.follows["source"][self.follows["target"] == account]] = True
        return found

    def free(self) -> np.ndarray:
        """For every account, whether no plant and no hard negative has a use for it."""
        return ~np.isin(np.arange(len(self.people)), self.truth["account"])


@dataclass(frozen=True, eq=False)
class Change:
    """What one plant or hard negative adds to a scene and takes away.

    Added reposts replace one of the same account and post; `silenced` marks rows of the
    scene's reposts, `withdrawn` lists post numbers. `topics` and `profiles` replace what was.
    """

    truth: pd.DataFrame
    posts: pd.DataFrame | None = None
    reposts: pd.DataFrame | None = None
    follows: pd.DataFrame | None = None
    silenced: np.ndarray | None = None
    withdrawn: np.ndarray | None = None
    topics: pd.DataFrame | None = None
    profiles: pd.DataFrame | None = None


def changed(scene: Scene, change: Change) -> Scene:
    """The scene after a change."""
    reposts, posts = scene.reposts, scene.posts
    if change.silenced is not None:
        reposts = reposts[~change.silenced]
    if change.withdrawn is not None:
        reposts = reposts[~reposts["post"].isin(change.withdrawn)]
        posts = posts[~posts["post"].isin(change.withdrawn)]
    return replace(
        scene,
        posts=_joined(posts, change.posts, ["post"]),
        reposts=_joined(reposts, change.reposts, ["account", "post"]),
        follows=_joined(scene.follows, change.follows, ["source", "target"]),
        truth=pd.concat([scene.truth, change.truth], ignore_index=True),
        topics=_joined(scene.topics, change.topics, ["post"]),
        profiles=_joined(scene.profiles, change.profiles, ["account"]),
    )


def _joined(old: pd.DataFrame, new: pd.DataFrame | None, key: list[str]) -> pd.DataFrame:
    """New rows, then the old ones whose key is not among them."""
    if new is None:
        return old.reset_index(drop=True)
    new = new.drop_duplicates(key)
    width = max((int(frame[key[-1]].max()) for frame in (old, new) if len(frame)), default=0) + 1
    mine, theirs = (frame[key[0]] * width + frame[key[-1]] for frame in (new, old))
    return pd.concat([new, old[~theirs.isin(mine)]], ignore_index=True)


def told(
    accounts: np.ndarray | Sequence[int],
    label: str,
    kind: str,
    *,
    details: Mapping[str, object] = MappingProxyType({}),
) -> pd.DataFrame:
    """Truth rows that say one thing of several accounts."""
    index = pd.RangeIndex(len(accounts))
    said = {"account": np.asarray(accounts), "label": label, "kind": kind, **details}
    columns = {name: pd.Series(said.get(name), index, dtype) for name, dtype in TRUTH.items()}
    return pd.DataFrame(columns)


def free_sources(
    scene: Scene, *, types: Sequence[str] = (), posts: int = 0, reposts: float = 0.0
) -> np.ndarray:
    """Sources not used yet, with at least so many posts and so many reposts a post.

    Raises
    ------
    DataError
        There is none.
    """
    n = len(scene.people)
    made = np.bincount(scene.posts["author"], minlength=n)
    got = np.bincount(scene.authors(scene.reposts["post"]), minlength=n)
    wanted = scene.people["type"].isin(types) if types else scene.people["type"] != "amplifier"
    fit = wanted.to_numpy() & scene.free() & (made >= posts) & (got >= reposts * made)
    if not fit.any():
        kinds = " or ".join(types) or "any type"
        raise DataError(
            f"world: no source of {kinds} is left with {posts} posts and {reposts:g} reposts a "
            "post: ask for fewer parts or more sources"
        )
    return np.flatnonzero(fit)
