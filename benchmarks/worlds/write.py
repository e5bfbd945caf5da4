"""A world as kznet's own three tables, in Parquet or CSV."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from benchmarks.worlds.world import World

_ROLES = ("politician", "government", "opposition", "media", "blogger")
_FOLLOWERS_OF_ONE = 500


def write(made: World, folder: Path, *, form: str = "parquet") -> None:
    """Write accounts, ties and posts; `form` is ``parquet`` or ``csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("accounts", _accounts(made)), ("posts", _posts(made))):
        _one(table, folder / f"{name}.{form}")
    _one(_ties(made), folder / f"ties.{form}")


def _one(table: pa.Table, path: Path) -> None:
    if path.suffix == ".csv":
        csv.write_csv(table, path)
    else:
        parquet.write_table(table, path)


def _named(prefix: str, code: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pa.array(code).cast(pa.string()), "")


def _stamps(seconds: np.ndarray) -> pa.Array:
    return pa.array(seconds * 1_000_000).cast(pa.timestamp("us", tz="UTC"))


def _accounts(made: World) -> pa.Table:
    code = np.arange(len(made.group))
    followers = (made.audience * _FOLLOWERS_OF_ONE).astype(np.int64)
    public = np.argsort(np.argsort(-made.audience)) < max(len(code) // 500, 20)
    role = np.where(public, np.array(_ROLES)[code % len(_ROLES)], "")
    roles = pc.if_else(pa.array(public), pa.array(role), pa.scalar(None, pa.string()))
    return pa.table({"account": _named("x:a", code), "role": roles, "followers": followers})


def _posts(made: World) -> pa.Table:
    return pa.table(
        {
            "post": _named("x:p", np.arange(len(made.author))),
            "account": _named("x:a", made.author),
            "time": _stamps(made.published),
        }
    )


def _ties(made: World) -> pa.Table:
    follows, reposts = len(made.follower), len(made.reposter)
    kind = pa.concat_arrays([pa.repeat("follow", follows), pa.repeat("repost", reposts)])
    none = pa.nulls(follows, pa.string())
    post = pa.concat_arrays([none, _named("x:p", made.post)])
    when = pa.concat_arrays([pa.nulls(follows, pa.timestamp("us", tz="UTC")), _stamps(made.time)])
    return pa.table(
        {
            "source": _named("x:a", np.concatenate([made.follower, made.reposter])),
            "target": _named("x:a", np.concatenate([made.followed, made.author[made.post]])),
            "kind": kind,
            "time": when,
            "post": post,
        }
    )
