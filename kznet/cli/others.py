"""Commands beside the way of the data: invented worlds, and what kznet knows."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

_KINDS = ("formats", "measures", "mechanisms")


@click.command()
@click.option("--world", "name", default="default", show_default=True, help="A named world.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Random seed.")
@click.option(
    "-o", "--out", "out", type=click.Path(file_okay=False), help="Folder; default outputs/WORLD."
)
def simulate(name: str, seed: int, out: str | None) -> None:
    """Write a fictional world with planted campaigns and innocent look-alikes.

    Example: kznet simulate --world small --seed 3 --out outputs/small
    """
    from kznet.simulate import simulate as invent
    from kznet.simulate import world, write

    folder = Path(out or Path("outputs") / name)
    write(invent(seed=seed, world=world(name)), folder)
    click.echo(f"world  {folder} (fictional; truth.csv says what was planted)")


@click.command(name="list")
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("--long", "whole", is_flag=True, help="Formats: how to get each, what is read.")
def list_(kind: str, whole: bool) -> None:
    """What there is, each with its meaning in one line.

    Example: kznet list measures
    """
    from kznet.registry import meaning

    known = _registry(kind)
    if whole and kind == "formats":
        from kznet.loaders import described

        click.echo(described(known), nl=False)
        return
    width = max(len(name) for name in known)
    for name, function in known.items():
        click.echo(f"{name:<{width}}  {meaning(function)}")


def _registry(kind: str) -> Mapping[str, Callable[..., object]]:
    if kind == "formats":
        from kznet.loaders import FORMATS

        return FORMATS
    if kind == "measures":
        from kznet.measures import MEASURES

        return MEASURES
    from kznet.mechanisms import MECHANISMS

    return MECHANISMS


COMMANDS = (simulate, list_)
