"""The verb: into the newest draft, public where nothing of a person waits, noted as its weakest text is."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory import translating, translation_state
from directory.models import Exclusion, Listing
from directory.translatable import Piece, comparable, pieces, text_hash
from directory.translating import Fate, Given, apply, fate
from directory.translation_state import State
from tests.integration.directory.making import (
    listing,
    new_changes,
    person,
    stored,
    superuser,
    undone,
)
from tests.integration.translations.filling import NAME, TITLE

pytestmark = pytest.mark.django_db

HELPS = "directory.listing/advice/helps_with"


def piece(key: str, entry: Any) -> Piece:
    return next(each for each in pieces(stored(entry).get_latest_revision_as_object()) if each.key == key)


def given(text: str, entry: Any, key: str = TITLE, state: State = State.HUMAN, language: str = "en") -> Given:
    """Made from the source and in view of the translation as they are now."""
    now = piece(key, entry)
    return Given(key, text, now.stamp, text_hash(comparable(now.text(language))), state)


def translate(
    *texts: Given, by: User | None = None, language: str = "en", made_by: str = ""
) -> translating.Outcome:
    return apply(given=texts, language=language, by=by, made_by=made_by)


def state_of(entry: Any, language: str = "en") -> State:
    return translation_state.state(stored(entry).get_latest_revision_as_object(), language)


class TestWhereItGoes:
    def test_a_public_entry_without_draft_is_public_with_it(self, entry: Listing) -> None:
        done = translate(given("Advice", entry))
        assert done.published == ["directory.listing/advice"]
        assert stored(entry).title_en == "Advice"
        assert not stored(entry).has_unpublished_changes

    def test_next_to_a_waiting_draft_it_waits_as_well(self, entry: Listing) -> None:
        draft = stored(entry)
        draft.description_de = "Noch nicht öffentlich."
        draft.save_revision()
        done = translate(given("Advice", entry))
        assert done.waiting == ["directory.listing/advice"]
        assert not stored(entry).title_en
        assert stored(entry).description_de == "Wir hören zu."
        newest = stored(entry).get_latest_revision_as_object()
        assert (newest.title_en, newest.description_de) == ("Advice", "Noch nicht öffentlich.")

    def test_b9_it_survives_the_publication_of_the_draft(self, entry: Listing) -> None:
        draft = stored(entry)
        draft.description_de = "Entwurf"
        draft.save_revision()
        translate(given("Advice", entry))
        stored(entry).get_latest_revision().publish()
        assert (stored(entry).title_en, stored(entry).description_de) == ("Advice", "Entwurf")

    def test_what_is_not_public_stays_so(self) -> None:
        entry = listing(live=False)
        assert translate(given("Advice", entry)).waiting == ["directory.listing/advice"]
        assert not stored(entry).live

    def test_only_the_columns_of_the_language_change(self, entry: Listing) -> None:
        entry.title_ar, entry.note = "مشورة", "intern"
        entry.save()
        before = stored(entry).serializable_data()
        translate(given("Advice", entry))
        after = stored(entry).serializable_data()
        changed = {name for name in after if after[name] != before[name]}
        dates = {"first_published_at", "last_published_at", "latest_revision", "live_revision"}
        assert changed - dates == {"title_en", "translation_state"}

    def test_a_child_row_is_reached(self, entry: Listing) -> None:
        entry.exclusions.add(Exclusion(strength="hard", reason_de="Nicht für Firmen"))
        entry.save()
        key = f"directory.listing/advice/exclusions/{entry.exclusions.get().pk}/reason"
        translate(given("Not for companies", entry, key))
        assert stored(entry).exclusions.get().reason_en == "Not for companies"

    def test_who_may_not_publish_leaves_it_for_review(self, entry: Listing) -> None:
        done = translate(given("Advice", entry), by=person("tara", "translate_listing"))
        assert done.waiting == ["directory.listing/advice"]
        assert not stored(entry).title_en

    def test_who_may_publish_publishes(self, entry: Listing) -> None:
        done = translate(given("Advice", entry), by=person("pat", "translate_listing", "publish_listing"))
        assert done.published
        assert stored(entry).title_en == "Advice"

    def test_an_entry_that_is_otherwise_invalid_is_translated_all_the_same(self, entry: Listing) -> None:
        entry.topics = ["no-such-topic"]
        entry.save()
        assert translate(given("Advice", entry)).published

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole database for a writer")
    def test_the_row_is_locked_before_it_is_read(self, entry: Listing) -> None:
        sent = given("Advice", entry)
        with CaptureQueriesContext(connection) as asked:
            translate(sent)
        statements = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
        assert statements  # publishing locks it once more
        assert all('"directory_listing"' in each for each in statements)
        about_it = [query["sql"] for query in asked if 'FROM "directory_listing"' in query["sql"]]
        assert about_it[0] == statements[0]


class TestWhatIsRefused:
    def test_another_model_than_mine(self, entry: Listing) -> None:
        done = translate(
            given("Advice", entry),
            given("House", entry.organisation, NAME),
            by=person("tara", "translate_listing"),
        )
        assert done.refused == ["directory.organisation/house"]

    def test_nothing_for_a_reader(self, entry: Listing) -> None:
        assert translate(given("Advice", entry), by=person("vera", "view_listing")).refused

    def test_a_locked_entry(self, entry: Listing) -> None:
        sent = given("Advice", entry)
        entry.locked, entry.locked_by, entry.locked_at = True, superuser("chris"), timezone.now()
        entry.save()
        for by in (None, superuser("kim")):
            assert translate(sent, by=by).refused == ["directory.listing/advice"]
        assert not stored(entry).title_en

    def test_an_entry_that_is_gone(self, entry: Listing) -> None:
        sent = given("Advice", entry)
        entry.delete()
        assert translate(sent).refused == ["directory.listing/advice"]

    def test_a_key_that_never_was(self, entry: Listing) -> None:
        assert translate(Given("auth.user/chris/password", "x", "")).refused


class TestTrace:
    def test_one_change_row_an_entry_and_a_line_in_its_history(self, entry: Listing) -> None:
        chris = superuser()
        with new_changes() as changes:
            translate(given("Advice", entry), given("Helps", entry, HELPS), by=chris)
        assert [change[:2] for change in changes] == [("listing", "advice")]
        logged = ModelLogEntry.objects.filter(action="wegweiser.translate").get()
        assert logged.user == chris
        assert logged.data == {"language": "en", "made_by": ""}

    def test_the_note_names_who_and_from_what(self, entry: Listing) -> None:
        translate(given("Advice", entry), by=superuser())
        noted = stored(entry).translation_state["en"]
        assert noted["by"] == "chris"
        assert noted["source"] == translation_state.source_hash(stored(entry))

    def test_the_note_of_a_machine_names_the_machine(self, entry: Listing) -> None:
        translate(given("Advice", entry, state=State.MACHINE), by=superuser(), made_by="LibreTranslate")
        assert stored(entry).translation_state["en"]["by"] == "LibreTranslate"

    def test_it_is_in_the_revision_too(self, entry: Listing) -> None:
        translate(given("Advice", entry))
        assert stored(entry).latest_revision.content["translation_state"]["en"]["state"] == "human"

    def test_the_decision_not_to_show_a_language_stays(self, entry: Listing) -> None:
        translation_state.show(entry, "en", public=False)
        entry.save()
        translate(given("Advice", entry))
        assert not translation_state.is_public(stored(entry), "en")

    def test_all_of_it_or_nothing(self, entry: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
        other = listing("other")
        texts = [given("Advice", entry), given("Other", other, "directory.listing/other/title")]
        real, calls = translating._apply_to, []

        def break_at_the_second(*arguments: Any) -> str:
            calls.append(arguments)
            if len(calls) == 2:
                raise RuntimeError
            return real(*arguments)

        monkeypatch.setattr(translating, "_apply_to", break_at_the_second)
        with undone(), pytest.raises(RuntimeError):
            translate(*texts)
        assert len(calls) == 2
        assert not stored(entry).title_en


class TestState:
    def test_by_a_person(self, entry: Listing) -> None:
        translate(given("Advice", entry))
        assert state_of(entry) is State.HUMAN

    def test_checked_only_if_all_is(self, entry: Listing) -> None:
        translate(given("Advice", entry, state=State.CHECKED), given("Helps", entry, HELPS))
        assert state_of(entry) is State.HUMAN
        translate(given("Advice", entry, state=State.CHECKED), given("Helps", entry, HELPS, state=State.CHECKED))
        assert state_of(entry) is State.CHECKED

    def test_a_machine_s_text_beside_it_keeps_the_mark(self, entry: Listing) -> None:
        translate(given("Advice", entry, state=State.MACHINE), given("Helps", entry, HELPS, state=State.MACHINE))
        assert state_of(entry) is State.MACHINE
        translate(given("Counselling", entry))
        assert state_of(entry) is State.MACHINE
        translate(given("It helps", entry, HELPS), given("Counselling", entry, state=State.CHECKED))
        assert state_of(entry) is State.HUMAN

    def test_a_new_text_by_a_machine_takes_the_check_away(self, entry: Listing) -> None:
        translate(given("Advice", entry, state=State.CHECKED))
        translate(given("Helps", entry, HELPS, state=State.MACHINE))
        assert state_of(entry) is State.MACHINE

    def test_made_from_an_older_source_it_counts_as_outdated(self, entry: Listing) -> None:
        sent = given("Advice", entry)
        entry.title_de = "Beratung und Begleitung"
        entry.save()
        translate(sent)
        assert stored(entry).title_en == "Advice"
        assert state_of(entry) is State.OUTDATED

    def test_until_the_source_is_taken_back(self, entry: Listing) -> None:
        sent = given("Advice", entry)
        entry.title_de = "Beratung und Begleitung"
        entry.save()
        translate(sent)
        again = stored(entry)
        again.title_de = "Beratung"
        again.save()
        assert state_of(entry) is State.HUMAN

    def test_what_was_outdated_stays_so_until_each_text_was_looked_at(self, entry: Listing) -> None:
        translate(given("Advice", entry), given("Helps", entry, HELPS))
        changed = stored(entry)
        changed.title_de, changed.helps_with_de = "Neue Beratung", "Hilft neu."
        changed.save()
        translate(given("New advice", entry))
        assert state_of(entry) is State.OUTDATED
        translate(given("New advice", entry, state=State.CHECKED), given("Helps anew", entry, HELPS))
        assert state_of(entry) is State.HUMAN

    def test_an_older_source_of_a_child_row_is_noticed_as_well(self, entry: Listing) -> None:
        entry.exclusions.add(Exclusion(strength="hard", reason_de="Nicht für Firmen"))
        entry.save()
        row = entry.exclusions.get()
        sent = given("Not for companies", entry, f"directory.listing/advice/exclusions/{row.pk}/reason")
        column = "reason_de"
        setattr(row, column, "Für niemanden")
        row.save()
        translate(given("Advice", entry), sent)
        assert state_of(entry) is State.OUTDATED


class TestFate:
    def test_each(self, entry: Listing) -> None:
        new = given("Advice", entry)
        assert fate(piece(TITLE, entry), new, "en") is Fate.NEW
        translate(new)
        assert fate(piece(TITLE, entry), new, "en") is Fate.SAME
        assert fate(piece(TITLE, entry), given("Help", entry), "en") is Fate.CHANGED
        assert fate(piece(TITLE, entry), given("Advice", entry, state=State.CHECKED), "en") is Fate.CHECKED

    def test_what_somebody_else_wrote_since_is_not_overwritten(self, entry: Listing) -> None:
        late = given("Advice", entry)
        translate(given("Counselling", entry))
        assert fate(piece(TITLE, entry), late, "en") is Fate.OVERTAKEN
        assert translate(late).unchanged == ["directory.listing/advice"]
        assert stored(entry).title_en == "Counselling"

    def test_what_nobody_touched_in_the_file_takes_nothing_back(self, entry: Listing) -> None:
        translate(given("Advice", entry))
        untouched = given("Advice", entry)
        translate(given("Counselling", entry))
        assert fate(piece(TITLE, entry), untouched, "en") is Fate.SAME
        translate(untouched)
        assert stored(entry).title_en == "Counselling"

    def test_a_machine_never_overwrites(self, entry: Listing) -> None:
        late = given("Rat", entry, state=State.MACHINE)
        translate(given("Advice", entry))
        translate(late)
        assert stored(entry).title_en == "Advice"
        assert state_of(entry) is State.HUMAN

    def test_the_same_once_more_makes_no_revision(self, entry: Listing) -> None:
        texts = [given("Advice", entry, state=State.CHECKED)]
        translate(*texts)
        before = stored(entry).revisions.count()
        with new_changes() as changes:
            assert translate(*texts).unchanged == ["directory.listing/advice"]
        assert changes == []
        assert stored(entry).revisions.count() == before
