"""Every text has a key of its own that finds it again."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Exclusion, Listing, Published, translated_fields
from directory.translatable import (
    comparable,
    entry_key,
    entry_of,
    latest,
    model_of,
    pieces,
    rows,
    translatable_models,
)
from referrals.models import Deadline, Guide, Option, Question
from tests.integration.directory.making import area, listing, organisation, stored, term

pytestmark = pytest.mark.django_db


def question() -> Question:
    guide = Guide(slug="counselling")
    guide.save()
    made = Question(guide=guide, slug="who", dimension="who", text_de="Wer war es?", live=True)
    made.options.add(Option(slug="police", text_de="Die Polizei"))
    made.save()
    return made


def keys_of(entry: Published) -> list[str]:
    return [piece.key for piece in pieces(entry)]


class TestModels:
    def test_those_of_every_room_are_found(self) -> None:
        labels = {model._meta.label for model in translatable_models()}
        assert labels == {
            "directory.Area",
            "directory.Listing",
            "directory.Organisation",
            "directory.Term",
            "referrals.Deadline",
            "referrals.Note",
            "referrals.Question",
        }

    def test_no_published_model_with_texts_is_forgotten(self) -> None:
        published = {m for m in apps.get_models() if issubclass(m, Published) and translated_fields(m)}
        assert published <= set(translatable_models())


class TestKeys:
    def test_an_entry_is_named_by_its_slug(self) -> None:
        assert keys_of(listing(title_de="Beratung", helps_with_de="Hilft")) == [
            "directory.listing/advice/title",
            "directory.listing/advice/helps_with",
        ]
        assert keys_of(area("berlin")) == ["directory.area/berlin/name"]
        assert keys_of(organisation("shop")) == ["directory.organisation/shop/name"]

    def test_where_a_slug_is_not_unique_the_vocabulary_stands_before_it(self) -> None:
        first, second = term("grounds", "other"), term("topics", "other")
        assert keys_of(first) == ["directory.term/grounds/other/label"]
        assert keys_of(second) == ["directory.term/topics/other/label"]

    def test_options_are_named_by_their_question_and_their_own_slug(self) -> None:
        assert keys_of(question()) == [
            "referrals.question/counselling/who/text",
            "referrals.question/counselling/who/options/police/text",
        ]

    def test_a_row_without_slug_is_named_by_its_number(self) -> None:
        entry = listing()
        entry.exclusions.add(Exclusion(strength="hard", reason_de="Nicht für Firmen"))
        entry.save()
        number = entry.exclusions.get().pk
        assert keys_of(stored(entry))[-1] == f"directory.listing/advice/exclusions/{number}/reason"

    def test_a_row_that_exists_in_a_draft_only_keeps_its_key_until_its_text_changes(self) -> None:
        entry = listing()
        entry.exclusions.add(Exclusion(strength="hard", reason_de="Nicht für Firmen"))
        entry.save_revision()
        (draft,) = latest(Listing)
        key = keys_of(draft)[-1]
        assert "/exclusions/new-" in key
        (again,) = latest(Listing)
        assert keys_of(again)[-1] == key

    @pytest.mark.parametrize(
        "make",
        [listing, organisation, lambda: area("berlin"), lambda: term("grounds", "race"), question],
        ids=["listing", "organisation", "area", "term", "question"],
    )
    def test_a_key_leads_back_to_its_entry(self, make: object) -> None:
        entry = make()  # type: ignore[operator]
        for key in keys_of(entry):
            assert model_of(key) is type(entry)
            assert entry_of(key) == entry_key(entry)
            found = rows(entry_of(key))
            assert found is not None
            assert found.get() == entry

    @pytest.mark.parametrize(
        "key", ["", "/", "nothing", "directory.change/1/slug", "directory.listing", "auth.user/chris/password"]
    )
    def test_other_keys_lead_nowhere(self, key: str) -> None:
        found = rows(entry_of(key))
        assert found is None or not found.exists()


class TestPieces:
    def test_what_has_no_source_text_is_none(self) -> None:
        entry = listing(title_de="Beratung", description_de="", description_en="Only in English")
        assert keys_of(entry) == ["directory.listing/advice/title"]

    def test_the_source_is_the_language_that_the_listing_is_written_in(self) -> None:
        entry = listing(source_language="ar", title_de="", title_ar="مشورة")
        (piece,) = pieces(entry)
        assert piece.source == "مشورة"

    def test_the_draft_is_read_not_the_public_version(self) -> None:
        entry = listing(title_de="Alt")
        draft = stored(entry)
        draft.title_de = "Neu"
        draft.save_revision()
        (found,) = latest(Listing)
        (piece,) = pieces(found)
        assert piece.source == "Neu"

    def test_what_is_written_into_a_child_row_reaches_the_revision(self) -> None:
        entry = listing()
        entry.exclusions.add(Exclusion(strength="hard", reason_de="Nicht für Firmen"))
        entry.save()
        found = stored(entry)
        list(pieces(found))[-1].write("en", "Not for companies")
        assert found.save_revision().content["exclusions"][0]["reason_en"] == "Not for companies"

    def test_a_hundred_listings_need_no_more_queries_than_one(self) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                assert sum(1 for entry in latest(Listing) for _piece in pieces(entry))
            return len(asked)

        listing("one")
        before = queries()
        for number in range(20):
            listing(f"more-{number}").save_revision().publish()
        assert queries() == before

    def test_deadlines_have_all_their_fields(self) -> None:
        made = Deadline(slug="agg", law_de="AGG § 15", act_de="Schriftlich geltend machen")
        made.save()
        assert keys_of(made) == ["referrals.deadline/agg/act", "referrals.deadline/agg/law"]


@pytest.mark.parametrize(
    ("one", "other"), [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), (" a ", "a"), ("a\x0bb", "ab"), ("", "\n")]
)
def test_texts_are_compared_as_a_spreadsheet_keeps_them(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)
