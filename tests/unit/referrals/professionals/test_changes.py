import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Listing
from directory.models.drafting import child_relations
from referrals.professionals.changes import told

# Never told: what only colleagues read, and what a save moves by itself.
KEPT = (
    "note",
    "needs_check",
    "field_sources",
    "sources",
    "internal_only",
    "last_confirmed_by",
    "translation_state",
)


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def test_fields_become_words() -> None:
    assert told(["contacts", "opening_hours"]) == ("contact", "opening hours")


def test_fields_of_one_kind_are_told_once() -> None:
    assert told(["capacity", "waiting_weeks"]) == ("waiting time",)


@pytest.mark.parametrize("name", ["title_de", "title_ar", "title_de_simple", "title"])
def test_each_language_of_a_text_counts(name: str) -> None:
    assert told([name]) == ("name",)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_for_colleagues_is_kept(name: str) -> None:
    assert told([name]) == ()
    assert told([name, "contacts"]) == ("contact",)


@given(st.lists(st.text()))
def test_unknown_names_tell_nothing(names: list[str]) -> None:
    known = {field.name for field in Listing._meta.get_fields()}
    assert told(name for name in names if name not in known) == ()


def test_every_field_is_told_or_kept_on_purpose() -> None:
    """A new field decides here whether its change is public."""
    bookkeeping = {
        *("id", "slug", "kind", "live", "has_unpublished_changes", "first_published_at", "last_published_at"),
        *(
            "go_live_at",
            "expire_at",
            "expired",
            "locked",
            "locked_at",
            "locked_by",
            "latest_revision",
            "live_revision",
        ),
        *("source_language", "callback_email"),
    }
    own = {field.name for field in Listing._meta.concrete_fields} | set(child_relations(Listing))
    assert {name for name in own if not told([name])} <= bookkeeping | set(KEPT)
