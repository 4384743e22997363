"""A text comes with its language and direction, and says whether it is a fallback (WCAG 3.1.2)."""

import pytest
from django.test import override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.cards import Fact
from directory.languages import SHIPPED, column, direction, preference
from directory.models import Exclusion, Listing
from directory.text import Text, by_machine, choose, published, translated, translations, written
from directory.translation_state import State, note, show

codes = st.sampled_from(list(SHIPPED))
texts = st.dictionaries(codes, st.text("abc", max_size=2))


@given(texts, codes)
def test_the_best_language_that_has_a_text_is_chosen(found: dict[str, str], wanted: str) -> None:
    chosen = choose(found, wanted)
    filled = [code for code in preference(wanted) if found.get(code)]
    if not filled:
        assert chosen == Text("", wanted, direction(wanted), is_fallback=False)
        assert not chosen
    else:
        assert (chosen.text, chosen.lang) == (found[filled[0]], filled[0])
        assert chosen.is_fallback == (filled[0] != wanted)
        assert chosen.dir == direction(filled[0])
        assert chosen
        assert str(chosen) == chosen.text


@given(texts, codes)
def test_no_text_is_ever_lost(found: dict[str, str], wanted: str) -> None:
    assert bool(choose(found, wanted)) == any(found.values())


@pytest.mark.parametrize(
    ("wanted", "found", "lang", "direction_", "fallback"),
    [
        ("de", {"de": "x", "en": "y"}, "de", "ltr", False),
        ("ar", {"de": "x", "en": "y"}, "de", "ltr", True),
        ("ar", {"ar": "x", "de": "y"}, "ar", "rtl", False),
        ("en", {"ar": "x"}, "ar", "rtl", True),
        ("de", {"de": "", "en": "y"}, "en", "ltr", True),
        ("uk", {"ru": "x", "en": "y"}, "en", "ltr", True),
        ("uk", {"ru": "x"}, "ru", "ltr", True),
        ("de-simple", {"de": "x", "en": "y"}, "de", "ltr", True),
    ],
)
def test_examples(wanted: str, found: dict[str, str], lang: str, direction_: str, fallback: bool) -> None:
    assert choose(found, wanted) == Text(found[lang], lang, direction_, fallback)


@pytest.mark.parametrize("active", ["de", "en", "ar"])
def test_without_a_language_the_active_one_counts(active: str) -> None:
    with translation.override(active):
        assert choose({"de": "1", "en": "2", "ar": "3"}).lang == active


def test_without_any_language_the_main_one_counts() -> None:
    with translation.override(None):
        assert choose({"de": "1", "en": "2"}).lang == "de"


@pytest.mark.parametrize("active", [None, "de", "en", "ar"])
def test_the_columns_are_read_and_never_the_virtual_one(active: str | None) -> None:
    entry = Listing(title_en="Advice", title_uk="Порада", title_ar=None, title_tr="")
    with translation.override(active):
        assert translations(entry, "title") == {"en": "Advice", "uk": "Порада"}
        assert translated(entry, "title", "de") == Text("Advice", "en", "ltr", is_fallback=True)
        assert translated(entry, "title", "en") == Text("Advice", "en", "ltr", is_fallback=False)
        assert not translated(entry, "description", "en")


def test_a_language_that_is_off_is_read_only_where_there_is_no_other() -> None:
    entry = Listing(title_de="Hilfe", title_de_simple="Hier ist Hilfe", helps_with_pl="Pomoc")
    assert translations(entry, "title") == {"de": "Hilfe"}
    assert published(entry, "title") == {"de": "Hilfe", "de-simple": "Hier ist Hilfe"}
    assert translations(entry, "helps_with") == {"pl": "Pomoc"}


@given(texts, codes, st.frozensets(codes), st.frozensets(codes), st.lists(codes, min_size=1, unique=True))
def test_a_text_is_the_best_of_those_that_readers_see(
    found: dict[str, str], wanted: str, hidden: frozenset[str], machine: frozenset[str], on: list[str]
) -> None:
    listing = Listing(**{column("title", code): text for code, text in found.items()})
    for code in machine:
        note(listing, code, state=State.MACHINE, by="")
    for code in hidden:
        show(listing, code, public=False)
    with override_settings(LANGUAGES=[(code, code) for code in on]):
        assert translated(listing, "title", wanted) == choose(translations(listing, "title"), wanted)


def test_equal_texts_are_one_key_and_others_are_not() -> None:
    one, same, foreign = (choose({"de": "Hilfe"}, code) for code in ("de", "de", "en"))
    assert {one: 1}[same] == 1
    assert foreign not in {one: 1}


class TestMachine:
    """What a machine wrote and nobody checked is known of every text that is shown, through all its copies."""

    def entry(self) -> Listing:
        found = Listing(title_de="Hilfe", title_en="Help", title_ar="مساعدة")
        note(found, "ar", state=State.MACHINE, by="robot")
        return found

    def test_it_is_told_of_the_text_that_was_chosen(self) -> None:
        assert translated(self.entry(), "title", "ar").is_machine
        assert not translated(self.entry(), "title", "en").is_machine

    def test_a_fallback_tells_of_its_own_language(self) -> None:
        found = self.entry()
        found.title_de = found.title_en = ""
        assert translated(found, "title", "tr").is_machine

    def test_a_child_row_follows_its_entry(self) -> None:
        row = Exclusion(reason_de="Grund", reason_ar="سبب")
        assert translated(row, "reason", "ar", of=self.entry()).is_machine
        assert not translated(row, "reason", "ar").is_machine
        hidden = self.entry()
        show(hidden, "ar", public=False)
        assert translations(row, "reason", of=hidden) == {"de": "Grund"}

    def test_a_hidden_language_is_written_and_not_shown(self) -> None:
        found = self.entry()
        show(found, "ar", public=False)
        assert set(translations(found, "title")) == set(published(found, "title")) == {"de", "en"}
        assert set(written(found, "title")) == {"de", "en", "ar"}
        assert translated(found, "title", "ar").text == "Hilfe"

    def test_plain_texts_are_nobodys_machine(self) -> None:
        assert not choose({"ar": "مساعدة"}, "ar").is_machine

    def test_one_of_what_is_shown_together_is_enough(self) -> None:
        machine, human = Text("x", "ar", "rtl", False, is_machine=True), Text("y", "ar", "rtl", False)
        assert by_machine(machine)
        assert by_machine([("name", (human, machine))])
        assert by_machine(Fact("name", (human, machine)))
        assert not by_machine([Fact("name", (human,)), "words", None, 3])

    def test_a_text_that_is_empty_was_written_by_nobody(self) -> None:
        assert not by_machine(Text("", "ar", "rtl", False, is_machine=True))
