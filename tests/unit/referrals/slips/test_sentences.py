from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.languages import SHIPPED
from referrals.dimensions import shipped
from referrals.slips.sentences import ANY_WISH, Said, language_of, phrases, speech, speeches

DEMO = ("de", "en", "tr", "ar", "uk")


def spoken(said: Said, language: str) -> str:
    return speech(said, language).without(())


def names(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


class TestPhrases:
    def test_each_is_there_in_all_five_languages_and_none_is_empty(self) -> None:
        for name, texts in phrases().items():
            assert set(texts) == set(DEMO), name
            assert all(text.strip() for text in texts.values()), name

    def test_each_translation_holds_the_same_blanks(self) -> None:
        for name, texts in phrases().items():
            assert len({frozenset(names(text)) for text in texts.values()}) == 1, name

    def test_no_translation_is_the_german_text(self) -> None:
        for name, texts in phrases().items():
            assert len(set(texts.values())) == len(DEMO), name

    def test_every_wish_of_the_referral_has_its_sentence(self) -> None:
        wishes = {name.removeprefix("wish.") for name in phrases() if name.startswith("wish.")}
        assert wishes == shipped().values["wish"] | {ANY_WISH}

    def test_so_has_everybody_who_asks_but_the_person_itself(self) -> None:
        askers = {name.removeprefix("asker.") for name in phrases() if name.startswith("asker.")}
        assert askers == shipped().values["asker"] - {"affected"}


class TestSpeech:
    def test_the_sentence_to_read_aloud(self) -> None:
        said = Said(speaks="ar", wishes=("talk",))
        assert spoken(said, "de") == (
            "Ich spreche Arabisch, bitte mit Dolmetschung. Ich möchte mit jemandem sprechen."
        )

    @pytest.mark.parametrize(
        ("language", "wanted"),
        [
            ("en", "I speak Ukrainian, with an interpreter please. I would like to make a complaint."),
            ("tr", "Ukraynaca konuşuyorum, lütfen tercümanla. Şikâyette bulunmak istiyorum."),
            ("ar", "أتحدث الأوكرانية، من فضلكم مع مترجم. أريد أن أقدّم شكوى."),
            ("uk", "Моя мова — українська, будь ласка, з перекладачем. Я хочу подати скаргу."),
        ],
    )
    def test_it_stands_beside_in_the_language_of_the_reader(self, language: str, wanted: str) -> None:
        assert spoken(Said(speaks="uk", wishes=("complaint",)), language) == wanted

    @pytest.mark.parametrize("language", DEMO)
    def test_the_german_one_comes_first_and_each_stands_there_once(self, language: str) -> None:
        found = [each.lang for each in speeches(Said(speaks="ar"), language)]
        assert found == ["de"] if language == "de" else found == ["de", language]

    @pytest.mark.parametrize(("reader", "wanted"), [("pl", "de"), ("de-simple", "de"), ("fa", "de"), ("uk", "uk")])
    def test_who_reads_another_language_gets_the_german_one_alone(self, reader: str, wanted: str) -> None:
        assert language_of(reader) == wanted
        assert len(speeches(Said(), reader)) == len({"de", wanted})

    def test_it_runs_in_its_own_direction(self) -> None:
        assert [each.dir for each in speeches(Said(), "ar")] == ["ltr", "rtl"]

    def test_languages_that_no_table_names_are_named_in_the_language_of_the_sentence(self) -> None:
        assert spoken(Said(speaks="tigr"), "de").startswith("Ich spreche tigr, ")
        assert spoken(Said(speaks="ti"), "de").startswith("Ich spreche Tigrinya, ")

    def test_without_a_language_nobody_asks_for_an_interpreter(self) -> None:
        assert spoken(Said(wishes=("legal",)), "de") == "Ich möchte meine Rechte kennen."

    def test_without_a_wish_there_is_still_something_to_say(self) -> None:
        assert spoken(Said(), "en") == "I would like advice."
        assert spoken(Said(wishes=("to fly",)), "en") == "I would like advice."

    def test_several_wishes_are_said_one_after_another(self) -> None:
        assert spoken(Said(wishes=("talk", "legal")), "en") == (
            "I would like to talk to somebody. I would like to know my rights."
        )

    def test_who_asks_for_somebody_else_says_so_before_the_wish(self) -> None:
        assert spoken(Said(asker="witness"), "de") == "Ich habe es gesehen. Ich möchte mich beraten lassen."
        assert spoken(Said(asker="affected"), "de") == "Ich möchte mich beraten lassen."


class TestLeavingOut:
    SAID = Said(speaks="tr", wishes=("report",), asker="relative")

    @pytest.mark.parametrize(
        ("left_out", "wanted"),
        [
            (
                {"interpreter"},
                "I speak Turkish. It is about somebody close to me. I would like to report an incident.",
            ),
            ({"language"}, "It is about somebody close to me. I would like to report an incident."),
            ({"asker", "wish"}, "I speak Turkish, with an interpreter please."),
            ({"language", "asker", "wish"}, ""),
        ],
    )
    def test_a_fact_that_is_left_out_is_not_said(self, left_out: set[str], wanted: str) -> None:
        assert speech(self.SAID, "en").without(left_out) == wanted

    @given(
        language=st.sampled_from(sorted(SHIPPED)),
        left_out=st.sets(st.sampled_from(["language", "interpreter", "asker", "wish"])),
        said=st.builds(
            Said,
            speaks=st.sampled_from(["", *SHIPPED, "dgs", "rom", "{0}", "x"]),
            wishes=st.lists(st.sampled_from(["talk", "money", "{y}", ""]), max_size=3).map(tuple),
            asker=st.sampled_from(["", "affected", "organisation", "{x}"]),
        ),
    )
    def test_whatever_was_said_it_stays_words(self, language: str, said: Said, left_out: set[str]) -> None:
        text = speech(said, language).without(left_out)
        assert "{interpreter}" not in text
        assert "  " not in text
        assert text == text.strip()
        whole = "".join(map(str, speech(said, language).sentences))
        assert len(text) <= len(whole) + len(said.wishes) + 3
