"""Several pages in one file: the report as the page itself, the others opened over it."""

import re
from collections.abc import Mapping
from typing import Final

from kznet.report.markup import json_block, policy, script

_POLICY: Final = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
_HASH: Final = re.compile(r"sha256-[A-Za-z0-9+/=]+")


def bundled(report: str, pages: Mapping[str, str]) -> str:
    """Put pages into the report, where its links to them open them.

    Parameters
    ----------
    report
        The finished page that the file opens with, as ``index.html``.
    pages
        Finished pages by the path under which the report and they themselves link to them.
    """
    code = script("bundle.js")
    allowed = {each for page in (report, *pages.values()) for each in _allowed(page)}
    rule = policy([code], hashes=sorted(allowed))
    held = f'<script type="application/json" id="kznet-pages">{json_block(dict(pages))}</script>'
    opened = _POLICY.sub(lambda found: f"{found[1]}{rule}{found[3]}", report, count=1)
    return opened.replace("</body>", f"{held}\n<script>{code}</script>\n</body>")


def _allowed(page: str) -> list[str]:
    found = _POLICY.search(page)
    return _HASH.findall(found[2]) if found else []
