"""Options that several commands share."""

import tomllib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

import click

from kznet.cli.request import Request
from kznet.errors import DataError
from kznet.registry import unknown

P = ParamSpec("P")
R = TypeVar("R")
Command = Callable[..., R]
_STRICTER = 3


def loads(command: Command[R]) -> Command[R]:
    """Give a command INPUT and the options of loading; it gets them as one `Request`."""

    @wraps(command)
    def gathered(**values: Any) -> R:
        fields = {name: values.pop(name) for name in Request.__dataclass_fields__}
        return command(Request(**fields), **values)

    for decorate in reversed(_LOADING):
        decorate(gathered)
    return gathered


def _configured(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    """Take defaults from a TOML file with the names of the options."""
    if value is None:
        return
    try:
        settings = tomllib.loads(Path(value).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{value}: not a TOML file: {error}") from error
    known = {parameter.name or "": parameter for parameter in ctx.command.params}
    for name in settings:
        if name not in known:
            raise DataError(f"{value}: {unknown('option', name, known)}")
    ctx.default_map = {**(ctx.default_map or {}), **settings}


_LOADING = (
    click.argument("inputs", nargs=-1, type=click.Path(), metavar="[INPUT]..."),
    click.option(
        "--accounts", multiple=True, type=click.Path(),
        help="Table of roles, names, camps (CSV, XLSX); repeatable.",
    ),
    click.option(
        "--registry", type=click.Path(),
        help="Table of confirmed official accounts: account, name, confirmed (a day), url.",
    ),
    click.option(
        "--lexicon", type=click.Path(),
        help="Table of terms that tell what posts are for: category, field, lang, term.",
    ),
    click.option("--format", help="Format of INPUT; found by content where not given."),
    click.option("--platform", help="Platform of ids that name none, such as telegram."),
    click.option("--kind", help="Kind of ties for files that don't say."),
    click.option(
        "--direction", type=click.Choice(["actor", "influence"]), default="actor",
        show_default=True, help="Whether plain edges run from the one who reposts or to it.",
    ),
    click.option(
        "--tz", default="Asia/Almaty", show_default=True, help="Zone of times that name none."
    ),
    click.option(
        "--source-account", metavar="ID",
        help="Account a file is about, where the file does not say (followers lists and the like).",
    ),
    click.option(
        "--by", type=click.Choice(["account", "entity"]), default="account", show_default=True,
        help="Whether accounts of one entity count as one.",
    ),
    click.option("--query", help="SQL that gives the rows, where INPUT is a database's address."),
    click.option(
        "--seed", type=click.IntRange(0), default=0, show_default=True, help="Random seed."
    ),
    click.option(
        "--engine", type=click.Choice(["auto", "igraph", "networkit", "duckdb", "spark"]),
        default="auto", show_default=True,
        help="What computes; auto goes by rows and memory. All but igraph are extras.",
    ),
    click.option(
        "--memory", metavar="SIZE", help="Most memory for work in pieces, such as 4GiB."
    ),
    click.option(
        "--master", metavar="URL",
        help="Where Spark runs, with --engine spark: local[8], yarn, spark://host:7077, …",
    ),
    click.option(
        "--work", metavar="FOLDER",
        help="Folder or URL that all machines of a Spark cluster reach, for what steps leave.",
    ),
    click.option("--quiet", is_flag=True, help="No progress and no remarks."),
    click.option(
        "--config", type=click.Path(exists=True, dir_okay=False), is_eager=True,
        expose_value=False, callback=_configured, help="TOML file with these options.",
    ),
)  # fmt: skip

out_table = click.option(
    "-o", "--out", "out", default="-", show_default=True, type=click.Path(),
    help="File for the table; - is the screen.",
)  # fmt: skip
window = click.option(
    "--window", default="60s", show_default=True, help="Largest gap of coordinated reposts."
)
min_objects = click.option(
    "--min-objects", type=click.IntRange(1), default=1, show_default=True,
    help="Fewest distinct posts a pair has in common.",
)  # fmt: skip
level = click.option(
    "--q", "q", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.05,
    show_default=True, help="Level of the false-discovery control.",
)  # fmt: skip


def strict(command: Command[R]) -> Command[R]:
    """Give a command that has `level` the option to ask for a third of it."""

    @wraps(command)
    def stricter(*given: Any, q: float, strict: bool, **values: Any) -> R:
        return command(*given, q=q / _STRICTER if strict else q, **values)

    click.option("--strict", is_flag=True, help="Call at a third of q.")(stricter)
    return stricter


names = click.option(
    "--names", type=click.Choice(["auto", "public", "all"]), default="auto", show_default=True,
    help="Who is named in what is passed on.",
)  # fmt: skip
secret = click.option(
    "--secret", "secret_file", type=click.Path(exists=True, dir_okay=False),
    help="File with the secret behind the pseudonyms, to share it between cases.",
)  # fmt: skip

NamesChoice = Literal["auto", "public", "all"]


def read_secret(path: str | None) -> str | None:
    """Secret in a file: an even number of hexadecimal digits, at least 32.

    Raises
    ------
    DataError
        The file holds something else.
    """
    if path is None:
        return None
    text = Path(path).read_text(encoding="utf-8", errors="replace").strip()
    try:
        if len(bytes.fromhex(text)) >= 16:
            return text
    except ValueError as error:
        raise DataError(f"{path}: a secret is hexadecimal digits") from error
    raise DataError(f"{path}: found {len(text)} digits; a secret has at least 32")
