"""How to cite a report: by what it was made from and with, so that it can be made again."""

from typing import Final

import kznet
from kznet.analysis import Analysis
from kznet.report.checksums import DIGITS, checksums
from kznet.report.checksums import digest as checksum_of
from kznet.report.profiles import invented
from kznet.report.texts import Texts

_MOST_INPUTS: Final = 4


def citation(analysis: Analysis, texts: Texts) -> dict[str, str]:
    """A sentence to quote, and the same for BibTeX; no name of a file or a person is in either.

    The day of writing is left to whoever cites: the same case gives the same text.
    """
    parts = [_title(analysis, texts), _period(analysis, texts), _made(analysis, texts)]
    parts.append(_inputs(analysis, texts))
    parts += [texts("view.invented")] if invented(analysis) else []
    parts = [part.rstrip(".") for part in parts]  # a month may be cut short with a dot
    return {"words": ". ".join(parts) + ".", "bibtex": _bibtex(analysis, parts)}


def digest(analysis: Analysis) -> str:
    """One checksum for all inputs and the seed, the same in whatever order they were read."""
    parts = [*sorted(checksums(analysis)), str(analysis.seed), kznet.__version__]
    return checksum_of(parts)


def _bibtex(analysis: Analysis, parts: list[str]) -> str:
    title, *notes = parts
    lines = [
        f"@misc{{kznet-{digest(analysis)},",
        f"  title = {{{title}}},",
        f"  note = {{{'. '.join(notes)}}},",
        "}",
    ]
    return "\n".join(lines)


def _title(analysis: Analysis, texts: Texts) -> str:
    facts = analysis.facts.get("coverage") or {}
    accounts = facts.get("accounts", len(analysis.dataset.accounts))
    ties = sum((facts.get("ties") or {}).values()) or len(analysis.dataset.ties)
    counts = {
        "accounts": texts("count.accounts", {"n": accounts}),
        "ties": texts("count.ties", {"n": ties}),
    }
    return texts("index.cite.title", counts)


def _period(analysis: Analysis, texts: Texts) -> str:
    facts = analysis.facts.get("coverage") or {}
    if not facts.get("first"):
        return texts("index.cite.notime")
    days = {side: texts.day(facts[side]) for side in ("first", "last")}
    return texts("index.cite.period", days)


def _made(analysis: Analysis, texts: Texts) -> str:
    values = {"version": kznet.__version__, "seed": str(analysis.seed)}
    return texts("index.cite.made", values)


def _inputs(analysis: Analysis, texts: Texts) -> str:
    sums = [each[:DIGITS] for each in checksums(analysis)]
    if not sums:
        return texts("index.cite.noinputs")
    more = " …" if len(sums) > _MOST_INPUTS else ""
    return texts("index.cite.inputs", {"inputs": ", ".join(sums[:_MOST_INPUTS]) + more})
