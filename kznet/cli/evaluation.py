"""The command that holds calls against planted truth, or against labels."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kznet.cli import options
from kznet.cli.request import Request

_nulls = "Seeds on which worlds without plants are made too."
_degrade = "Seeds on which reposts are also lost and stamps made coarser."
_redraw = "Times that the first world is drawn again, to check intervals of reach."


@click.command()
@options.loads
@options.level
@click.option(
    "--world",
    "worlds",
    multiple=True,
    default=["compact"],
    show_default=True,
    help="A named world; repeatable.",
)
@click.option(
    "--generator",
    "generators",
    multiple=True,
    help="latency or sessions; repeatable; the world's own where not given.",
)
@click.option("--seeds", default="0-19", show_default=True, help="Such as 1000-1199 or 3,5,8.")
@click.option("--nulls", type=click.IntRange(0), default=5, show_default=True, help=_nulls)
@click.option("--degrade", type=click.IntRange(0), default=0, show_default=True, help=_degrade)
@click.option("--redraw", type=click.IntRange(0), default=0, show_default=True, help=_redraw)
@click.option("--workers", type=click.IntRange(1), help="Processes; one a core where not given.")
@click.option(
    "--truth",
    type=click.Path(),
    help="Table of INPUT's accounts: account, label, and where known mechanism.",
)
@click.option(
    "-o",
    "--out",
    "out",
    type=click.Path(file_okay=False),
    show_default=True,
    default="outputs/evaluation",
    help="Folder.",
)
def evaluate(request: Request, truth: str | None, q: float, out: str, **asked: Any) -> None:
    """How often calls are right, on simulated worlds, or on INPUT with labels.

    Example: kznet evaluate --world small --seeds 0-1 --nulls 1 -o outputs/figures
    """
    if (truth is None) != (not request.inputs):
        raise click.UsageError("INPUT and --truth go together: its accounts, and their labels")
    if truth is None:
        told = _on_worlds(request, Path(out), q, asked)
    else:
        told = _on_labels(request, Path(out), q, truth)
    click.echo(f"{told}\nreport  {Path(out) / 'index.html'}")


def _on_worlds(request: Request, folder: Path, q: float, asked: Mapping[str, Any]) -> str:
    """Evaluate on simulated worlds and write the folder; return the summary."""
    from kznet.case import EVALUATION, check
    from kznet.evaluation.folder import write
    from kznet.evaluation.plan import Plan, read_seeds
    from kznet.evaluation.run import run

    check(folder, manifest=EVALUATION)
    settings = {name: value for name, value in asked.items() if name not in ("seeds", "workers")}
    plan = Plan(q=q, seeds=read_seeds(asked["seeds"]), **settings)
    with request.tell.progress("evaluating") as progress:
        found = run(plan, workers=asked["workers"], progress=progress)
    shown = {**settings, "seeds": asked["seeds"], "q": q}
    return write(found, folder, q=q, made=plan.told(), options=shown)


def _on_labels(request: Request, folder: Path, q: float, truth: str) -> str:
    """Evaluate on labelled data and write the folder; return the summary."""
    from kznet.case import EVALUATION, check
    from kznet.evaluation.folder import write
    from kznet.evaluation.given import given
    from kznet.loaders import read_truth

    check(folder, manifest=EVALUATION)
    listed, references = read_truth(truth), request.references()
    data = request.dataset()
    found = given(data, listed, references=references, q=q, seed=request.seed)
    known = found.calls["account"].nunique()
    made = f"{known:,} of {len(listed):,} labelled accounts are in the data, which holds "
    made += f"{len(data.accounts):,} accounts; detectors at q = {q:g}."
    return write(found, folder, q=q, made=made, options={"q": q, "seed": request.seed})


COMMANDS = (evaluate,)
