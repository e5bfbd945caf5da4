"""What the command line says: progress and remarks on stderr, a run's summary in words."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from kznet.analysis import Analysis
    from kznet.communities import Communities
    from kznet.dataset import Dataset
    from kznet.provenance import FileReport
    from kznet.steps import Step


_FILES_NAMED = 10
_MOST_NAMED = 50


@dataclass(frozen=True)
class Teller:
    """Speaks on stderr; progress only where that is a terminal, nothing where quiet."""

    quiet: bool

    def line(self, text: str) -> None:
        """Say one line."""
        if not self.quiet:
            click.echo(text, err=True)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[str, int, int], None] | None]:
        """Give a callback (step, done, total) that keeps one line up to date."""
        if self.quiet or not sys.stderr.isatty():
            yield None
            return

        def show(step: str, done: int, total: int) -> None:
            share = f" {100 * done // total:3d} %" if total else ""
            click.echo(f"\r\x1b[K{what}: {step}{share}", err=True, nl=False)

        yield show
        click.echo("\r\x1b[K", err=True, nl=False)


def loaded(data: "Dataset") -> list[str]:
    """Load report in a short form: files, ties by kind, what was set aside, warnings."""
    files = data.report.files
    telling = [file for file in files if file.rejected or file.warnings or file.used != file.rows]
    smooth = [file for file in files if file not in telling]
    named = [*telling[:_MOST_NAMED], *smooth[: max(_FILES_NAMED - len(telling), 0)]]
    lines = [_read(file) for file in files if file in named]
    if len(files) > len(named):
        lines.append(f"… and {len(files) - len(named):,} files more, {_formats(files)}")
    lines += _set_aside(data.report.rejected)
    lines += [f"note: {text}" for text in data.report.warnings]
    posts = f", {len(data.posts):,} posts" if len(data.posts) else ""
    lines.append(f"{len(data.accounts):,} accounts, {len(data.ties):,} ties{posts}")
    return lines


def _set_aside(rejected: "pd.DataFrame") -> list[str]:
    """Files that were not read, then every other reason with its count and an example."""
    whole = rejected["line"] == ""
    files = rejected[whole]
    lines = [f"not read: {row.file}: {row.reason}" for row in files.head(_MOST_NAMED).itertuples()]
    if len(files) > _MOST_NAMED:
        lines.append(f"… and {len(files) - _MOST_NAMED:,} files more that were not read")
    rows = rejected[~whole]
    for reason, count in rows["reason"].value_counts().items():
        first = rows[rows["reason"] == reason].iloc[0]
        where = f"line {first['line']}" if str(first["line"]).isdigit() else first["line"]
        shown = f" {first['value'][:60]!r}" if first["value"] else ""
        lines.append(f"set aside: {count:,} × {reason} (as in {first['file']}, {where}{shown})")
    return lines


def _read(file: "FileReport") -> str:
    """What one file gave, in a line."""
    ties = ", ".join(f"{count:,} {kind}" for kind, count in file.ties.items() if count)
    aside = sum(file.rejected.values())
    used = f", {file.used:,} used" if file.used != file.rows else ""
    told = f"{file.name}: {file.format} ({file.recognised_by}); {file.rows:,} rows{used}"
    told += f"; ties: {ties or 'none'}"
    told += f"; {aside:,} set aside" if aside else ""
    told += f"; {file.first[:10]} to {file.last[:10]}" if file.first else ""
    return "\n".join([told, *(f"  note: {text}" for text in file.warnings)])


def _formats(files: "Sequence[FileReport]") -> str:
    """How many files there are of each format."""
    counts = Counter(file.format for file in files)
    return "in all " + ", ".join(f"{count:,} {name}" for name, count in counts.most_common())


def grouped(found: "Communities") -> str:
    """Say what the communities are and how sure that is."""
    facts = found.facts["layers"].get(found.facts["layer"], {})
    if found.status == "none":
        return f"No communities ({found.facts['layer'] or 'no layer'}): {found.facts['reason']}."
    text = f"{facts['k']} communities on {found.facts['layer']}, {found.status}: "
    text += f"modularity {facts['modularity']:.3f} at resolution {facts['gamma']:.2f}"
    if found.status == "unstable":
        text += f"; {found.facts['reason']}"
    return text + f"; {found.facts['share_mixed']:.0%} of accounts between communities."


def paired(count: int, kept: int, window: str, q: float) -> str:
    """Say how many pairs there are and how many chance does not explain."""
    return f"{count:,} pairs within {window}; {kept:,} of them beyond chance at q = {q:.2g}."


def called(table: "pd.DataFrame", facts: Mapping[str, Any]) -> list[str]:
    """Say who was called, with the reasons for none."""
    hubs = table[table["status"] == "hub"]
    if facts["reason"]:
        return [f"Hubs: not testable: {facts['reason']}."]
    lines = [
        f"{len(hubs)} of {facts['gated']} accounts with reach show signals consistent with "
        f"manipulation (q = {facts['q']:.2g}, per mechanism)."
    ]
    for row in hubs.to_dict("records"):
        name = row["name"] if isinstance(row["name"], str) else row["account"]
        label = f", {row['label']}" if isinstance(row["label"], str) else ""
        lines.append(
            f"  {row['rank']:>3}  {name} ({row['account']}): {row['tier']}{label}, "
            f"q = {row['q']:.3g}, reach {row['exposure']:.1%} "
            f"[{row['exposure_low']:.1%}, {row['exposure_high']:.1%}]"
        )
    return lines


def finished(analysis: "Analysis", folder: Path) -> list[str]:
    """Summary of a run: coverage, communities, pairs, hubs, and where to look."""
    facts = analysis.facts
    coverage, groups, pairs = facts["coverage"], facts["communities"], facts["pairs"]
    ties = ", ".join(f"{count:,} {kind}" for kind, count in coverage["ties"].items())
    used = groups["layers"].get(groups["layer"], {})
    camps = f"communities: none ({groups['reason']})"
    if groups["status"] != "none":
        camps = f"communities: {used['k']} ({used['k_large']} of at least 1 % of the accounts), "
        camps += f"{groups['status']}, modularity {used['modularity']:.3f}"
    lines = [
        f"{coverage['accounts']:,} accounts; ties: {ties or 'none'}",
        camps,
        f"pairs within {pairs['window']}: {pairs['pairs']:,}, {pairs['survivors']:,} beyond chance",
        *called(analysis.hubs, facts["hubs"]),
        "Signals are evidence, not a verdict: read the limits on the page.",
    ]
    notice = facts["privacy"]["notice"]
    if notice:
        lines.append(f"Warning: {notice}")
    return [
        *lines,
        "",
        f"report   {folder / 'index.html'}",
        f"network  {folder / 'network.html'}",
    ]


def where_set_aside(data: "Dataset", folder: Path) -> list[str]:
    """Where every row that was set aside is listed, if any was."""
    count = len(data.report.rejected)
    return [f"set aside  {folder / 'dataset' / 'rejected.csv'} ({count:,})"] if count else []


def took(steps: "Sequence[Step]") -> list[str]:
    """What each step took, as a table in words' width; memory is the most held at once."""
    from kznet.memory import words

    lines = ["", f"{'step':<14}{'seconds':>10}{'CPU':>10}{'memory':>11}{'rows':>14}"]
    lines += [
        f"{each.step:<14}{each.seconds:>10.1f}{each.cpu_seconds:>10.1f}"
        f"{words(each.peak_memory_bytes):>11}{each.rows:>14,}"
        for each in steps
    ]
    seconds, cpu = sum(each.seconds for each in steps), sum(each.cpu_seconds for each in steps)
    most = max((each.peak_memory_bytes for each in steps), default=0)
    return [*lines, f"{'all':<14}{seconds:>10.1f}{cpu:>10.1f}{words(most):>11}"]
