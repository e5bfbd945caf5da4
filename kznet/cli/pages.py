"""Options of what the pages show; a command gets them as one `View`."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar

import click

R = TypeVar("R")
Command = Callable[..., R]

_DAY = click.DateTime(["%Y-%m-%d"])
_PAGES = (
    click.option(
        "--lang", type=click.Choice(["auto", "en", "ru", "kk"]), default="auto", show_default=True,
        help="Language in which the pages open; auto is the reader's. All hold every language.",
    ),
    click.option(
        "--top", type=click.IntRange(1, 1500), default=400, show_default=True,
        help="Accounts on the network page.",
    ),
    click.option(
        "--single-file", is_flag=True, help="Also report.html: report, map and dossiers in one."
    ),
)  # fmt: skip
_PART = (
    click.option("--around", metavar="ACCOUNT", help="Map of one account (id, handle or name)."),
    click.option("--community", type=click.IntRange(0), help="Map of one community, by number."),
    click.option(
        "--dossier", "dossiers", multiple=True, metavar="ACCOUNT",
        help="Also a dossier of this account, called or not; repeatable.",
    ),
    click.option("--from", "since", type=_DAY, help="First day (UTC) of the ties on the map."),
    click.option("--to", "until", type=_DAY, help="Last day (UTC) of the ties on the map."),
)  # fmt: skip


def pages(command: Command[R]) -> Command[R]:
    """Give a command the options of pages; outside of all that ask for a part of the case."""

    @wraps(command)
    def viewed(*given: Any, **values: Any) -> R:
        from kznet.report.view import View

        asked = {name: values.pop(name) for name in View.__dataclass_fields__ if name in values}
        for name in ("since", "until"):
            asked[name] = _day(asked.get(name))
        return command(*given, view=View(**asked), **values)

    return _with(viewed, _PAGES)


def part(command: Command[R]) -> Command[R]:
    """Give a command that shows pages the options to show a part of the case."""
    return _with(command, _PART)


def _with(command: Command[R], decorators: tuple[Callable[[Any], Any], ...]) -> Command[R]:
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
