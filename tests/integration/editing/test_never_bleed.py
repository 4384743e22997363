"""Whatever staff do in whatever language and order: no text gets into another language, none is lost,
and every version knows how far each of its translations is.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.users.models import UserProfile

from directory.languages import SHIPPED, column
from directory.models import Listing, Organisation, Term
from directory.text import translations
from directory.translation_state import State, is_public, note, noted, state
from tests.integration.directory.making import let_an_hour_pass, organisation, stored, unsaved_listing
from tests.integration.editing.languages_model import HIDDEN, LANGUAGES, OTHERS, SOURCE, Entry, Note, Side, Words
from tests.integration.editing.posting import post, saved, url

pytestmark = pytest.mark.django_db

FIELDS: Mapping[type[Any], tuple[str, str]] = {
    Listing: ("title", "helps_with"),
    Organisation: ("name", "description"),
    Term: ("label", ""),
}
_numbers = count(1)


@pytest.fixture(autouse=True)
def three_languages() -> Any:
    with override_settings(LANGUAGES=[(code, SHIPPED[code].name) for code in (SOURCE, *OTHERS)]):
        yield


def _new(model: type[Any], **texts: str) -> Any:
    slug = f"entry-{next(_numbers)}"
    if model is Listing:
        made = unsaved_listing(slug, live=False, **texts)
        made.save()
        return made
    if model is Organisation:
        return organisation(slug, live=False, **texts)
    made = Term(vocabulary="grounds", slug=slug, live=False, **texts)
    made.save()
    return made


class Desk:
    """The real entry beside what it must be."""

    def __init__(self, model: type[Any], admin: Client, user: User) -> None:
        self.admin, self.user = admin, user
        self.fields = tuple(name for name in FIELDS[model] if name)
        words = {code: dict.fromkeys(self.fields, "") for code in LANGUAGES}
        words[SOURCE][self.fields[0]] = "Anfang"
        words[HIDDEN][self.fields[0]] = "Gizli"
        columns = {column(name, code): text for code in words for name, text in words[code].items()}
        self.row = _new(model, **columns)
        self.must = Entry(Side(words))
        self.revisions: list[int] = []

    def draft(self) -> Any:
        row = stored(self.row)
        return row.get_latest_revision_as_object() if row.latest_revision else row

    def _speak(self, active: str | None) -> None:
        UserProfile.objects.update_or_create(user=self.user, defaults={"preferred_language": active or "de"})

    def _saved(self) -> None:
        self.revisions.append(stored(self.row).latest_revision_id)

    def save(self, active: str | None, doing: Mapping[str, Any]) -> None:
        self._speak(active)
        written, hidden = self._possible(doing["written"]), doing["hidden"]
        ticked = doing["ticked"]
        columns = {column(name, code): text for code in written for name, text in written[code].items()}
        shown = [code for code in OTHERS if code not in hidden]
        boxes = {"checked_languages": sorted(ticked), "public_languages": shown}
        action = "publish" if doing["publish"] else ""
        saved(post(self.admin, url(self.row._meta.model_name, "edit", self.row.pk), action, **columns, **boxes))
        self.must.save(written, ticked, hidden)
        self._saved()
        if doing["publish"]:
            self.must.publish()

    def _possible(self, written: Mapping[str, tuple[str | None, str | None]]) -> dict[str, Words]:
        """The source keeps a name: without one the form refuses."""
        return {
            code: {
                name: text
                for name, text in zip(self.fields, texts, strict=False)
                if text is not None and (text or code != SOURCE or name != self.fields[0])
            }
            for code, texts in written.items()
        }

    def translate(self, active: str | None, doing: Mapping[str, Any]) -> None:
        draft, code = self.draft(), doing["code"]
        words = {self.fields[0]: doing["text"]}
        setattr(draft, column(self.fields[0], code), doing["text"])
        note(draft, code, state=State.MACHINE, by="machine")
        with translation.override(active):
            draft.save_revision()
        self.must.translate(code, words)
        self._saved()

    def publish(self, active: str | None, doing: Mapping[str, Any]) -> None:
        draft = self.draft()
        if doing["later"]:
            draft.go_live_at = timezone.now() + timedelta(hours=1)
        with translation.override(active):
            draft.save_revision().publish()
            if doing["later"]:
                let_an_hour_pass()
                call_command("publish_scheduled")
        self.must.versions.append(self.must.draft)
        self._saved()
        self.must.publish()

    def publish_many(self, active: str | None, doing: Mapping[str, Any]) -> None:
        """Wagtail's list, where staff tick several entries."""
        self._speak(active)
        name = self.row._meta.model_name
        address = reverse("wagtail_bulk_action", args=["directory", name, "publish"])
        response = self.admin.post(f"{address}?id={self.row.pk}&next=/admin/")
        assert response.status_code == 302
        self.must.publish()

    def unpublish(self, active: str | None, doing: Mapping[str, Any]) -> None:
        row = stored(self.row)
        if row.live:
            with translation.override(active):
                row.unpublish()
            self.must.unpublish()

    def revert(self, active: str | None, doing: Mapping[str, Any]) -> None:
        if not self.revisions:
            return
        self._speak(active)
        number = doing["number"] % len(self.revisions)
        name = f"wagtailsnippets_directory_{self.row._meta.model_name}:revisions_revert"
        address = reverse(name, args=[self.row.pk, self.revisions[number]])
        saved(post(self.admin, address, "publish" if doing["publish"] else ""))
        self.must.revert(number)
        self._saved()
        if doing["publish"]:
            self.must.publish()

    def agrees(self) -> None:
        self._is(self.draft(), self.must.draft)
        row = stored(self.row)
        assert row.live == (self.must.public is not None)
        assert str(row)
        if self.must.public is not None:
            self._is(row, self.must.public)
            self._reads(row, self.must.public)

    def _is(self, found: Any, must: Side) -> None:
        for code in LANGUAGES:
            assert {name: getattr(found, column(name, code)) or "" for name in self.fields} == must.texts[code]
            assert state(found, code) is must.state(code), code
            assert is_public(found, code) == must.notes[code].public
            if must.notes[code] == Note():
                assert noted(found, code).get("state") is None

    def _reads(self, found: Any, must: Side) -> None:
        for name in self.fields:
            shown = translations(found, name)
            assert shown == must.readable(name)
            assert shown.machine == must.by_machine(name)


languages = st.sampled_from((None, SOURCE, *OTHERS))
texts = st.none() | st.sampled_from(["", "Rat", "Tat"])  # few, so that a text comes back
doings: st.SearchStrategy[tuple[str, str | None, dict[str, Any]]] = st.one_of(
    st.tuples(
        st.just("save"),
        languages,
        st.fixed_dictionaries(
            {
                "written": st.dictionaries(st.sampled_from((SOURCE, *OTHERS)), st.tuples(texts, texts)),
                "ticked": st.sets(st.sampled_from(OTHERS), max_size=1),
                "hidden": st.sets(st.sampled_from(OTHERS)),
                "publish": st.booleans(),
            }
        ),
    ),
    st.tuples(
        st.just("translate"),
        languages,
        st.fixed_dictionaries({"code": st.sampled_from(OTHERS), "text": st.sampled_from(["Rat", "Robot"])}),
    ),
    st.tuples(st.just("publish"), languages, st.fixed_dictionaries({"later": st.booleans()})),
    st.tuples(st.sampled_from(["publish_many", "unpublish"]), languages, st.just({})),
    st.tuples(
        st.just("revert"),
        languages,
        st.fixed_dictionaries({"number": st.integers(0, 9), "publish": st.booleans()}),
    ),
)


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(doings, min_size=1, max_size=8))
def test_drafts_in_three_languages_never_bleed(
    model: type[Any], admin: Client, chris: User, steps: list[tuple[str, str | None, dict[str, Any]]]
) -> None:
    desk = Desk(model, admin, chris)
    desk.agrees()
    for name, active, doing in steps:
        do: Callable[..., None] = getattr(desk, name)
        do(active, doing)
        translation.deactivate()
        desk.agrees()
