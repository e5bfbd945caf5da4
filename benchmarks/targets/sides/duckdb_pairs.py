"""Pairs by a join of DuckDB: a share meets those of its own minute and of the next one."""

import sys

import duckdb

from benchmarks.targets.sides.laps import Laps

_CODES = """
create table {name} as
select row_number() over () as code, id from (select distinct {column} as id from file)
"""
_SHARES = """
create table shares as
select account.code as account, post.code as post, epoch(file.time)::bigint as time
from file join account on account.id = file.source join post on post.id = file.post
"""
_PAIRS = """
with early as (
    select account, post, time, unnest([time // 60, time // 60 + 1]) as minute from shares
), late as (
    select account, post, time, time // 60 as minute from shares
), pairs as (
    select least(early.account, late.account) as low, greatest(early.account, late.account) as high,
        count(*) as objects
    from early join late using (post, minute)
    where late.time - early.time between 0 and 60
        and late.account <> early.account
        and (late.time > early.time or late.account > early.account)
    group by low, high
)
select count(*), coalesce(sum(objects), 0)::bigint from pairs
"""


def main(path: str) -> None:
    """Read, join and tell."""
    laps = Laps()
    base = duckdb.connect()
    base.read_parquet(path).create_view("file")
    for name, column in (("account", "source"), ("post", "post")):
        base.execute(_CODES.format(name=name, column=column))
    base.execute(_SHARES)
    laps.lap("read")
    pairs, coincidences = base.execute(_PAIRS).fetchall()[0]
    laps.lap("kernel")
    laps.tell({"pairs": pairs, "coincidences": coincidences})


if __name__ == "__main__":
    main(sys.argv[1])
