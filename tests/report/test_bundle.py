import json
import re

from kznet.report.bundle import bundled
from kznet.report.markup import policy, script


def page(rule: str, body: str) -> str:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{rule}">'
    return f"<html><head>{meta}</head><body>{body}</body></html>"


def test_a_bundle_holds_the_other_pages_and_admits_their_scripts() -> None:
    first, second = policy([script("theme.js")]), policy([script("index.js")])
    whole = bundled(page(first, "report"), {"network.html": page(second, "<script>1</script>")})
    hashes = set(re.findall(r"sha256-[\w+/=]+", first + second))
    admitted = re.search(r'Content-Security-Policy" content="([^"]*)"', whole)
    assert admitted
    assert set(re.findall(r"sha256-[\w+/=]+", admitted[1])) == hashes | {
        *re.findall(r"sha256-[\w+/=]+", policy([script("bundle.js")]))
    }
    held = re.search(r'id="kznet-pages">(.*?)</script>', whole)
    assert held
    assert json.loads(held[1]) == {"network.html": page(second, "<script>1</script>")}
