"""What the reposts of a dataset show, counted: whether M1 can be tested, and what limits it."""

from typing import Any, NamedTuple

from kznet.dataset import Dataset
from kznet.mechanisms.amplification.events import Events


class Seen(NamedTuple):
    """Counts of reposts, and of those of them that can be used.

    `reposts`, those that name their `posts` and carry `times`, whether posts have `authors`;
    events that are `usable`, those too `coarse`, the `coarsest` unit of stamps in seconds;
    posts whose beginning is `assumed`, and reposts that come too `early`.
    """

    reposts: int
    posts: int
    times: int
    authors: bool
    usable: int
    coarse: int
    coarsest: float
    assumed: int
    early: int

    @property
    def missing(self) -> str:
        """Why no source can be tested, or nothing."""
        if not self.reposts:
            return "no reposts in the data"
        if not self.posts:
            return "the reposts do not say which post they repeat"
        if not self.authors:
            return "authors are missing: the reposts do not say whose posts they repeat"
        if not self.times:
            return "times are missing: the reposts carry no time"
        if self.usable:
            return ""
        if self.coarse:
            return f"time stamps are too coarse (whole multiples of {self.coarsest:.0f} s)"
        return "no repost has a post, an author and a time at once"

    @property
    def facts(self) -> dict[str, Any]:
        """What a case tells of them."""
        return {
            "resolution_seconds": self.coarsest,
            "reposts_with_too_coarse_stamps": self.coarse,
            "posts_that_start_with_their_first_repost": self.assumed,
            "reposts_before_their_post": self.early,
        }


def seen(data: Dataset, every: Events) -> Seen:
    """Count what a dataset and its events show."""
    reposts = data.ties.loc[data.ties["kind"] == "repost", ["post", "time"]]
    return Seen(
        reposts=len(reposts),
        posts=int(reposts["post"].notna().sum()),
        times=int(reposts["time"].notna().sum()),
        authors=bool(data.posts["account"].notna().any()),
        usable=len(every.source),
        coarse=int(every.coarse.sum()),
        coarsest=every.coarsest,
        assumed=every.assumed_origins,
        early=every.before_origin,
    )
