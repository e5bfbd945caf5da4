import base64
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kznet.report.markup import clean, inert, json_block, policy


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Қала тынысы", "Қала тынысы"),
        ("a\u202eb\u200bc\ufeffd\u0000e", "abcde"),
        ("  two\n lines\t", "two lines"),
        ("\ud800lone", "lone"),
        (None, ""),
        (float("nan"), ""),
        ("🎉", "🎉"),
    ],
)
def test_invisible_signs_are_taken_out_of_names(name: object, seen: str) -> None:
    assert clean(name) == seen


def test_a_long_name_is_cut() -> None:
    assert clean("x" * 500, longest=10) == "x" * 9 + "…"


@given(st.text())
def test_json_reads_back_and_cannot_close_its_element(text: str) -> None:
    block = str(json_block({"name": text}))
    assert json.loads(block) == {"name": text}
    assert not set("<>&\u2028\u2029") & set(block)


def test_a_script_cannot_close_its_element() -> None:
    assert "</script" not in inert('x = "</script>";')
    assert inert("a\r\nb\rc") == "a\nb\nc"


def test_the_policy_names_each_script_by_its_hash() -> None:
    digest = base64.b64encode(hashlib.sha256(b"let a = 1;").digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy(["let a = 1;"])
    assert "unsafe-eval" not in policy(["x"])
    assert policy(["x"]).startswith("default-src 'none';")
