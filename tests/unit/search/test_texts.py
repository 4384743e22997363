from hypothesis import given
from hypothesis import strategies as st

from search.analysis.chains import LANGUAGES, chain
from search.document import TEXT_FIELDS
from search.engines.texts import NOTHING, texts
from search.port import Document


def test_every_field_has_a_word() -> None:
    found = texts(Document("a", {"title_de": ("rat", "haus"), "names": ()}, {}))
    assert found.pop("title_de") == "rat haus"
    assert found == dict.fromkeys(set(TEXT_FIELDS) - {"title_de"}, NOTHING)


@given(text=st.text(alphabet="- –—a", max_size=20), language=st.sampled_from(LANGUAGES))
def test_nobody_asks_for_the_word_that_says_nothing(text: str, language: str) -> None:
    assert NOTHING not in chain(language).stems(text)
