"""Marks show why a listing was found, and change nothing that is read."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.areas import AreaData, AreaTree
from directory.cards import Card, Fact, Hours, here, nothing
from directory.templatetags.directory import mark
from directory.text import Text
from search import highlighting
from search.analysis.chains import chain
from search.analysis.compounds import Splitter
from search.highlighting import Analysis, Highlighter, sought_stems
from search.port import Hit, Plan, Results, Term, Value, Wanted
from search.understanding import Knowledge

LABELS = {
    "life_areas:housing": (("de", "Wohnung"), ("de", "Vermieter"), ("en", "Housing"), ("ar", "السكن")),
    "topics:harassment": (("de", "sexuelle Belästigung"), ("en", "sexual harassment")),
}
TREE = AreaTree({"jena": AreaData("jena", "city", names={"de": "Jena", "ar": "يينا"})})
KNOWLEDGE = Knowledge(LABELS, TREE, splitter=Splitter.learn({"diskriminierung": 5, "anti": 3}))


@pytest.fixture(autouse=True)
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    def label(vocabulary: str, slug: str) -> Text:
        return Text(LABELS[f"{vocabulary}:{slug}"][0][1], "de", "ltr", is_fallback=True)

    monkeypatch.setattr(highlighting, "label", label)


def german(words: str) -> Text:
    return Text(words, "de", "ltr", is_fallback=False)


def make(title: Text, **texts: Text) -> Card:
    facts = (Fact("Area", (texts.pop("area"),)),) if "area" in texts else ()
    organisation, summary, foreign = (
        texts.get(name, nothing()) for name in ("organisation", "summary", "foreign")
    )
    return Card(
        slug="one",
        is_training=False,
        kind="",
        operator="",
        title=title,
        organisation=organisation,
        summary=summary,
        composed=(),
        foreign=foreign,
        phone=None,
        email="",
        website="",
        chat="",
        hours=Hours("", None, nothing()),
        facts=facts,
        unknown=(),
        confirmed="",
    )


def stems(words: str, language: str = "de") -> dict[str, frozenset[str]]:
    return {language: frozenset(chain(language).stems(words))}


def shown(words: str, text: Text, hit: Hit | None = None, language: str = "de") -> str:
    results = Results((), 1, {}, stems=stems(words, text.lang or language))
    highlighter = Highlighter(results, Analysis(KNOWLEDGE), language)
    return str(highlighter.card(make(text), hit or Hit("one", 1.0)).title)


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "text", "expected"),
        [
            ("Beratung", "Gute Beratung hier", "Gute <mark>Beratung</mark> hier"),
            ("beraten", "Gute Beratungen hier", "Gute <mark>Beratungen</mark> hier"),
            ("Beratung", "eine Antidiskriminierungsberatungsstelle", None),
            ("Hilfe", "Antidiskriminierung", "Antidiskriminierung"),
            ("Berater", "für Berater*innen da", "für <mark>Berater*innen</mark> da"),
            ("Berater", "für Berater/-innen da", "für <mark>Berater/-innen</mark> da"),
            ("Berater", "für Berater(innen) da", "für <mark>Berater(innen)</mark> da"),
            ("Hilfe", "(Hilfe) und „Hilfe“.", "(<mark>Hilfe</mark>) und „<mark>Hilfe</mark>“."),
            ("Führung", "Die Fuehrung", "Die <mark>Fuehrung</mark>"),
            ("und der", "Dies und der Rest", "Dies und der Rest"),
        ],
    )
    def test_german(self, typed: str, text: str, expected: str | None) -> None:
        whole = expected or "eine <mark>Antidiskriminierungsberatungsstelle</mark>"
        assert shown(typed, german(text)) == whole

    def test_neighbours_are_one_mark(self) -> None:
        assert shown("sexuelle Belästigung", german("Bei sexueller Belästigung")) == (
            "Bei <mark>sexueller Belästigung</mark>"
        )

    def test_neighbours_with_a_comma_between_are_two(self) -> None:
        assert shown("Rat Hilfe", german("Rat, Hilfe")) == "<mark>Rat</mark>, <mark>Hilfe</mark>"

    def test_an_arabic_word_with_article_and_vowel_signs(self) -> None:
        text = Text("نقدم المُساعدة لكم", "ar", "rtl", is_fallback=False)
        assert shown("مساعدة", text, language="ar") == "نقدم <mark>المُساعدة</mark> لكم"

    def test_turkish(self) -> None:
        text = Text("Irkçılığa karşı", "tr", "ltr", is_fallback=False)
        assert "<mark>Irkçılığa</mark>" in shown("ırkçılığa", text, language="tr")

    def test_german_in_a_foreign_text_is_read_as_german(self) -> None:
        text = Text("مركز Beratungen هنا", "ar", "rtl", is_fallback=False)
        results = Results((), 1, {}, stems=stems("Beratung"))
        marked = Highlighter(results, Analysis(KNOWLEDGE), "ar").card(make(text), Hit("one", 1.0)).title
        assert str(marked) == "مركز <mark>Beratungen</mark> هنا"


class TestSafety:
    def test_markup_in_a_text_stays_text(self) -> None:
        assert shown("Hilfe", german("<b>Hilfe</b> & Rat")) == "&lt;b&gt;<mark>Hilfe</mark>&lt;/b&gt; &amp; Rat"

    def test_a_text_without_a_match_is_not_declared_safe(self) -> None:
        text = german("<script>alert(1)</script>")
        assert mark(shown("Hilfe", text)) == "&lt;script&gt;alert(1)&lt;/script&gt;"

    def test_a_fallback_keeps_its_language_and_direction(self) -> None:
        fallback = Text("Hilfe <hier>", "de", "ltr", is_fallback=True)
        results = Results((), 1, {}, stems=stems("Hilfe"))
        title = Highlighter(results, Analysis(KNOWLEDGE), "ar").card(make(fallback), Hit("one", 1.0)).title
        assert mark(title) == '<span lang="de" dir="ltr"><mark>Hilfe</mark> &lt;hier&gt;</span>'

    @given(
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
        st.sampled_from(["de", "ar", "tr", "uk", "fa", "fr"]),
    )
    def test_nothing_that_is_read_changes(self, text: str, language: str) -> None:
        for word in (text, "Hilfe <mark> المساعدة"):
            whole = Text(f"{text} Hilfe {text}", language, "", is_fallback=False)
            found = mark(Highlighter(_looking_for(word), Analysis(KNOWLEDGE), language).card(
                make(whole), Hit("one", 1.0)
            ).title)  # fmt: skip
            assert html.unescape(re.sub(r"</?mark>", "", found)) == whole.text


def _looking_for(words: str) -> Results:
    return Results(
        (), 1, {}, stems={code: frozenset(chain(code).stems(words)) for code in ("de", "ar", "tr", "uk")}
    )


class TestConcepts:
    HOUSING = Hit("one", 1.0, concepts=("life_areas:housing",), reasons={"Wohnung": ("life_areas:housing",)})

    def of(self, typed: str, card: Card, language: str = "de", hit: Hit | None = None) -> Card:
        results = Results((), 1, {}, stems=stems(typed, language))
        return Highlighter(results, Analysis(KNOWLEDGE), language).card(card, hit or self.HOUSING)

    def test_another_word_for_the_same_is_marked(self) -> None:
        assert str(self.of("Mietwohnung", make(german("Ärger mit Vermietern"))).title) == (
            "Ärger mit <mark>Vermietern</mark>"
        )

    def test_the_words_in_sight_are_enough(self) -> None:
        card = self.of("Wohnung", make(german("Wohnung"), summary=german("Vermieter")))
        assert (str(card.title), str(card.summary)) == ("<mark>Wohnung</mark>", "Vermieter")

    def test_a_concept_asked_in_one_language_is_marked_in_that_of_the_text(self) -> None:
        text = Text("Ihre Wohnung", "de", "ltr", is_fallback=True)
        assert str(self.of("سكن", make(text), "ar").title) == "Ihre <mark>Wohnung</mark>"

    def test_a_phrase_is_marked_where_it_is_whole(self) -> None:
        hit = Hit("one", 1.0, concepts=("topics:harassment",))
        card = make(german("Sexuelle Bildung"), summary=german("bei sexueller Gewalt und Belästigung"))
        assert "mark" not in str(self.of("x", card, hit=hit).title)
        assert str(self.of("x", card, hit=hit).summary).count("<mark>") == 2

    def test_what_is_out_of_sight_is_named(self) -> None:
        (reason,) = self.of("Miete", make(german("Verein"))).why
        assert (reason.text, reason.lang) == ("Wohnung", "de")

    def test_what_is_in_sight_is_not_named_again(self) -> None:
        assert self.of("Wohnung", make(german("Wohnungen"))).why == ()

    def test_one_of_several_concepts_in_sight_is_enough(self) -> None:
        both = ("topics:harassment", "life_areas:housing")
        hit = Hit("one", 1.0, concepts=both, reasons={"sexuelle Belästigung": both})
        assert self.of("x", make(german("Vermieter")), hit=hit).why == ()
        (reason,) = self.of("x", make(german("Verein")), hit=hit).why
        assert (reason.text, reason.lang) == ("sexuelle Belästigung", "de")

    def test_a_label_that_is_no_longer_there_is_shown_as_it_was(self) -> None:
        hit = Hit("one", 1.0, concepts=("life_areas:housing",), reasons={"Früher": ("life_areas:housing",)})
        assert self.of("x", make(german("Verein")), hit=hit).why == (here("Früher"),)

    def test_a_word_out_of_sight_is_named_as_it_was_typed(self) -> None:
        hit = Hit("one", 1.0, reasons={"kopftuch": (), "hilfe": ()})
        card = self.of("Kopftuch Hilfe", make(german("Hilfe")), hit=hit)
        assert card.why == (here("kopftuch"),)


def test_the_place_that_was_named_is_marked() -> None:
    results = Results((), 1, {}, place="jena")
    card = Highlighter(results, Analysis(KNOWLEDGE), "de").card(
        make(german("Beratung in Jena"), area=german("Jena")), Hit("one", 1.0)
    )
    assert str(card.title) == "Beratung in <mark>Jena</mark>"
    assert str(card.facts[0].values[0]) == "<mark>Jena</mark>"


def test_stems_are_those_of_the_plan_and_no_guesses() -> None:
    clauses = (
        Term("title_de", "berat", 1.2),
        Term("text_ar", "مساعد", 1.0),
        Term("names", "obr", 1.0),
        Term("labels", "wohn", 1.0),
        Term("text_de", "vielleicht", 0.1),
        Value("concepts", ("a:b",), 5.0),
    )
    assert sought_stems(Plan(wanted=(Wanted(clauses),))) == {"de": {"berat", "obr"}, "ar": {"مساعد"}}


def test_a_word_is_analysed_once() -> None:
    analysis = Analysis(KNOWLEDGE)
    assert analysis.read("Beratung", "de") is analysis.read("Beratung", "de")


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlighting, "KEPT", 3)
    analysis = Analysis(KNOWLEDGE)
    for word in "abcdefgh":
        analysis.read(word, "de")
    assert len(analysis._words) <= 3
