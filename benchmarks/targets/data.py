"""The data of all sides: ``python -m benchmarks.targets.data KIND ROWS FOLDER``.

A process of its own, so that the one that measures stays small.
"""

from pathlib import Path
from typing import Final

import click
import numpy as np
import pandas as pd

from benchmarks.worlds import World, world, write

KINDS: Final = ("world", "shares", "viral", "graph")
MOST_CSV: Final = 1_000_000
_SPARE: Final = (1.3, 2.0, 4.0)


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("rows", type=int)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def main(kind: str, rows: int, folder: Path) -> None:
    """Write a whole world, or its shares or ties alone, with so many rows."""
    folder.mkdir(parents=True)
    if kind == "world":
        write(world(rows), folder)
    elif kind == "graph":
        _write_graph(_ties(rows), folder)
    else:
        shares = _viral(rows) if kind == "viral" else _shares(rows)
        _write_shares(shares, folder, csv=kind == "shares" and rows <= MOST_CSV)


def _viral(rows: int) -> pd.DataFrame:
    """As the world has them: whoever shares a post again counts again."""
    made = world(rows, follows=0, viral=True)
    return _frame(made).assign(author=made.author[made.post])


def _frame(made: World) -> pd.DataFrame:
    return pd.DataFrame({"reposter": made.reposter, "post": made.post, "time": made.time})


def _shares(rows: int) -> pd.DataFrame:
    """Exactly so many shares, each account's first of a post; all tools agree what these mean."""
    for spare in _SPARE:
        made = world(round(rows * spare), follows=0, accounts=rows // 10)
        frame = _frame(made)
        first = frame.sort_values("time", kind="stable").drop_duplicates(["reposter", "post"])
        if len(first) >= rows:
            break
    kept = first.sort_index().iloc[:rows].reset_index(drop=True)
    return kept.assign(author=made.author[kept["post"]])


def _write_shares(shares: pd.DataFrame, folder: Path, *, csv: bool) -> None:
    table = pd.DataFrame(
        {
            "source": "x:a" + shares["reposter"].astype("str"),
            "target": "x:a" + shares["author"].astype("str"),
            "kind": "repost",
            "time": pd.to_datetime(shares["time"], unit="s", utc=True),
            "post": "x:p" + shares["post"].astype("str"),
        }
    )
    table.to_parquet(folder / "shares.parquet", index=False)
    if csv:
        _messages(shares).to_csv(folder / "messages.csv", index=False, lineterminator="\n")


def _messages(shares: pd.DataFrame) -> pd.DataFrame:
    """The columns that the coordination-network-toolkit reads."""
    return pd.DataFrame(
        {
            "message_id": "m" + shares.index.astype("str"),
            "user_id": "a" + shares["reposter"].astype("str"),
            "username": "",
            "repost_id": "p" + shares["post"].astype("str"),
            "reply_id": "",
            "message": "",
            "timestamp": shares["time"],
            "urls": "",
        }
    )


def _ties(rows: int) -> pd.DataFrame:
    """Exactly so many ties between different accounts, with the number of times each was made."""
    made = world(rows, accounts=rows // 10)
    source = np.concatenate([made.reposter, made.follower])
    target = np.concatenate([made.author[made.post], made.followed])
    frame = pd.DataFrame({"source": source, "target": target})[source != target]
    counted: pd.DataFrame = frame.value_counts(sort=False).rename("weight").reset_index()
    drawn = counted.sample(min(rows, len(counted)), random_state=0)
    return drawn.assign(weight=drawn["weight"].astype("float64"))


def _write_graph(ties: pd.DataFrame, folder: Path) -> None:
    """Ids for kznet; for the peers the places of these ids in their order."""
    ids = pd.DataFrame({name: "x:a" + ties[name].astype("str") for name in ("source", "target")})
    nothing = pd.Series([None] * len(ties), index=ties.index)
    named = ids.assign(
        kind="follow",
        time=nothing.astype("datetime64[us, UTC]"),
        post=nothing.astype("str"),
        weight=ties["weight"],
    )
    named.to_parquet(folder / "ties.parquet", index=False)
    code = np.unique(ids.to_numpy(dtype=object).ravel().astype(str), return_inverse=True)[1]
    source, target = code.reshape(-1, 2).T
    coded = pd.DataFrame({"source": source, "target": target, "weight": ties["weight"].to_numpy()})
    coded.to_parquet(folder / "edges.parquet", index=False)


if __name__ == "__main__":
    main()
