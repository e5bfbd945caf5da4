"""A case folder with its pages: everything that is passed on from one analysis."""

from dataclasses import replace
from pathlib import Path

from kznet import case
from kznet.analysis import Analysis
from kznet.coordination import WINDOWS, affordable, sweep
from kznet.privacy import Names, new_secret, public_options, shareable
from kznet.report.export import graph_files


def write_case(
    analysis: Analysis,
    folder: Path,
    *,
    names: Names = "auto",
    lang: str = "en",
    top: int = 400,
    secret: str | None = None,
) -> Analysis:
    """Write tables, graph files, pages, dataset and manifest; return what was made shareable.

    The folder is written beside its place and renamed whole. A case that is there already is
    replaced and its secret kept, so that pseudonyms stay.

    Raises
    ------
    OutputError
        The folder exists and is not a case, or cannot be written.
    """
    from kznet.report import write_pages

    key = secret or case.secret_of(folder) or new_secret()
    chosen = {**analysis.options, "names": names, "lang": lang, "top": top}
    whole = replace(swept(analysis), options=chosen)
    shared = shareable(whole, names=names, secret=key)
    shared = replace(shared, options=public_options(chosen))
    with case.replacing(folder) as partial:
        case.write(whole, shared, partial, secret=key)
        graph_files(shared, partial)
        if "communities" in analysis.facts:
            write_pages(shared, partial, lang=lang, top=top)
    return shared


def swept(analysis: Analysis) -> Analysis:
    """Note how many pairs stand out at other windows, unless it is noted or can't be known.

    What is shared knows the days alone: the windows are compared before.
    """
    facts = dict(analysis.facts.get("pairs") or {})
    if "sweep" in facts or not facts.get("shares"):
        return analysis
    windows = affordable(analysis.dataset, windows=sorted({*WINDOWS, facts["window"]}))
    table = sweep(analysis.dataset, windows=windows, q=facts.get("q", 0.05))
    told = table[["window", "pairs", "survivors", "jaccard"]].astype(object)
    rows = told.where(table[told.columns].notna(), None).to_dict("records")
    return replace(analysis, facts={**analysis.facts, "pairs": {**facts, "sweep": rows}})
