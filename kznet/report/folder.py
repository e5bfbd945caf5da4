"""A case folder with its pages: everything that is passed on from one analysis."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Final

from kznet import case
from kznet.analysis import Analysis
from kznet.privacy import Names, new_secret, pseudonyms, public_options, shareable
from kznet.report.dossier import quotes
from kznet.report.export import graph_files
from kznet.report.view import View, shared_id
from kznet.steps import Progress, Step, Watch

_REPEATED: Final = ("lang", "top", "single_file")


def write_case(
    analysis: Analysis,
    folder: Path,
    *,
    names: Names = "auto",
    view: View | None = None,
    secret: str | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Write tables, graph files, pages, dataset and manifest; return what was made shareable.

    The folder is written beside its place and renamed whole. A case that is there already is
    replaced and its secret kept, so that pseudonyms stay.

    Raises
    ------
    OutputError
        The folder exists and is not a case, or cannot be written.
    DataError
        The view asks for an account, a community or days that the case lacks.
    """
    from kznet.report import write_pages

    view = view or View()
    key = secret or case.secret_of(folder) or new_secret()
    whole = replace(analysis, options={**analysis.options, "names": names, **_options(view)})
    watch, rows = Watch(progress), len(whole.dataset.ties)
    with case.replacing(folder) as beside:
        with watch.step("tables", rows=rows):
            shared = shareable(whole, names=names, secret=key)
            shared = replace(shared, options=public_options(whole.options))
            case.write(whole, shared, beside, secret=key)
        with watch.step("graph files", rows=rows):
            graph_files(shared, beside)
        if "communities" in analysis.facts:
            with watch.step("pages", rows=rows):
                asked = _shared_view(view, whole, shared, secret=key)
                told = quotes(whole, everyone=shared.facts["privacy"]["names"] == "all")
                write_pages(shared, beside, view=asked, quoted=told)
        shared = replace(shared, steps=_steps(analysis.steps, watch.steps))
        case.seal(shared, beside)
    return shared


def _steps(before: Sequence[Step], now: Sequence[Step]) -> tuple[Step, ...]:
    """All steps of a run; those that are done again replace what they took before."""
    again = {each.step for each in now}
    return (*(each for each in before if each.step not in again), *now)


def _options(view: View) -> dict[str, object]:
    """The settings of a view by which a run is repeated: what the map shows is asked for anew."""
    return {name: value for name, value in asdict(view).items() if name in _REPEATED and value}


def _shared_view(view: View, whole: Analysis, shared: Analysis, *, secret: str) -> View:
    """The same view, with the accounts it names under the ids that are passed on."""
    if view.around is None and not view.dossiers:
        return view
    known = pseudonyms(whole.dataset, secret=secret)
    named = set(shared.dataset.accounts["account"])
    passed_on = {native: other if other in named else native for native, other in known.items()}
    same = partial(shared_id, whole.dataset, passed_on)
    around = None if view.around is None else same(view.around)
    return replace(view, around=around, dossiers=tuple(map(same, view.dossiers)))
