"""How to cite a report: by what it was made from and with, so that it can be made again."""

import hashlib
from typing import Final

import kznet
from kznet.analysis import Analysis
from kznet.report.profiles import invented
from kznet.report.texts import Texts

_DIGITS: Final = 12
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
    whole = "\n".join([*sorted(_sums(analysis)), str(analysis.seed), kznet.__version__])
    return hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS]


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
    sums = [each[:_DIGITS] for each in _sums(analysis)]
    if not sums:
        return texts("index.cite.noinputs")
    more = " …" if len(sums) > _MOST_INPUTS else ""
    return texts("index.cite.inputs", {"inputs": ", ".join(sums[:_MOST_INPUTS]) + more})


def _sums(analysis: Analysis) -> list[str]:
    files = (analysis.facts.get("coverage") or {}).get("files") or ()
    return [sum_ for file in files if (sum_ := _hexadecimal(file.get("sha256")))]


def _hexadecimal(value: object) -> str:
    """A checksum, if it is one: a manifest is a file that anybody may have edited."""
    text = str(value or "")
    return text if set(text) <= set("0123456789abcdef") else ""
