"""Bodies of the state among themselves: who of them knows whom, and what posts link to."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from kznet.simulate.draws import pick, stream
from kznet.simulate.reposts import React, reaction, reposted
from kznet.simulate.scene import Scene

Chance = Callable[[Scene, np.ndarray], np.ndarray]

BODIES: Final = ("ministry", "akimat")
KNOWN: Final = 0.55
BY_SIZE: Final = 0.35
FOLLOWED: Final = 0.85
SHARED: Final = 0.8
LINKED: Final = 0.35
_EVEN: Final = 12.0
_OWN_PAGE: Final = 0.15
_ELSEWHERE: Final = 0.08


def with_bodies(scene: Scene, *, chance: Chance | None = None, react: React = reaction) -> Scene:
    """The scene with a registry of confirmed bodies, their ties to each other, and links.

    Every confirmed body follows or reposts every other with a chance of about .55, more for a
    larger one; links of its posts lead to them about every second time. For a planted source
    that poses as official both chances are multiplied by its recognition and its derivation,
    as its rows of the truth say; for a real body that the registry lacks they are usual.
    `chance` gives other chances from the numbers of the accounts, `react` other times.
    """
    terms = _terms(scene)
    confirmed = terms.index[terms["confirmed"]].to_numpy()
    knows = _knows(scene, terms, chance or by_size)
    scene = _known(replace(scene, registry=confirmed), terms, knows, react)
    return replace(scene, links=_links(scene, terms))


def _terms(scene: Scene) -> pd.DataFrame:
    """Bodies and those who pose as one: confirmed, recognition, derivation; by account."""
    truth = scene.truth.drop_duplicates("account").set_index("account")
    posing = truth.index[(truth["label"] == "plant") & (truth["kind"] == "m3")]
    unlisted = truth.index[truth["kind"] == "unlisted_akimat"]
    real = np.flatnonzero(scene.people["type"].isin(BODIES))
    every = pd.Index(np.union1d(real, posing))
    grade = truth.reindex(every)[["recognition", "derivation"]].fillna(1.0)
    return grade.assign(confirmed=~every.isin(posing.union(unlisted)), posing=every.isin(posing))


def by_size(scene: Scene, bodies: np.ndarray) -> np.ndarray:
    """The chance that each body (row) knows each other (column), more for a larger one."""
    size = np.log(scene.people["weight"].to_numpy()[bodies])
    size = (size - size.mean()) / max(float(size.std()), 1e-9)
    taste = [stream(scene.seed, "bodies", int(one)).standard_normal() for one in bodies]
    known = expit(logit(KNOWN) + BY_SIZE * size + 0.3 * np.array(taste))
    return np.tile(known, (len(bodies), 1))


def _knows(scene: Scene, terms: pd.DataFrame, chance: Chance) -> np.ndarray:
    usual = chance(scene, terms.index.to_numpy())
    graded = usual * terms["recognition"].to_numpy() * terms["derivation"].to_numpy()[:, None]
    known: np.ndarray = _lots(scene, terms, "known bodies") < graded
    np.fill_diagonal(known, val=False)
    return known


def _lots(scene: Scene, terms: pd.DataFrame, name: str) -> np.ndarray:
    """A random number for each ordered pair of bodies, whoever else is one."""
    n = len(scene.people)
    rows = [stream(scene.seed, name, int(one)).random(n)[terms.index] for one in terms.index]
    return np.array(rows).reshape(len(terms), len(terms))


def _known(scene: Scene, terms: pd.DataFrame, knows: np.ndarray, react: React) -> Scene:
    """Replace what bodies follow and repost of each other by what they know of each other.

    Those who pose as a body follow whom they like; what they repost of bodies is replaced too.
    """
    place = np.full(len(scene.people), -1)
    place[terms.index] = np.arange(len(terms))
    posing = terms["posing"].to_numpy()
    author = scene.authors(scene.reposts["post"])
    among = _both(place, scene.reposts["account"].to_numpy(), author)
    followed = _both(place, *(scene.follows[name].to_numpy() for name in ("source", "target")))
    followed &= ~posing[place[scene.follows["source"]]]
    source, target = np.nonzero(knows)
    keep = (_lots(scene, terms, "bodies follow") < FOLLOWED)[source, target] & ~posing[source]
    account = terms.index.to_numpy()
    new = pd.DataFrame({"source": account[source[keep]], "target": account[target[keep]]})
    number = np.where(keep, SHARED, np.maximum(SHARED, 1))
    shared = _shared(scene, account[source], account[target], number, react)
    return replace(
        scene,
        follows=pd.concat([scene.follows[~followed], new], ignore_index=True),
        reposts=pd.concat([scene.reposts[~among], shared], ignore_index=True),
    )


def _both(place: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    found: np.ndarray = (place[first] >= 0) & (place[second] >= 0)
    return found


def _shared(
    scene: Scene, source: np.ndarray, target: np.ndarray, number: np.ndarray, react: React
) -> pd.DataFrame:
    """Reposts between bodies: some posts of each target, at ordinary times."""
    rows = []
    for account in np.unique(source):
        rng = stream(scene.seed, "bodies repost", int(account))
        here = source == account
        posts = scene.posts_of(*target[here]).sort_values("post")
        made = posts.groupby("author")["post"].transform("size").to_numpy()
        wanted = pd.Series(number[here], target[here]).reindex(posts["author"]).to_numpy()
        chosen = posts[rng.random(len(posts)) < wanted / made]
        reader = np.full(len(chosen), account)
        times = react(scene, reader, chosen["time"].to_numpy(), rng)
        rows.append(reposted(reader, chosen["post"].to_numpy(), times))
    return pd.concat([scene.reposts.iloc[:0], *rows], ignore_index=True)


def _links(scene: Scene, terms: pd.DataFrame) -> pd.DataFrame:
    """Post and the account that it links to: a body, its own page, or anybody's."""
    weight = scene.people["weight"].to_numpy()
    sources = (scene.people["type"] != "amplifier").to_numpy()
    listed = np.isin(np.arange(len(weight)), scene.registry)
    found = [scene.links]
    for author, posts in scene.posts.sort_values("post").groupby("author", sort=True):
        account = int(str(author))
        rng = stream(scene.seed, "links", account)
        share = rng.beta(_EVEN * LINKED, _EVEN * (1 - LINKED))
        body = account in terms.index
        chance = share * terms["derivation"].get(account, 0.0) if body else _ELSEWHERE
        lot = rng.random(len(posts))
        others = weight * (listed if body else sources)
        others[account] = 0
        if not others.any():
            continue
        aim = pick(rng, others, len(posts))
        own = body & (lot >= chance) & (lot < chance + _OWN_PAGE)
        whom = np.where(own, account, aim)
        rows = pd.DataFrame({"post": posts["post"].to_numpy(), "account": whom})
        found.append(rows[(lot < chance) | own])
    return pd.concat(found, ignore_index=True)
