"""Measure the atlas: ``python -m benchmarks.atlas --accounts 1000000``."""

import resource
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Final

import click
import numpy as np

from benchmarks.atlas.case import case
from kznet.report.atlas import Page, atlas
from kznet.report.texts import Texts, languages, read_texts
from kznet.report.woven import woven

_KINDS: Final = {"atlas/index": "first page", "atlas/comm": "community", "atlas/acco": "account"}


@click.command()
@click.option("--accounts", default=1_000_000, show_default=True)
@click.option("--ties", default=10, show_default=True, help="Ties for each account.")
@click.option("--lang", "spoken", multiple=True, help="Languages; all where none is named.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for pages.")
def main(accounts: int, ties: int, spoken: tuple[str, ...], out: Path | None) -> None:
    """Make the atlas of an invented case; print CPU seconds, memory and sizes of pages."""
    analysis = case(accounts, ties_each=ties)
    texts = [read_texts(lang) for lang in spoken or languages()]
    before, start = _megabytes(), process_time()
    pages = atlas(analysis, render=lambda page: woven(_told(page, texts)))
    sizes = dict(_written(pages, out))
    seconds, total = process_time() - start, sum(sizes.values())
    click.echo(
        f"{accounts:,} accounts, {analysis.network.total.nnz:,} ties, {len(texts)} languages"
    )
    click.echo(
        f"{seconds:.1f} s CPU; memory {before:,.0f} MB before, at most {_megabytes():,.0f} MB"
    )
    click.echo(f"{len(sizes):,} pages, {total / 1e6:.1f} MB")
    for beginning, kind in _KINDS.items():
        own = np.array([size for path, size in sizes.items() if path.startswith(beginning)]) / 1e3
        click.echo(f"{kind}: {len(own):,} pages, {_range(own)}")


def _told(page: Page, spoken: Sequence[Texts]) -> dict[str, str]:
    return {texts.lang: page.html(texts) for texts in spoken}


def _written(pages: Iterator[tuple[str, str]], out: Path | None) -> Iterator[tuple[str, int]]:
    for path, text in pages:
        content = text.encode("utf-8")
        if out is not None:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
        yield path, len(content)


def _range(sizes: np.ndarray) -> str:
    if not len(sizes):
        return "none"
    return f"{np.median(sizes):.1f} KB in the middle, {sizes.max():.1f} KB at most"


def _megabytes() -> float:
    """Most memory that the process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
