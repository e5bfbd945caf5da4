import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kznet.texts import content, on_russian_keys, words

DAY = pd.Timestamp("2024-03-04", tz="UTC")


def read(*texts: str | None) -> list[list[str]]:
    found = words(pd.Series(texts, dtype="str"))
    return [
        [found.vocabulary[word] for word in found.word[found.text == i]] for i in range(len(texts))
    ]


def by_one(*texts: str | None, account: str | None = "h") -> pd.DataFrame:
    time = [DAY + pd.Timedelta(days=k) for k in range(len(texts))]
    return pd.DataFrame({"account": account, "time": time, "text": pd.Series(texts, dtype="str")})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ещё ЁЖ", ["еще", "еж"]),
        ("5000тг, 50%!", ["0", "тг", "0", "%"]),
        ("wa.me/7001112233", ["wa", "me", "0"]),
        ("cкидка Kaspi", ["скидка", "kaspi"]),
        ("#промокод_лето", ["промокод", "лето"]),
        ("Жаңа өмір", ["жаңа", "өмір"]),
        ("и\u0306од", ["йод"]),
        ("", []),
        (None, []),
        ("\x1e", []),
    ],
)
def test_a_text_is_taken_apart_into_plain_words(text: str | None, wanted: list[str]):
    assert read(text, "а") == [wanted, ["а"]]


def test_words_of_many_texts_stay_with_their_texts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kznet.texts._PIECE", 2)
    assert read("а б", None, "б", "", "в а") == [["а", "б"], [], ["б"], [], ["в", "а"]]
    assert read() == []


@given(st.lists(st.one_of(st.none(), st.text())))
def test_no_text_is_too_strange(texts: list[str | None]):
    found = words(pd.Series(texts, dtype="str"))
    assert found.texts == len(texts)
    assert list(found.vocabulary) == sorted(set(found.vocabulary))


def test_kazakh_typed_on_russian_keys_has_no_letters_of_its_own():
    assert on_russian_keys("әғқңөұүһі") == "агкноуухи"


def test_a_line_under_every_post_of_an_account_is_left_out():
    posts = by_one(*(f"новость {k}\nПодписывайтесь на канал" for k in range(5)))
    assert list(content(posts)) == [f"новость {k}" for k in range(5)]


def test_a_line_that_comes_with_some_posts_only_is_content():
    texts = [f"товар {k}\nзакажите сейчас" if k % 2 else f"новость {k}" for k in range(12)]
    posts = by_one(*texts)
    assert list(content(posts)) == texts


def test_a_signature_that_begins_in_the_middle_is_one_from_there_on():
    texts = [f"новость {k}" + ("\nПрислать новость" if k >= 6 else "") for k in range(12)]
    assert list(content(by_one(*texts))) == [f"новость {k}" for k in range(12)]


def test_a_post_that_is_nothing_but_a_repeated_line_keeps_it():
    posts = by_one(*["купите слона"] * 6, "новость", None)
    assert list(content(posts))[:7] == ["купите слона"] * 6 + ["новость"]
    assert content(posts).isna().iloc[7]


def test_the_same_line_of_different_accounts_is_no_signature():
    parts = [by_one(f"новость {k}\nподписывайтесь", account=f"h{k}") for k in range(6)]
    posts = pd.concat(parts, ignore_index=True)
    assert content(posts).str.contains("подписывайтесь").all()
    unknown = by_one(*(f"новость {k}\nподписывайтесь" for k in range(6)), account=None)
    assert content(unknown).str.contains("подписывайтесь").all()
