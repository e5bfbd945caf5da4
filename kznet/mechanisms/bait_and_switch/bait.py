"""The bait: an audience that grew before the turn, or pressing issues that drew it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.mechanisms.bait_and_switch.content import Content, content
from kznet.mechanisms.bait_and_switch.growth import Growth, growth
from kznet.mechanisms.bait_and_switch.posts import Posts

LEVEL: Final = 0.05


@dataclass(frozen=True)
class Bait:
    """Both kinds of bait; either suffices."""

    growth: Growth
    content: Content

    @property
    def p(self) -> float:
        """Twice the smaller of the two, or the one that can be computed; missing without any."""
        known = [p for p in (self.growth.p, self.content.p) if not np.isnan(p)]
        return min(1.0, len(known) * min(known)) if known else np.nan

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which of the two hold, with the doubling that having two asks for."""
        number = sum(not np.isnan(p) for p in (self.growth.p, self.content.p))
        both = {"growth": self.growth.p, "content": self.content.p}
        return tuple(name for name, p in both.items() if number * p <= LEVEL)


def bait(posts: Posts, account: int, moment: float) -> Bait:
    """Look for bait before a turn at `moment`."""
    return Bait(growth(posts, account, moment), content(posts, account, moment))
