from collections.abc import Callable
from dataclasses import replace

import kznet
from kznet.analysis import Analysis
from kznet.report.index.citation import citation, digest
from kznet.report.texts import read_texts

Make = Callable[..., Analysis]


def with_files(analysis: Analysis, *sums: str) -> Analysis:
    facts = dict(analysis.facts["coverage"], files=[{"name": "{x}", "sha256": s} for s in sums])
    return replace(analysis, facts={**analysis.facts, "coverage": facts})


def test_a_citation_says_what_is_needed_to_make_it_again(make: Make) -> None:
    words = citation(make(40), read_texts("en"))["words"]
    for part in ("40 accounts", "1 Feb 2024", "30 Mar 2024", kznet.__version__, "seed 0", "9f9f9f"):
        assert part in words


def test_the_key_of_a_citation_ignores_the_order_of_files(make: Make) -> None:
    one, other = (
        with_files(make(5), "ab" * 32, "cd" * 32),
        with_files(make(5), "cd" * 32, "ab" * 32),
    )
    assert digest(one) == digest(other) != digest(replace(one, seed=1))


def test_nothing_but_checksums_comes_from_the_files(make: Make) -> None:
    cited = citation(with_files(make(5), "}, author = {x"), read_texts("en"))
    assert "author" not in cited["bibtex"]
    assert "without a checksum" in cited["words"]
