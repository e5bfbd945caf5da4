"""Text and links out of the HTML in which some platforms hand out their posts.

Patterns rather than a parser: each of them gives up at the next bracket, so that no text, however
odd, takes more than one pass.
"""

import html
import re
from typing import Final

_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li|/blockquote|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z!][^<>]*>")
_ANCHOR: Final = re.compile(r"<a\b([^<>]*)>", re.IGNORECASE)
_HREF: Final = re.compile(r"""\bhref=["']([^"'<>]+)["']""", re.IGNORECASE)
_NO_LINK: Final = re.compile(r"""\bclass=["'][^"'<>]*\b(?:mention|hashtag)\b""", re.IGNORECASE)
_URL: Final = re.compile(r"https?://[^\s<>\"]+")


def plain(marked: str) -> str | None:
    r"""Text without its tags; paragraphs become lines.

    >>> plain("<p>Сәлем &amp; <b>рахмет</b></p><p>1 &lt; 2</p>")
    'Сәлем & рахмет\n1 < 2'
    """
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", marked))).strip() or None


def hrefs(marked: str) -> list[str]:
    """Where the links of a text lead, those to accounts and tags apart.

    >>> hrefs('<a href="https://example.org/?a=1&amp;b">x</a> <a class="mention" href="/@y">y</a>')
    ['https://example.org/?a=1&b']
    """
    anchors = [each for each in _ANCHOR.findall(marked) if not _NO_LINK.search(each)]
    return [html.unescape(found[1]) for each in anchors if (found := _HREF.search(each))]


def written_links(words: str) -> str | None:
    """Links that are written out in a text, once each, without the stops after them.

    >>> written_links("https://example.org/a. Тағы: https://example.org/b)")
    'https://example.org/a https://example.org/b'
    """
    found = (link.rstrip(".,;:!?)»”'") for link in _URL.findall(words))
    return " ".join(dict.fromkeys(found)) or None
