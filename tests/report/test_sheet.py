import pytest

from kznet.report.markup import style
from kznet.report.sheet import dressed, sheet

PAGE = '<html><body><p class="note"></p><script>x.classList.add("lit")</script></body></html>'


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".note { margin: 0; } .other { margin: 0; }", ".note{margin:0}"),
        ("p, h1 { margin: 0; }", "p{margin:0}"),
        ("p .lit:hover { margin: 0; }", "p .lit:hover{margin:0}"),
        ("p:not(.other) { margin: 0; }", "p:not(.other){margin:0}"),
        ("p:has(> .other) { margin: 0; }", ""),
        ("@media print { p { margin: 0; } h1 { margin: 0; } }", "@media print{p{margin:0}}"),
        ("@media print { h1 { margin: 0; } }", ""),
        ("@page { size: A4; }", "@page{size:A4}"),
        ('p::after { content: ": "; }', 'p::after{content:": "}'),
        (":root { --a: 1; --b: 2; } p { top: var(--a); }", ":root{--a:1;}\np{top:var(--a)}"),
    ],
)
def test_only_rules_that_a_page_can_meet_are_kept(css: str, kept: str) -> None:
    assert sheet(css, PAGE) == kept


def test_a_page_gets_its_rules_where_its_own_stand_empty() -> None:
    page = dressed("<style></style>" + PAGE, style())
    assert page.startswith("<style>:root{")
    assert ".note{" in page
    assert ".map-page" not in page
