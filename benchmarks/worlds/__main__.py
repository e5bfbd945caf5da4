"""Write a large invented world: ``python -m benchmarks.worlds --reposts 1000000 --out FOLDER``."""

from pathlib import Path

import click

from benchmarks.worlds import world, write


@click.command()
@click.option("--reposts", default=1_000_000, show_default=True)
@click.option("--follows", type=int, help="As many as reposts where not given.")
@click.option("--accounts", default=0, help="A tenth of the reposts where not given.")
@click.option("--viral", is_flag=True, help="Two fifths of the reposts on 20 posts.")
@click.option("--seed", default=0, show_default=True)
@click.option("--form", type=click.Choice(["parquet", "csv"]), default="parquet")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def main(
    reposts: int, follows: int | None, accounts: int, viral: bool, seed: int, form: str, out: Path
) -> None:
    """Write accounts, ties and posts of a world with so many rows."""
    made = world(reposts, follows=follows, accounts=accounts, seed=seed, viral=viral)
    write(made, out, form=form)


if __name__ == "__main__":
    main()
