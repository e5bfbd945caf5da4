"""The command line: each command reads, calls one library function, writes."""

import signal
import sys
from typing import Any

import click

from kznet import __version__
from kznet.cli import cases, evaluation, others, tables
from kznet.errors import KznetError


class _Group(click.Group):
    """The one place where an error becomes a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KznetError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            where = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise click.ClickException(where) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kznet")
def kznet() -> None:
    """From exports of social platforms to a graph of political influence.

    Start with `kznet run FILES…`; without FILES it runs on a fictional demo.
    """


for _command in (*cases.COMMANDS, *tables.COMMANDS, *evaluation.COMMANDS, *others.COMMANDS):
    kznet.add_command(_command)


def main() -> None:
    """Run the command line; a termination signal ends it as cleanly as Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    kznet(prog_name="kznet")
