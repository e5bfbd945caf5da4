import json
import re

import pytest

from kznet.report.woven import woven

BLOCK = '<script type="application/json" id="kznet-languages"></script>'


def page(body: str) -> str:
    return f"<html><body>{body}{BLOCK}</body></html>"


def languages(text: str) -> dict[str, object]:
    found = re.search(r'id="kznet-languages">(.*?)</script>', text)
    assert found
    return dict(json.loads(found[1]))


def test_what_is_the_same_stands_there_once() -> None:
    text = woven({"en": page("<p>7</p>"), "ru": page("<p>7</p>")})
    assert "<p>7</p>" in text
    assert languages(text) == {"languages": ["en", "ru"], "opens": "auto", "texts": {"ru": []}}


def test_a_text_that_differs_is_numbered_and_kept_beside() -> None:
    text = woven({"en": page("<p>one</p>"), "ru": page("<p>один &amp; &lt;</p>")}, opens="ru")
    assert '<p data-t="0">one</p>' in text
    assert languages(text) == {
        "languages": ["en", "ru"], "opens": "ru", "texts": {"ru": ["один & <"]}
    }  # fmt: skip


def test_a_text_that_is_there_twice_is_kept_once() -> None:
    text = woven({"en": page("<p>a</p><b>a</b>"), "ru": page("<p>б</p><b>б</b>")})
    assert '<p data-t="0">a</p><b data-t="0">a</b>' in text


def test_a_text_beside_others_gets_an_element_of_its_own() -> None:
    english, russian = "<p>a <i>x</i> b</p>", "<p>б <i>x</i> в</p>"
    text = woven({"en": page(english), "ru": page(russian)})
    assert '<p><span data-t="0">a </span><i>x</i><span data-t="1"> b</span></p>' in text


def test_a_text_in_a_picture_gets_an_element_of_pictures() -> None:
    def drawn(word: str) -> str:
        return page(f"<svg><text>{word}<title>{word}</title></text></svg><p>{word}<i></i></p>")

    text = woven({"en": drawn("a"), "ru": drawn("б")})
    assert '<text><tspan data-t="0">a</tspan><title data-t="0">a</title></text>' in text
    assert '<p><span data-t="0">a</span><i></i></p>' in text


def test_attributes_that_differ_are_listed_by_name() -> None:
    english = page('<input title="a" name="n" placeholder="b"><br/>')
    russian = page('<input title="&quot;б" name="n" placeholder="в"><br/>')
    text = woven({"en": english, "ru": russian})
    assert '<input title="a" name="n" placeholder="b" data-a="title:0 placeholder:1">' in text
    assert languages(text)["texts"] == {"ru": ['"б', "в"]}


def test_data_that_differ_become_a_choice() -> None:
    def block(value: object) -> str:
        return page(f'<script type="application/json" id="d">{json.dumps(value)}</script>')

    english = {"n": 1, "t": {"one": "a", "other": "b"}, "l": ["x", {"y": "z"}]}
    russian = {"n": 1, "t": {"one": "а", "few": "б"}, "l": ["x", {"y": "ж"}]}
    text = woven({"en": block(english), "ru": block(russian)})
    found = re.search(r'id="d">(.*?)</script>', text)
    assert found
    assert json.loads(found[1]) == {
        "n": 1,
        "t": {"~": [english["t"], russian["t"]]},
        "l": ["x", {"y": {"~": ["z", "ж"]}}],
    }


def test_texts_of_strangers_cannot_end_the_block() -> None:
    text = woven({"en": page("<p>a</p>"), "ru": page("<p>&lt;/script&gt;</p>")})
    assert text.count("</script>") == 1


@pytest.mark.parametrize(
    ("other", "found"),
    [("<p>a</p>b", "stands against"), ("<b>a</b>", "tags differ: '<p>', '<b>'"),
     ("<p class='x'>a</p>", "tags differ")],
)  # fmt: skip
def test_pages_that_are_built_differently_are_an_error(other: str, found: str) -> None:
    with pytest.raises(ValueError, match=f"not built alike in en, ru: .*{found}"):
        woven({"en": page("<p>a</p>"), "ru": page(other)})
