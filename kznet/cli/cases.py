"""Commands that write a case folder or work on one."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kznet.cli import options, say
from kznet.cli.options import NamesChoice
from kznet.cli.pages import pages, part
from kznet.cli.request import Request

if TYPE_CHECKING:
    from kznet.report.view import View

_out_folder = click.option(
    "-o", "--out", "out", type=click.Path(file_okay=False), help="Folder; default outputs/NAME."
)
_case = click.argument("case", type=click.Path(exists=True, file_okay=False))


@click.command()
@options.loads
@options.window
@options.min_objects
@options.level
@options.strict
@options.names
@pages
@options.secret
@_out_folder
@click.option("--profile", "profiled", is_flag=True, help="Print what each step took.")
def run(
    request: Request,
    window: str,
    min_objects: int,
    q: float,
    names: NamesChoice,
    view: "View",
    secret_file: str | None,
    out: str | None,
    profiled: bool,
) -> None:
    """Load, measure, test, and write the case folder with its pages.

    Example: kznet run channels/ --accounts roles.csv --out outputs/january
    """
    from kznet.analysis import analyze
    from kznet.case import check
    from kznet.report.folder import write_case
    from kznet.steps import Watch

    secret = options.read_secret(secret_file)
    folder = Path(out or Path("outputs") / request.name)
    check(folder)
    watch = Watch()
    references = request.references()
    with ExitStack() as stack:
        with watch.step("reading") as over:
            data, there = stack.enter_context(request.opened())
            over(sum(file.rows for file in data.report.files))
        for line in say.loaded(data):
            request.tell.line(line)
        with request.tell.progress("working") as progress:
            found = analyze(
                data,
                window=window,
                min_objects=min_objects,
                references=references,
                q=q,
                seed=request.seed,
                there=there,
                progress=progress,
                engine=request.engine,
                memory=request.most_memory,
            )
    found = replace(
        found,
        options=request.options() | dict(found.options),
        steps=watch.steps + found.steps,
    )
    with request.tell.progress("writing") as progress:
        shared = write_case(found, folder, names=names, view=view, secret=secret, progress=progress)
    told = [*say.finished(shared, folder), *say.where_set_aside(data, folder)]
    click.echo("\n".join([*told, *(say.took(shared.steps) if profiled else ())]))


@click.command()
@options.loads
@options.names
@options.secret
@_out_folder
def build(request: Request, names: NamesChoice, secret_file: str | None, out: str | None) -> None:
    """Load, and write the dataset and graph files; print the load report.

    Example: kznet build result.json edges.csv --out outputs/january
    """
    from kznet.analysis import bare
    from kznet.report.folder import write_case

    secret = options.read_secret(secret_file)
    folder = Path(out or Path("outputs") / request.name)
    data = request.dataset()
    found = replace(bare(data), options=request.options() | {"seed": request.seed})
    write_case(found, folder, names=names, secret=secret)
    told = [*say.loaded(data), "", f"dataset  {folder / 'dataset'}"]
    click.echo("\n".join([*told, *say.where_set_aside(data, folder)]))


@click.command()
@_case
@options.names
@part
@pages
def render(case: str, names: NamesChoice, view: "View") -> None:
    """Write pages, tables and graph files of a case again: other names, size, or a part of it.

    Example: kznet render outputs/january --around @akimat --from 2024-02-01
    """
    from kznet.case import read
    from kznet.report.folder import write_case

    folder = Path(case)
    shared = write_case(read(folder), folder, names=names, view=view)
    click.echo("\n".join(say.finished(shared, folder)))


@click.command()
@_case
@click.option("--to", required=True, help="gexf, graphml, gephi, json, xlsx or parquet.")
@options.names
@_out_folder
def export(case: str, to: str, names: NamesChoice, out: str | None) -> None:
    """Write graph files and tables of a case for other tools.

    Example: kznet export outputs/january --to gephi
    """
    from kznet.case import read, secret_of
    from kznet.privacy import new_secret, shareable
    from kznet.report import export as write_export

    source = Path(case)
    folder = Path(out) if out else source.with_name(f"{source.resolve().name}-{to}")
    folder.mkdir(parents=True, exist_ok=True)
    secret = secret_of(source) or new_secret()
    shared = shareable(read(source), names=names, secret=secret)
    click.echo("\n".join(str(path) for path in write_export(shared, folder, to=to)))


COMMANDS = (run, build, render, export)
