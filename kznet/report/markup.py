"""What keeps a page safe: cleaned names, escaped data, and a policy that names each script.

Account names are written by strangers. They reach a page only as escaped text or inside a JSON
block, and a script that slipped in anyway would not run: the policy admits scripts by hash.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from kznet.report.texts import Texts, missing

TEMPLATES: Final = Path(__file__).parent / "templates"
LONGEST_NAME: Final = 80
TONGUES: Final = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
_STYLE: Final = ("base", "map", "report", "plots", "drawing", "dossier")
_UNSAFE_IN_JSON: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_LINE_ENDS: Final = {"\u2028": "\\u2028", "\u2029": "\\u2029"}
_INDENT: Final = re.compile(r"\n\s+")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(value: object, *, longest: int = LONGEST_NAME) -> str:
    """A text of unknown origin without control, bidirectional and zero-width signs, cut to size.

    >>> clean("abc" + chr(0x202E) + "def")
    'abcdef'
    """
    if missing(value):
        return ""
    spaced = " ".join(str(value)[: 20 * longest].split())
    seen = "".join(sign for sign in spaced if unicodedata.category(sign) not in _INVISIBLE)
    return shortened(seen, most=longest)


def shortened(words: str, *, most: int) -> str:
    """Words cut to a number of signs.

    >>> shortened("abcdef", most=4)
    'abc…'
    """
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def json_block(value: object) -> Markup:
    """JSON that can't end the script element it stands in; keeps letters of all alphabets."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    escapes = str.maketrans({**_UNSAFE_IN_JSON, **_LINE_ENDS})
    return Markup(text.translate(escapes))  # noqa: S704  # every sign that could open markup is escaped above


@cache
def script(*names: str) -> Markup:
    """The scripts of these files as one, closed against the page and each other.

    Comments on lines of their own stay in the files.
    """
    source = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
    lines = [line.strip() for line in source.splitlines()]
    short = "\n".join(line for line in lines if line and not line.startswith("//"))
    return inert(f'"use strict";\n(() => {{\n{short}\n}})();\n')


def scripts(*names: str) -> dict[str, Markup]:
    """The scripts of a page that every page has, and its own of these files."""
    return {
        "theme": script("storage.js", "theme.js"),
        "language": script("storage.js", "language.js"),
        "page": script(*names),
    }


def inert(source: str) -> Markup:
    """A script's text as it may stand inside an element; line ends as a browser reads them."""
    unix = source.replace("\r\n", "\n").replace("\r", "\n")
    closed = unix.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    return Markup(closed)  # noqa: S704  # our own scripts and the installed library, never data


@cache
def style(*names: str) -> Markup:
    """The one stylesheet of all pages, or these parts of it alone."""
    files = [TEMPLATES / "style" / f"{name}.css" for name in names or _STYLE]
    parts = [path.read_text(encoding="utf-8") for path in files]
    return Markup("\n".join(parts).replace("\r\n", "\n"))  # noqa: S704  # our own files


def flush(page: str) -> str:
    """A page without the indents of its template."""
    return _INDENT.sub("\n", page)


def policy(scripts: Sequence[str], *, hashes: Sequence[str] = ()) -> str:
    """Content security policy of a page that runs these scripts and asks for nothing.

    `hashes` are those of further scripts that it may run.
    """
    allowed = [*hashes, *(f"sha256-{_digest(text)}" for text in scripts)]
    listed = " ".join(f"'{each}'" for each in allowed)
    return (
        f"default-src 'none'; script-src {listed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


class _Compiled(BytecodeCache):
    """What templates were compiled to, once for all languages and pages of a process."""

    def __init__(self) -> None:
        self._kept: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key + bucket.checksum] = bucket.code


_COMPILED: Final = _Compiled()


def environment(texts: Texts) -> Environment:
    """The templates, escaping by default and failing on a name they don't know."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=_COMPILED,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared: dict[str, Any] = {"t": texts, "lang": texts.lang, "style": style()}
    shared["tongues"] = TONGUES
    pages.globals.update(shared)
    pages.filters.update(
        {
            "number": texts.number,
            "fixed": texts.fixed,
            "share": texts.share,
            "chance": texts.chance,
            "day": texts.day,
            "clean": clean,
        }
    )
    return pages


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
