from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kznet.errors import DataError
from kznet.lexicon import (
    CATEGORIES,
    UNKNOWN,
    Lexicon,
    agreement,
    categories,
    judged,
    read_lexicon,
)

LABELLED = Path(__file__).parent / "lexicon"


def lexicon(*terms: tuple[str, str], field: str = "text") -> Lexicon:
    rows = [(category, field, "", term) for category, term in terms]
    return Lexicon(pd.DataFrame(rows, columns=["category", "field", "lang", "term"]))


def found(
    *texts: str | None, terms: Lexicon | None = None, topic: str | list[str] | None = None
) -> list[str]:
    posts = pd.DataFrame({"text": texts, "topic": topic}, dtype="str")
    posts = posts.assign(account=None, time=pd.Timestamp("2024-03-04", tz="UTC"))
    result = categories(posts, lexicon=terms)
    return ["unknown" if i == UNKNOWN else CATEGORIES[i] for i in result]


@pytest.mark.parametrize(
    ("term", "text", "fits"),
    [
        ("скидка", "Большая СКИДКА!", True),
        ("скидка", "скидки", False),
        ("скидк*", "скидками", True),
        ("от 0 тг", "юбка от 5 000 тг", True),
        ("от 0 тг", "юбка от мамы", False),
        ("собира* деньги", "собираем на крышу деньги", True),
        ("собира* деньги", "собираем все вместе большие деньги", False),
        ("собира* деньги", "деньги собираем", False),
        ("еж", "ёж", True),
        ("қымбатшылық", "кымбатшылык деген сол", True),
        ("өрт", "орт", False),
        ("0 %", "минус 20%", True),
    ],
)
def test_terms_fit_words_endings_numbers_and_what_stands_between(term: str, text: str, fits: bool):
    assert found(text, terms=lexicon(("promotion", term))) == ["promotion" if fits else "other"]


def test_words_of_one_term_stand_in_one_text():
    assert found("купи", "слона", terms=lexicon(("promotion", "купи слона"))) == ["other"] * 2


def test_the_category_with_more_terms_wins_and_the_earlier_one_where_they_are_as_many():
    terms = lexicon(("burning", "тариф*"), ("burning", "авари*"), ("promotion", "подпишись"))
    texts = ("тарифы и аварии, подпишись", "тарифы, подпишись", "тариф тарифы тарифами")
    assert found(*texts, terms=terms) == ["burning", "promotion", "burning"]


def test_a_known_label_decides_an_unknown_one_leaves_it_to_the_text():
    assert found("в парке открыли фонтан", topic="Fundraising ") == ["fundraising"]
    assert found("по промокоду дешевле", topic="weather") == ["promotion"]
    assert found(None, topic="weather") == ["other"]
    assert found(None, "", " ") == ["unknown"] * 3


def test_every_shipped_term_is_found_in_a_text_that_says_it():
    terms = read_lexicon().terms
    assert not terms.duplicated(["category", "field", "term"]).any()
    assert terms["lang"].isin(["ru", "kk", "en"]).all()
    for category, here in terms[terms["field"] == "text"].groupby("category"):
        spelt = [term.replace("*", "") for term in here["term"]]
        assert set(found(*spelt, terms=Lexicon(here))) == {category}
        some = here.iloc[:: max(len(here) // 8, 1)]
        for i, term in enumerate(some["term"]):
            assert found(term.replace("*", ""), terms=Lexicon(some.iloc[[i]])) == [category]
    here = terms[terms["field"] == "topic"]
    spelt = [term.replace("*", "") for term in here["term"]]
    assert found(*[None] * len(here), topic=spelt) == list(here["category"])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("category,lang,term\n", "missing columns ['field']; found ['category', 'lang', 'term']"),
        ("category,field,lang,term\nfun,text,ru,ха\n", "row 0: column 'category': found 'fun'"),
        ("category,field,lang,term\nburning,all,ru,ха\n", "row 0: column 'field': found 'all'"),
        ("category,field,lang,term\nburning,text,ru,да *\n", "row 0: column 'term': found 'да *'"),
    ],
)
def test_a_lexicon_that_is_none_is_refused(table: str, message: str, tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(DataError, match=r"mine\.csv") as error:
        read_lexicon(path)
    assert message in str(error.value)


def labelled(name: str) -> pd.DataFrame:
    return pd.read_csv(LABELLED / f"{name}.csv", dtype="str")


def test_the_labelled_posts_are_many_and_in_three_languages():
    posts = pd.concat([labelled(name) for name in ("tuning", "held_out", "hard")])
    assert len(posts) >= 150
    assert not posts["text"].duplicated().any()
    assert set(posts["category"]) == set(CATEGORIES)
    assert posts["lang"].value_counts()[["ru", "kk", "en"]].min() >= 30


@pytest.mark.parametrize("name", ["tuning", "held_out", "hard"])
def test_the_error_of_the_shipped_lexicon_is_the_one_it_states(
    name: str, capsys: pytest.CaptureFixture[str]
):
    table = agreement(labelled(name)).set_index("category")
    with capsys.disabled():
        print(f"\n{name}\n{table.round(2).to_string()}")  # noqa: T201  # the figures are the point of this test
    told = " ".join((categories.__doc__ or "").split())
    for group in ("self_interest", "burning"):
        row = table.loc[group]
        assert f"{row['precision']:.2f} and {row['recall']:.2f}" in told, (name, group)
    if name == "held_out":
        assert table.loc["self_interest", ["precision", "recall"]].min() >= 0.8


def test_agreement_counts_by_hand():
    posts = pd.DataFrame(
        {
            "text": ["скидка", "скидка", "тариф", "снег"],
            "category": ["promotion", "burning", "burning", "fundraising"],
        }
    )
    terms = lexicon(("promotion", "скидка"), ("burning", "тариф"))
    table = agreement(posts, lexicon=terms).set_index("category")
    assert table.loc["self_interest", ["posts", "found", "right"]].tolist() == [2, 2, 1]
    assert table.loc["burning", ["precision", "recall"]].tolist() == [1.0, 0.5]
    assert np.isnan(table.loc["personal_brand", "precision"])


def test_the_words_that_decided_are_told_with_the_category():
    posts = pd.DataFrame(
        {"text": ["скидка и промокод, воды нет", "дождь", None], "topic": [None, "prices", None]},
        dtype="str",
    ).assign(account=None, time=pd.Timestamp("2024-03-04", tz="UTC"))
    terms = lexicon(("promotion", "скидк*"), ("promotion", "промокод"), ("burning", "воды нет"))
    label = lexicon(("burning", "prices"), field="topic")
    both = Lexicon(pd.concat([terms.terms, label.terms]))
    category, said = judged(posts, lexicon=both)
    assert category.tolist() == [
        CATEGORIES.index("promotion"),
        CATEGORIES.index("burning"),
        UNKNOWN,
    ]
    assert said.tolist() == ["скидк*, промокод", "prices", ""]


def test_a_file_that_is_no_lexicon_is_refused(tmp_path: Path):
    with pytest.raises(DataError, match="no lexicon, which is a CSV in UTF-8"):
        read_lexicon(tmp_path / "none.csv")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(DataError, match=r"empty\.csv: no lexicon"):
        read_lexicon(tmp_path / "empty.csv")
