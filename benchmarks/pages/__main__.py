"""Measure the pages: ``python -m benchmarks.pages --out FOLDER``."""

import tempfile
from pathlib import Path
from time import process_time
from typing import Any

import click
import pandas as pd

from benchmarks.pages.browser import chromium, reading
from benchmarks.pages.cases import large, layout_seconds, small
from benchmarks.pages.sides import map_page, sides
from benchmarks.pages.table import markdown, table

Rows = list[tuple[int, str, str, float]]


@click.command()
@click.option("--accounts", multiple=True, default=(400, 1_500), show_default=True)
@click.option("--repeats", default=5, show_default=True, help="Openings of each page.")
@click.option("--limit", default=60.0, show_default=True, help="Seconds to wait for a drawing.")
@click.option("--large/--no-large", "whole", default=True, help="Also 20,000 accounts in Python.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for files.")
def main(
    accounts: tuple[int, ...], repeats: int, limit: float, whole: bool, out: Path | None
) -> None:
    """Open kznet's network page and stock pyvis's in turn, and print medians beside budgets."""
    rows: Rows = []
    analysis = small()
    for top in accounts:
        rows += opened(analysis, top=top, repeats=repeats, limit=limit)
    if whole:
        rows += written()
    readings = pd.DataFrame(rows, columns=["accounts", "side", "measure", "value"])
    found = table(readings)
    click.echo(markdown(found))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "pages.md").write_text(markdown(found) + "\n", encoding="utf-8")
        readings.to_csv(out / "pages.csv", index=False, lineterminator="\n")


def opened(analysis: Any, *, top: int, repeats: int, limit: float) -> Rows:
    """Open each side's page in turn; a page that draws nothing in time is opened once."""
    rows: Rows = []
    hopeless: set[str] = set()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        pages = sides(analysis, Path(folder), top=top)
        for repeat in range(repeats):
            for name, side in pages.items():
                if name in hopeless:
                    continue
                click.echo(f"{top:,} accounts, {name}, {repeat + 1} of {repeats}", err=True)
                found = reading(browser, side, limit=limit)
                if "first_draw" not in found:
                    hopeless.add(name)
                rows += [(top, name, measure, float(value)) for measure, value in found.items()]
    return rows


def written() -> Rows:
    """CPU seconds of Python for 20,000 accounts: the map's page, and the layout of all at once."""
    analysis = large()
    n = len(analysis.network)
    start = process_time()
    map_page(analysis, top=1_500)
    seconds = process_time() - start
    return [(n, "kznet", "write", seconds), (n, "kznet", "layout", layout_seconds(analysis))]


if __name__ == "__main__":
    main()
