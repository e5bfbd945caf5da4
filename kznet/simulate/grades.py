"""The grades that plants come in, and how a world deals them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Level = TypeVar("Level")


@dataclass(frozen=True)
class Crews:
    """The grades that coordinated crews come in; a world deals each list out evenly.

    Sizes in accounts; participation is the chance that a member joins a post; jitter is the
    mean lag behind the crew's common moment, in seconds; camouflage is the share of a member's
    reposts that are ordinary ones of other sources. Kinds are `fixed`, `rotating` (six of 32
    join each post, others each time), `in_fans` (inside a fan community of the hub) and
    `three_hubs` (one crew serves three sources).
    """

    size: tuple[int, ...] = (4, 8, 16, 32)
    participation: tuple[float, ...] = (0.4, 0.8)
    jitter: tuple[int, ...] = (15, 60, 300)
    camouflage: tuple[float, ...] = (0.0, 0.5, 0.9)
    kind: tuple[str, ...] = ("fixed", "fixed", "fixed", "fixed", "rotating", "in_fans")


@dataclass(frozen=True)
class Turns:
    """The grades that bait and switch comes in; a world deals each list out evenly.

    Strength is the share of self-interest posts after the turn; growth the factor on the
    reposts a post that is reached by then; bait the share of burning topics before it. Kinds
    are `selling` (mostly promotion) and `campaigning` (mostly personal brand and fundraising).
    """

    strength: tuple[float, ...] = (0.1, 0.3, 0.5, 0.8)
    growth: tuple[float, ...] = (1.5, 3.0)
    bait: tuple[float, ...] = (1.0,)
    kind: tuple[str, ...] = ("selling", "campaigning")


@dataclass(frozen=True)
class Claims:
    """The grades that sources posing as official come in; a world deals each list out evenly.

    Recognition is how often confirmed bodies follow or repost the source, and derivation how
    often it links and reposts them, both as a share of what is usual between such bodies. Kinds
    say where the claim stands: in the `name`, the `handle` or the `bio`.
    """

    recognition: tuple[float, ...] = (0.0, 0.25, 0.5, 1.0)
    derivation: tuple[float, ...] = (0.0, 0.25)
    kind: tuple[str, ...] = ("name", "handle", "bio")


def dealt(levels: Sequence[Level], number: int, rng: np.random.Generator) -> list[Level]:
    """So many grades, each level equally often, in a random order."""
    return [levels[i] for i in rng.permutation(np.resize(rng.permutation(len(levels)), number))]
