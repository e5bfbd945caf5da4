"""The page on performance: what the command writes stands between two marks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks.targets.process import ROOT

PAGE: Final = ROOT / "docs" / "performance.md"
_BEGIN: Final = "<!-- figures: python -m benchmarks.targets --docs -->\n"
_END: Final = "<!-- end of figures -->\n"
_ALT: Final = {
    "pairs": "Time to find pairs by number of shares",
    "commands": "Time of whole commands by number of shares",
    "graph": "Time of graph measures by number of ties",
    "run": "Time of a run by number of reposts",
    "memory": "Peak memory by number of rows",
}


def paste(page: Path, text: str, drawings: Mapping[str, str]) -> None:
    """Put text and pictures between the marks of a page; the pictures lie in a folder beside it."""
    folder = page.with_suffix("")
    folder.mkdir(exist_ok=True)
    for name, drawing in drawings.items():
        (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")
    shown = [f"![{_ALT[name]}]({folder.name}/{name}.svg)" for name in drawings]
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    body = "\n\n".join([text.strip(), *shown])
    page.write_text(f"{before}{_BEGIN}\n{body}\n\n{_END}{after}", encoding="utf-8")
