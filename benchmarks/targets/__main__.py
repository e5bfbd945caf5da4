"""Hold kznet to its limits: ``python -m benchmarks.targets --out FOLDER``."""

from pathlib import Path
from typing import Final

import click

from benchmarks.targets.bench import READINGS, estimate, measure
from benchmarks.targets.docs import PAGE, paste
from benchmarks.targets.environments import PACKAGES, versions
from benchmarks.targets.limits import MILLION, TEN
from benchmarks.targets.machine import busy, machine
from benchmarks.targets.plan import chosen, known
from benchmarks.targets.readings import forget, read
from benchmarks.targets.report import limits_table, report

_OTHERS: Final = {"spark": "Spark", "pages": "Pages"}
_SIZES: Final = f"{MILLION // 10},{MILLION},{TEN}"


def _numbers(_: click.Context, __: click.Parameter, value: str) -> tuple[int, ...]:
    return tuple(int(word) for word in value.split(","))


def _parts(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    found = tuple(word for word in value.split(",") if word)
    if unknown := set(found) - known():
        raise click.BadParameter(f"unknown: {sorted(unknown)}; known: {sorted(known())}")
    return found


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--rows", default=_SIZES, callback=_numbers, show_default=True)
@click.option("--runs", default=3, show_default=True, help="Runs of each side; 0 writes alone.")
@click.option("--only", default="", callback=_parts, help="Such as pairs,graph:networkx.")
@click.option("--again", is_flag=True, help="Forget earlier readings of what is run.")
@click.option("--docs", is_flag=True, help="Also write the figures into docs/performance.md.")
def main(
    out: Path, rows: tuple[int, ...], runs: int, only: tuple[str, ...], again: bool, docs: bool
) -> None:
    """Run kznet and its peers in turn, each as a process, and compare what they cost."""
    out = out.resolve()
    for name in ("data", "environments"):
        (out / name).mkdir(parents=True, exist_ok=True)
    groups = list(chosen(only, rows))
    if again:
        forget(out / READINGS, {(s.part, size, s.name) for size, sides in groups for s in sides})
    for words in estimate(read(out / READINGS), groups, runs=runs):
        click.echo(words, err=True)
    for size, sides in groups:
        measure(out, size, sides, runs=runs)
    write(out, docs=docs)


def write(out: Path, *, docs: bool) -> None:
    """Write tables and plots of all readings that there are; print the limits."""
    from benchmarks.targets.plots import plots  # not before: it makes the process large

    kept = read(out / READINGS)
    made = [name for name in PACKAGES if name == "kznet" or (out / "environments" / name).is_dir()]
    tools = {name: versions(name, out / "environments") for name in made}
    others = {title: out / f"{name}.md" for name, title in _OTHERS.items()}
    more = {title: path.read_text("utf-8") for title, path in others.items() if path.is_file()}
    text = report(kept, versions=tools, machine=f"{machine()}; {busy(kept)}", more=more)
    (out / "targets.md").write_text(text, encoding="utf-8")
    drawings = plots(kept)
    for name, drawing in drawings.items():
        (out / f"{name}.svg").write_text(drawing, encoding="utf-8")
    if docs:
        paste(PAGE, text, drawings)
    click.echo(limits_table(kept))


if __name__ == "__main__":
    main()
