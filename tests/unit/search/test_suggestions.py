"""What is offered while somebody types."""

import json
from collections.abc import Iterable

import pytest

from directory.text import Text
from search import suggestions
from search.suggestions import Offered, offered


def own(words: str) -> Text:
    return Text(words, "ar", "rtl", is_fallback=False)


def german(words: str) -> Text:
    return Text(words, "de", "ltr", is_fallback=True)


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Text]]:
    found: list[tuple[str, Text]] = []

    def all_texts(_language: str) -> Iterable[tuple[str, Text]]:
        return found

    monkeypatch.setattr(suggestions, "_texts", all_texts)
    return found


Texts = list[tuple[str, Text]]


def test_they_are_grouped_by_kind_and_language(texts: Texts) -> None:
    texts += [("Topic", own("سكن")), ("Place", german("Jena")), ("Topic", own("عمل")), ("Place", own("يينا"))]
    assert offered("ar") == [
        Offered("Topic", "", ["سكن", "عمل"]),
        Offered("Place", "de", ["Jena"]),
        Offered("Place", "", ["يينا"]),
    ]


def test_each_word_is_offered_once(texts: Texts) -> None:
    texts += [("Topic", own("Work")), ("Offer", own("work")), ("Offer", own("Other"))]
    assert [group.texts for group in offered("en")] == [["Work"], ["Other"]]


def test_nothing_empty_is_offered(texts: Texts) -> None:
    texts += [("Topic", own(""))]
    assert offered("en") == []


def test_a_large_directory_leaves_out_what_comes_last(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST", 3)
    texts += [("Topic", own(f"word {number}")) for number in range(5)]
    assert [len(group.texts) for group in offered("en")] == [3]


def test_the_script_holds_them_as_plain_data(texts: Texts) -> None:
    texts += [("Topic", own('</script> " \u2028 \\'))]
    suggestions._script.cache_clear()
    script = suggestions._script("en", object()).script.decode()
    assert script.startswith("export default [")
    assert "\u2028" not in script
    assert json.loads(script.removeprefix("export default ").rstrip(";\n")) == [
        ["Topic", "", ['</script> "   \\']]
    ]


def test_places_are_offered_as_here_and_in_german() -> None:
    names = {"ar": "يينا", "de": "Jena"}
    assert [(text.text, text.lang) for text in suggestions._both(names, "ar")] == [("يينا", "ar"), ("Jena", "de")]
    assert [text.text for text in suggestions._both(names, "de")] == ["Jena"]
    assert [text.text for text in suggestions._both({"de": "Jena"}, "ar")] == ["Jena"]
