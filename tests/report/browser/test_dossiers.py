from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from kznet.analysis import Analysis
from kznet.report.dossier import dossier_page, gather
from kznet.report.texts import read_texts
from kznet.report.woven import woven

pytestmark = pytest.mark.browser
HOSTILE: Final = [
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 1">',
    "\u202eevil",
    "href",
    "Ұзын атаулы аккаунт мекемесі",
    "漢字🙂🙂",
    "W" * 300,
]
# The box of a text is as high as its font's longest strokes: a tenth on either side is air.
LABELS: Final = """() => {
  const texts = [...document.querySelectorAll(".names text")];
  const boxes = texts.map((text) => text.getBoundingClientRect()).filter((box) => box.width);
  const air = (box) => box.height / 5;
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top + air(a) || b.bottom <= a.top + air(a);
  const frame = document.querySelector(".drawing").getBoundingClientRect();
  return {
    count: boxes.length,
    smallest: Math.min(...boxes.map((box) => box.height)),
    over: boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => !apart(a, b))).length,
    out: boxes.filter((a) => a.left < frame.left || a.right > frame.right || a.bottom > frame.bottom).length,
  };
}"""  # noqa: E501  # a script


@pytest.fixture(scope="module")
def dossier(make: Callable[..., Analysis], tmp_path_factory: pytest.TempPathFactory) -> Path:
    analysis = make(150, hubs=3, names=HOSTILE * 20)
    subject = gather(analysis)[0]
    page = woven({"en": dossier_page(subject, texts=read_texts("en"))})
    path = tmp_path_factory.mktemp("case") / subject.path
    path.parent.mkdir()
    path.write_text(page, encoding="utf-8")
    return path


def test_names_around_an_account_stand_apart_and_are_legible_at_every_width(
    dossier: Path, open_page: Any, faults: Callable[[Any], list[str]]
) -> None:
    page = open_page(dossier)
    for width in (390, 700, 1024, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate(LABELS)
        assert (found["over"], found["out"]) == (0, 0), width
        assert found["count"] >= 5, width
        assert found["smallest"] >= 12, width
        assert faults(page) == [], width
    page.emulate_media(media="print")
    assert page.evaluate(LABELS)["count"] >= 5
    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0


def test_a_citation_can_be_copied(dossier: Path, open_page: Any) -> None:
    page = open_page(dossier, permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy")
    page.wait_for_function("document.getElementById('copied').textContent === 'Copied'")
    told = page.evaluate("navigator.clipboard.readText()")
    assert "Dossier, kznet" in told
    assert told == page.text_content("#citation")
