"""What a result says beside its bodies, in the admin of staff."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from referrals.models import Note
from tests.integration.directory.making import find, person, stored, term
from tests.integration.editing.posting import form_on, post, problems, saved, shown

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)
TEXTS = {"heading_de": "Fotos aufheben", "text_de": "Erst fotografieren.\nDann reinigen."}


@pytest.fixture(autouse=True)
def words() -> None:
    term("what", "graffiti", label_en="Graffiti")
    translation.activate("en")


def address(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_referrals_note:{view}", args=args)


def note(slug: str = "keep-photos", **fields: Any) -> Note:
    made = Note(slug=slug, **({"kind": "keep", "live": True} | TEXTS | fields))
    made.save()
    return made


def test_a_new_one_is_published_with_all_its_fields(admin: Client) -> None:
    fields = {
        "heading_ar": "صور",
        "text_ar": "نص",
        "applies_what": ["graffiti"],
        "sources": "https://example.org",
        "valid_from": "2026-01-01",
        "check_by": "2027-01-01",
    }
    saved(post(admin, address("add"), "publish", kind="keep", **TEXTS, **fields))
    made = find(Note, "fotos-aufheben")
    assert made.live
    assert (made.kind, made.applies, made.sources) == ("keep", {"what": ["graffiti"]}, ["https://example.org"])
    assert (made.heading_ar, made.text_de) == ("صور", "Erst fotografieren.\nDann reinigen.")
    assert (made.valid_from, made.check_by) == (date(2026, 1, 1), date(2027, 1, 1))


def test_opening_and_saving_changes_nothing(admin: Client) -> None:
    made = note(applies={"what": ["graffiti"], "danger_now": False}, sources=["Quelle"], order=3)
    saved(post(admin, address("edit", made.pk), "publish"))
    found = stored(made)
    assert (found.applies, found.sources, found.order) == (made.applies, ["Quelle"], 3)
    assert (found.heading_de, found.text_de) == tuple(TEXTS.values())


def test_name_and_kind_never_change(admin: Client) -> None:
    made = note()
    saved(post(admin, address("edit", made.pk), "publish", slug="other", kind="tier", heading_de="Neu"))
    found = stored(made)
    assert (found.slug, found.kind, found.heading_de) == ("keep-photos", "keep", "Neu")


@pytest.mark.parametrize("action", ["", "publish"])
@pytest.mark.parametrize("missing", ["heading_de", "text_de"])
def test_a_text_in_the_main_language_is_needed_even_in_a_draft(admin: Client, missing: str, action: str) -> None:
    made = note(heading_en="Keep photos", text_en="First.")
    told = problems(post(admin, address("edit", made.pk), action, **{missing: " "}))
    assert "Deutsch" in told
    assert missing in told
    assert not stored(made).has_unpublished_changes


def test_a_notice_that_no_result_shows_is_refused(admin: Client) -> None:
    told = problems(post(admin, address("add"), "publish", kind="notice", **TEXTS))
    assert "emergency_first" in told
    assert "way-talk" in told
    assert "tier-local" not in told
    saved(post(admin, address("add"), "publish", kind="notice", slug="emergency_first", **TEXTS))
    assert find(Note, "emergency_first").live


def test_only_what_to_keep_has_conditions(admin: Client) -> None:
    made = note("tier-local", kind="tier")
    told = problems(post(admin, address("edit", made.pk), "publish", applies_what=["graffiti"]))
    assert "applies" in told
    assert stored(made).applies == {}


def test_a_draft_waits_beside_the_public_text(admin: Client) -> None:
    made = note()
    saved(post(admin, address("edit", made.pk), heading_de="Entwurf"))
    assert stored(made).heading_de == "Fotos aufheben"
    assert stored(made).get_latest_revision_as_object().heading_de == "Entwurf"


def test_a_translator_changes_texts_only() -> None:
    made = note(applies={"what": ["graffiti"]})
    client = Client()
    client.force_login(person("tess", "access_admin", "translate_note", "view_note"))
    form = client.get(address("edit", made.pk)).content.decode()
    assert 'name="heading_en"' in form
    assert 'name="applies_what"' not in form
    assert 'name="kind"' not in form
    client.post(address("edit", made.pk), {**TEXTS, "heading_en": "Keep", "applies_what": [], "kind": "tier"})
    newest = stored(made).get_latest_revision_as_object()
    assert (newest.heading_en, newest.applies, newest.kind) == ("Keep", {"what": ["graffiti"]}, "keep")


def test_the_list_filters_by_kind_and_by_what_is_overdue(admin: Client) -> None:
    note("late", check_by=YESTERDAY)
    note("today", check_by=timezone.localdate(), order=1)
    note("tier-land", kind="tier")

    def listed(**asked: str) -> list[str]:
        return [each.slug for each in admin.get(address("list"), asked).context["object_list"]]

    assert listed() == ["late", "today", "tier-land"]
    assert listed(checked="overdue") == ["late"]
    assert listed(kind="tier") == ["tier-land"]


def test_the_desk_counts_what_is_overdue_and_what_lacks_a_language(admin: Client) -> None:
    note(check_by=YESTERDAY, heading_en="Keep", text_en="First")
    note("other")
    html = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert f'{address("list")}?state=live&amp;checked=overdue"><strong>1</strong>' in html
    assert f'{address("list")}?state=live&amp;translation=en-missing"><strong>1</strong>' in html
    assert f'{address("list")}?state=live&amp;translation=ar-missing"><strong>2</strong>' in html


def test_the_preview_shows_each_line_in_the_chosen_language(admin: Client) -> None:
    made = note("emergency_first", kind="notice", text_ar="سطر\nآخر")
    preview = reverse("wagtailsnippets_referrals_note:preview_on_edit", args=[made.pk])
    fields = shown(form_on(address("edit", made.pk))) | {"heading_en": "Photos!", "text_en": "First.\nThen."}
    assert admin.post(preview, fields).json()["is_valid"]
    html = admin.get(preview, {"mode": "en"}).content.decode()
    assert "<strong>Photos!</strong>" in html
    assert "<p>First.</p>" in html
    assert "<p>Then.</p>" in html
    assert 'class="notice alarm"' in html


def test_deleting_says_what_is_lost_and_happens_after_the_second_click_only(admin: Client) -> None:
    kept, shown = note(), note("way-talk", kind="notice")
    assert "say this to anybody" in admin.get(address("delete", kept.pk)).content.decode()
    assert "an upgrade does not bring it back" in admin.get(address("delete", shown.pk)).content.decode()
    assert Note.objects.count() == 2
    admin.post(address("delete", kept.pk))
    assert [each.slug for each in Note.objects.all()] == ["way-talk"]
