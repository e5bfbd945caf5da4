"""Commands that write one table: the analyst's own view, with every id as it is."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kznet.cli import options, say
from kznet.cli.request import Request

if TYPE_CHECKING:
    import pandas as pd


def _write(table: "pd.DataFrame | Iterable[pd.DataFrame]", out: str) -> None:
    from kznet.tabular import write_csv

    write_csv(table, sys.stdout if out == "-" else Path(out))


@click.command()
@options.loads
@click.option("--measure", "chosen", multiple=True, help="One measure alone; repeatable.")
@click.option("--ranks", "ranked", is_flag=True, help="Ranks instead of values.")
@options.out_table
def centrality(request: Request, chosen: tuple[str, ...], ranked: bool, out: str) -> None:
    """Every measure of position, a row an account.

    Example: kznet centrality edges.csv --measure pagerank -o centrality.csv
    """
    from kznet.analysis import labelled
    from kznet.communities import communities as find
    from kznet.measures import centrality as measure
    from kznet.measures import ranks

    data = request.dataset()
    net = request.network(data)
    groups = find(net, seed=request.seed)
    found = measure(
        net, measures=chosen, membership=groups.membership, data=data, seed=request.seed
    )
    table = ranks(found.table) if ranked else found.table
    _write(labelled(table, data, groups), out)


@click.command()
@options.loads
@click.option("--summary", "summarised", is_flag=True, help="One row a community.")
@options.out_table
def communities(request: Request, summarised: bool, out: str) -> None:
    """Account, community and confidence.

    Example: kznet communities follows.csv --accounts roles.csv --summary
    """
    from kznet.communities import communities as find
    from kznet.communities import summary

    data = request.dataset()
    net = request.network(data)
    found = find(net, seed=request.seed)
    request.tell.line(say.grouped(found))
    table = summary(found.table, data, net, status=found.status) if summarised else found.table
    _write(table, out)


@click.command()
@options.loads
@options.window
@options.min_objects
@options.level
@click.option("--sweep", "swept", is_flag=True, help="Compare windows from 10 s to 1 h.")
@options.out_table
def pairs(request: Request, window: str, min_objects: int, q: float, swept: bool, out: str) -> None:
    """Pairs of accounts that shared the same posts within a window.

    Example: kznet pairs shares.csv --window 60s --min-objects 2 -o pairs.csv
    """
    from kznet.coordination import sweep

    if swept:
        _write(sweep(request.dataset(), q=q, memory=request.most_memory), out)
        return
    with request.pairing(window) as found:
        count = found.count(min_objects=min_objects)
        kept = found.survivors(q, min_objects=min_objects)
        request.tell.line(say.paired(count, kept, window, q))
        _write(found.tables(min_objects=min_objects), out)


@click.command()
@options.loads
@options.level
@options.strict
@options.out_table
def hubs(request: Request, q: float, out: str) -> None:
    """Accounts with reach, and whether signals consistent with manipulation were found.

    Example: kznet hubs channels/ --accounts roles.csv -o hubs.csv
    """
    from kznet.communities import communities as find
    from kznet.hubs import hubs as call

    known, data = request.references(), request.dataset()
    net = request.network(data)
    groups = find(net, seed=request.seed).table
    with request.tell.progress("testing") as progress:
        step = (lambda done, total: progress("sources", done, total)) if progress else None
        found = call(
            data, net, membership=groups, references=known, q=q, seed=request.seed, progress=step
        )
    for line in say.called(found.table, found.facts):
        request.tell.line(line)
    _write(found.table, out)


@click.command()
@options.loads
@click.option("--top", type=click.IntRange(1), default=200, show_default=True, help="Most rows.")
@click.option(
    "--same", type=click.Path(), help="Also list accounts that may be one person or body, here."
)
@options.out_table
def accounts(request: Request, top: int, same: str | None, out: str) -> None:
    """List the accounts to give a role, camp and entity by hand, most followed first.

    Filled in, the list comes back with --accounts; so does that of --same, where a yes in
    the column accept puts an account under its entity. A FILE.xlsx has drop-downs.

    Example: kznet accounts channels/ -o accounts.xlsx --same same.xlsx
    """
    from kznet.labelling import check_free, to_label, write_labels
    from kznet.suggestions import suggestions

    for path in filter(None, (out, same)):
        check_free(path)
    data = request.dataset()
    listed = to_label(data, top=top)
    if out == "-":
        _write(listed, out)
    else:
        write_labels(listed, Path(out))
    known = int(listed["role"].notna().sum())
    request.tell.line(f"{len(listed):,} of {len(data.accounts):,} accounts; {known:,} have a role")
    if same is not None:
        alike = suggestions(data)
        write_labels(alike, Path(same))
        request.tell.line(f"{alike['group'].nunique():,} groups that may be one person or body")


@click.command()
@options.loads
@options.out_table
def topics(request: Request, out: str) -> None:
    """Topic and category of each post, with the words of the lexicon that decided it.

    Example: kznet topics channels/ --lexicon my_lexicon.csv -o topics.csv
    """
    from kznet.content import content_table

    known, data = request.references(), request.dataset()
    _write(content_table(data.posts, lexicon=known.lexicon, seed=request.seed), out)


COMMANDS = (centrality, communities, pairs, hubs, topics, accounts)
