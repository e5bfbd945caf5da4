"""docs/methods.md keeps up with the code: mechanisms, words, columns, look-alikes, references."""

import re
from pathlib import Path

import kznet
from kznet.dataset import Dataset
from kznet.evaluation.baselines import BASELINES
from kznet.hubs import HUB, NOT_CALLED, hubs
from kznet.mechanisms import MECHANISMS
from kznet.mechanisms.bait_and_switch.figures import EXAMPLES, FIGURES
from kznet.mechanisms.evidence import NOT_APPLICABLE, NOT_TESTABLE, TESTED
from kznet.mechanisms.pseudo_official import FIGURES as OFFICIAL_FIGURES
from kznet.network import network
from kznet.simulate import PARTS

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", TEXT))
SOURCES = [path.read_text(encoding="utf-8") for path in Path(kznet.__file__).parent.rglob("*.py")]
# How the map is drawn; and one that public sources give with another year.
ELSEWHERE = {"10.1002/spe.4380211102", "10.2307/2347977"}


def dois(text: str) -> set[str]:
    """DOIs in a text, without the stop or bracket that follows them."""
    found = re.findall(r"\b10\.\d{4,9}/\S+", text)
    return {doi.rstrip(".,;:`|") for doi in found}


def test_every_mechanism_is_named():
    assert set(MECHANISMS) <= NAMED


def test_every_word_of_a_status_is_named():
    assert {HUB, NOT_CALLED, TESTED, NOT_TESTABLE, NOT_APPLICABLE} <= NAMED


def test_every_column_of_the_hub_and_test_tables_is_named():
    data = Dataset()
    found = hubs(data, network(data))
    columns = {*found.table, *found.tests, *found.evidence, *FIGURES, *OFFICIAL_FIGURES, *EXAMPLES}
    assert sorted(columns - NAMED) == []


def test_every_innocent_look_alike_of_the_simulator_is_named():
    assert sorted(set(PARTS) - {"m1", "m2", "m3"} - NAMED) == []


def test_every_detector_that_is_run_beside_it_is_named():
    assert set(BASELINES) <= NAMED


def test_every_doi_of_the_code_is_among_the_references():
    told = set().union(*map(dois, SOURCES))
    assert sorted(told - dois(TEXT) - ELSEWHERE) == []


def test_every_reference_is_cited():
    body, listed = TEXT.split("## 16. References")
    entries = re.findall(r"^- ([^,]+),.*?\((\d{4})\)", listed, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^- ", listed, re.MULTILINE))
    for name, year in entries:
        assert re.search(rf"{name}[^.;|]*?{year}", " ".join(body.split())), f"{name} {year}"


def test_links_within_the_page_lead_somewhere():
    heads = re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors


def test_the_readme_links_it():
    assert "](docs/methods.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_names_no_kind_of_person():
    banned = r"\b(bots?|trolls?|fakes?|agents?|manipulators?|guilty|proven)\b"
    assert not re.findall(banned, TEXT.casefold())
