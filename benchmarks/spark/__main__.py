"""Time the steps with one core and with two: ``python -m benchmarks.spark --world FOLDER``."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import click
import pandas as pd

from benchmarks.spark.steps import STEPS, measured

_MASTERS: Final = ("local[1]", "local[2]")


@click.command()
@click.option("--world", "folder", required=True, help="Folder with accounts, ties and posts.")
@click.option("--runs", default=1, show_default=True, help="Runs with each number of cores.")
@click.option("--step", "steps", multiple=True, type=click.Choice(STEPS), help="Of all, these.")
@click.option("--master", "masters", multiple=True, help="Where; local[1] and local[2] if none.")
@click.option("--one", is_flag=True, hidden=True)
def main(folder: str, runs: int, steps: Sequence[str], masters: Sequence[str], one: bool) -> None:
    """Print seconds by step and cores, and how far the second core pays."""
    if one:
        click.echo(json.dumps(measured(folder, masters[0], steps=steps)))
        return
    rows = [
        _alone(folder, master, steps) | {"master": master}
        for _ in range(runs)
        for master in masters or _MASTERS
    ]
    found = pd.DataFrame(rows).groupby("master").median().T
    if set(_MASTERS) <= set(found.columns):
        found["efficiency"] = found["local[1]"] / found["local[2]"] / 2
    click.echo(found.round(2).to_string())


def _alone(folder: str, master: str, steps: Sequence[str]) -> dict[str, float]:
    """Measure in a process of its own, as a JVM has one master for life."""
    line = [sys.executable, "-m", "benchmarks.spark", "--one", "--world", folder]
    asked = ["--master", master, *(word for step in steps for word in ("--step", step))]
    run = subprocess.run([*line, *asked], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  # its own module
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
