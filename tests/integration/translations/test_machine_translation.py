"""A machine fills gaps: with public texts only, never over a person's, marked until checked, without nonsense."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from directory import machine_translation as machine
from directory import translation_state
from directory.machine_translation import TranslatorError, translate_missing
from directory.models import ContactPoint, Exclusion, Listing, Place, Published
from directory.translatable import Piece, pieces, translatable_models
from directory.translation_state import State
from tests.integration.directory.making import listing, new_changes, organisation, person, stored, superuser

pytestmark = pytest.mark.django_db


class Parrot:
    """Says everything again, in brackets of the language."""

    name = "Parrot"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        self.asked += [(source, target, text) for text in texts]
        return [f"{target}: {text}" for text in texts]


class Says:
    name = "Says"

    def __init__(self, *answers: Any) -> None:
        self.answers = answers

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        return list(self.answers)


class BreaksAfter(Parrot):
    def __init__(self, portions: int) -> None:
        super().__init__()
        self.left = portions

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        self.left -= 1
        if self.left < 0:
            raise TranslatorError("out of order")
        return super().translate(texts, source=source, target=target)


def wanted(language: str = "en", *models: type[Published]) -> list[Piece]:
    chosen = models or translatable_models()
    return [piece for model in chosen for piece in machine.missing(model, language)]


def run(service: Any, language: str = "en", **options: Any) -> machine.Result:
    return translate_missing(
        wanted=wanted(language, Listing), language=language, service=service, **({"by": None} | options)
    )


def sent(service: Parrot) -> list[str]:
    return [text for _source, _target, text in service.asked]


class TestWhatIsSent:
    def test_texts_without_a_translation(self, entry: Listing) -> None:
        entry.title_en = "Advice"
        entry.save()
        parrot = Parrot()
        run(parrot)
        assert parrot.asked == [
            ("de", "en", "Hilft nach einem Angriff."),
            ("de", "en", "Wir hören zu."),
        ]

    @pytest.mark.parametrize(
        "hidden",
        [
            {"live": False},
            {"internal_only": True},
            {"valid_until": date(2020, 1, 1)},
        ],
    )
    def test_nothing_of_what_is_not_public(self, hidden: dict[str, Any]) -> None:
        listing("hidden", title_de="Geheim", **hidden)
        assert wanted("en", Listing) == []

    def test_nothing_of_a_draft(self, entry: Listing) -> None:
        draft = stored(entry)
        draft.title_de = "Noch geheim"
        draft.save_revision()
        parrot = Parrot()
        run(parrot)
        assert "Noch geheim" not in sent(parrot)
        assert "Beratung" not in sent(parrot)  # its translation would belong to a text that soon is another
        assert "Wir hören zu." in sent(parrot)

    def test_never_notes_contacts_or_addresses(self) -> None:
        """Every column that is no translated text holds a canary."""
        canary = "CANARY"
        entry = listing("full", note=canary, sources=[canary], aliases=[canary], last_confirmed_by=canary)
        entry.contacts.add(ContactPoint(kind="phone", value=canary, label=canary, source=canary))
        entry.places.add(Place(name=canary, address=canary))
        entry.exclusions.add(Exclusion(strength="hard", reason_de="Nicht für Firmen", unknown=[canary]))
        entry.save()
        organisation("shop", funding=canary, aliases=[canary])
        parrot = Parrot()
        translate_missing(wanted=wanted(), language="en", service=parrot, by=None)
        assert "Nicht für Firmen" in sent(parrot)
        assert not [text for text in sent(parrot) if canary in text]

    def test_in_portions_of_one_source_language(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "TEXTS_AT_ONCE", 2)
        for number, code in enumerate(("de", "ar", "de", "ar", "de")):
            listing(f"l{number}", source_language=code, **{"title_de": "", f"title_{code}": f"Text {number}"})
        found = list(machine.portions(wanted("en", Listing)))
        assert [len(portion) for portion in found] == [2, 2, 1]
        for portion in found:
            assert len({translation_state.source_language(piece.entry) for piece in portion}) == 1

    def test_no_portion_has_more_letters_than_a_service_takes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "LETTERS_AT_ONCE", 10)
        for number in range(3):
            listing(f"l{number}", title_de="sechse")
        assert [len(portion) for portion in machine.portions(wanted("en", Listing))] == [1, 1, 1]


class TestWhatIsWritten:
    def test_it_is_public_and_marked(self, entry: Listing) -> None:
        result = run(Parrot(), by=superuser())
        assert result.texts == 3
        assert result.outcome.published == ["directory.listing/advice"]
        after = stored(entry)
        assert after.title_en == "en: Beratung"
        assert translation_state.is_machine_made(after, "en")
        assert after.translation_state["en"]["by"] == "Parrot"

    def test_what_a_person_wrote_stays(self, entry: Listing) -> None:
        entry.title_en = "Advice"
        entry.save()
        run(Parrot())
        assert stored(entry).title_en == "Advice"
        assert stored(entry).helps_with_en == "en: Hilft nach einem Angriff."

    def test_also_what_they_wrote_while_the_service_was_thinking(self, entry: Listing) -> None:
        class Slow(Parrot):
            def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
                meanwhile = stored(entry)
                meanwhile.title_en = "Advice"
                meanwhile.save()
                return super().translate(texts, source=source, target=target)

        run(Slow())
        assert stored(entry).title_en == "Advice"

    def test_a_source_that_changed_meanwhile_makes_it_outdated(self, entry: Listing) -> None:
        class Slow(Parrot):
            def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
                meanwhile = stored(entry)
                meanwhile.title_de = "Anders"
                meanwhile.save()
                return super().translate(texts, source=source, target=target)

        run(Slow())
        assert translation_state.state(stored(entry), "en") is State.OUTDATED
        assert translation_state.is_machine_made(stored(entry), "en")

    def test_a_second_run_has_nothing_to_do(self, entry: Listing) -> None:
        run(Parrot())
        parrot = Parrot()
        with new_changes() as changes:
            assert run(parrot).texts == 0
        assert parrot.asked == []
        assert changes == []

    def test_child_rows(self, entry: Listing) -> None:
        entry.exclusions.add(Exclusion(strength="hard", reason_de="Nicht für Firmen"))
        entry.save()
        run(Parrot())
        assert stored(entry).exclusions.get().reason_en == "en: Nicht für Firmen"

    def test_locked_entries_are_not_even_sent(self, entry: Listing) -> None:
        entry.locked, entry.locked_by, entry.locked_at = True, superuser(), timezone.now()
        entry.save()
        parrot = Parrot()
        run(parrot)
        assert parrot.asked == []

    def test_nor_those_of_another_s_models(self, entry: Listing) -> None:
        parrot = Parrot()
        run(parrot, by=person("olga", "translate_organisation"))
        assert parrot.asked == []

    def test_what_came_before_a_failure_stays(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(machine, "TEXTS_AT_ONCE", 1)
        for number in range(3):
            listing(f"l{number}", title_de=f"Text {number}")
        steps: list[tuple[int, int]] = []
        result = run(BreaksAfter(2), progress=lambda *step: steps.append(step))
        assert (result.texts, result.error) == (2, "out of order")
        assert steps == [(1, 3), (2, 3)]
        assert [stored(entry).title_en for entry in Listing.objects.order_by("slug")] == [
            "en: Text 0",
            "en: Text 1",
            None,
        ]


class TestNonsense:
    @pytest.mark.parametrize("answers", [(), ("one", "two"), ("a",) * 40])
    def test_the_wrong_number_is_refused_as_a_whole(self, answers: tuple[str, ...]) -> None:
        entry = listing(title_de="Beratung")
        result = run(Says(*answers))
        assert "one translation for each text" in result.error
        assert not stored(entry).title_en

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            ("", "empty"),
            (" \n", "empty"),
            (None, "empty"),
            (7, "empty"),
            ("<b>Advice</b>", "markup"),
            ("<script>alert(1)</script>", "markup"),
            ("Help &amp; advice", "markup"),
            ("bell \x07", "control"),
            ("advice " * 100, "too long"),
            ("x" * 251, "too long"),
        ],
    )
    def test_an_answer_that_is_no_translation(self, answer: Any, why: str) -> None:
        entry = listing(title_de="Beratung", live=True)
        result = run(Says(answer))
        assert result.texts == 0
        (said,) = result.refused
        assert said.startswith("Listing “Beratung”: title: ")
        assert why in said
        assert not stored(entry).title_en

    @pytest.mark.parametrize(
        ("source", "answer", "is_refused"),
        [
            ("Ruf 0211 8991234 an", "Call 0211 8991235", True),
            ("Ruf 0211 8991234 an", "اتصل بالرقم ٠٢١١ ٨٩٩١٢٣٤", False),
            ("Seit 1999", "Since 1999", False),
            ("In 24 Stunden", "Within a day", False),
            ("Größe < 5 & mehr", "Size < 5 & more", False),
            ("<b>fett</b>", "<b>bold</b>", False),
        ],
    )
    def test_numbers_stay_and_signs_are_no_markup(self, source: str, answer: str, is_refused: bool) -> None:
        listing(title_de=source)
        assert bool(run(Says(answer)).refused) is is_refused

    def test_the_good_ones_of_a_portion_are_kept(self) -> None:
        entry = listing(title_de="Beratung", helps_with_de="Hilft")
        result = run(Says("Advice", "<p>Helps</p>"))
        assert (result.texts, len(result.refused)) == (1, 1)
        assert stored(entry).title_en == "Advice"

    def test_a_short_text_may_become_longer(self) -> None:
        (piece,) = pieces(listing(title_de="Amt"))
        assert machine.nonsense(piece, "a public authority that is responsible for it") == ""


class TestSwitch:
    def test_it_is_off_unless_somebody_switches_it_on(self, settings: Settings) -> None:
        assert settings.MACHINE_TRANSLATION == ""
        assert not machine.is_on()

    def test_the_setting_names_the_class(self, settings: Settings) -> None:
        settings.MACHINE_TRANSLATION = "directory.libretranslate.LibreTranslate"
        settings.MACHINE_TRANSLATION_URL = "http://127.0.0.1:9"
        assert machine.is_on()
        assert machine.translator().name == "LibreTranslate"

    def test_no_machine_writes_easy_language(self, settings: Settings) -> None:
        settings.LANGUAGES = [("de", "Deutsch"), ("de-simple", "Leichte Sprache"), ("tr", "Türkçe")]
        assert machine.languages() == ["de", "tr"]
