"""The tabs of languages: what they say, what a save notes, and that nothing else is touched."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from directory import translation_state
from directory.languages import SHIPPED
from directory.models import Listing
from directory.translation_state import State, is_public, note, noted, show, state
from tests.integration.directory.making import area, listing, organisation, stored, term
from tests.integration.editing.posting import form_on, post, problems, saved, shown, url

pytestmark = pytest.mark.django_db
three_languages = override_settings(LANGUAGES=[(code, SHIPPED[code].name) for code in ("de", "en", "ar")])


@pytest.fixture(autouse=True)
def languages() -> Any:
    with three_languages:
        yield


def full(**fields: Any) -> Listing:
    texts = {"title_en": "Advice", "title_ar": "استشارة", "title_tr": "Danışma"}
    return listing(**(texts | fields))


def edit(admin: Client, entry: Any, action: str = "publish", **changed: Any) -> Any:
    address = url(entry._meta.model_name, "edit", entry.pk)
    saved(post(admin, address, action, **changed))
    return draft(entry)


def draft(entry: Any) -> Any:
    return stored(entry).get_latest_revision_as_object()


def page(admin: Client, entry: Any) -> str:
    return admin.get(url(entry._meta.model_name, "edit", entry.pk)).content.decode()


def tab(html: str, code: str) -> str:
    """What the tab's own button says, without markup."""
    found = re.search(rf'<a id="tab-label-language_{code}".*?(?=<div class="w-tabs__errors")', html, re.DOTALL)
    assert found, f"no tab of {code}"
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


def inside(html: str, code: str) -> str:
    start = html.index(f'id="tab-language_{code}"')
    return html[start : _next(html, start)]


def _next(html: str, start: int) -> int:
    following = html.find('role="tabpanel"', html.index('role="tabpanel"', start) + 1)
    return following if following > 0 else len(html)


class TestHeadings:
    @pytest.mark.parametrize(
        ("word", "sign", "fields", "made", "source"),
        [
            ("missing", "radio-empty", {"title_ar": ""}, None, ""),
            ("written", "edit", {}, None, ""),
            ("written", "edit", {}, State.HUMAN, ""),
            ("machine", "cogs", {}, State.MACHINE, ""),
            ("checked", "check", {}, State.CHECKED, ""),
            ("outdated", "history", {}, State.CHECKED, "Neu"),
            ("outdated", "history", {}, State.MACHINE, "Neu"),
            ("partial", "warning", {"description_de": "Lang"}, State.HUMAN, ""),
            ("partial", "warning", {"description_de": "Lang"}, State.CHECKED, ""),
            ("machine", "cogs", {"description_de": "Lang"}, State.MACHINE, ""),
            ("outdated", "history", {"description_de": "Lang"}, State.HUMAN, "Neu"),
        ],
    )
    def test_each_says_in_a_word_and_a_sign_how_far_it_is(
        self, admin: Client, word: str, sign: str, fields: dict[str, str], made: State | None, source: str
    ) -> None:
        entry = full(**fields)
        if made:
            note(entry, "ar", state=made, by="ayse")
        if source:
            entry.title_de = source
        entry.save()
        html = page(admin, entry)
        assert tab(html, "ar") == f"العربية {word}"
        assert f'href="#icon-{sign}"' in html[html.index('id="tab-label-language_ar"') :][:900]

    def test_the_source_is_named_as_such(self, admin: Client) -> None:
        assert tab(page(admin, full()), "de") == "Deutsch source"
        assert tab(page(admin, full(slug="b", source_language="en")), "en") == "English source"

    def test_they_tell_of_the_draft_and_not_of_what_is_public(self, admin: Client) -> None:
        entry = full()
        edit(admin, entry, "", title_ar="")
        assert tab(page(admin, entry), "ar") == "العربية missing"
        assert stored(entry).title_ar

    def test_the_name_of_the_language_is_in_that_language(self, admin: Client) -> None:
        assert '<bdi lang="ar">العربية</bdi>' in page(admin, full())

    @pytest.mark.parametrize("model", ["listing", "organisation", "term", "area"])
    def test_every_kind_of_entry_has_them_also_when_it_is_new(self, admin: Client, model: str) -> None:
        html = admin.get(url(model, "add")).content.decode()
        assert [tab(html, code).split()[-1] for code in ("de", "en", "ar")] == ["missing"] * 3
        assert "tab-language_tr" not in html

    def test_a_source_that_is_switched_off_has_a_tab_all_the_same(self, admin: Client) -> None:
        html = page(admin, full(source_language="tr"))
        assert tab(html, "tr") == "Türkçe source"


class TestInside:
    def test_the_source_stands_above_each_field_in_its_own_language(self, admin: Client) -> None:
        entry = full(description_de="Erste Zeile\nZweite <b>Zeile</b>")
        shown = inside(page(admin, entry), "ar")
        before, _, after = shown.partition('lang="de" dir="ltr" class="source-text__words">Beratung</p>')
        assert 'name="title_ar"' in after
        assert 'name="title_ar"' not in before
        assert "Erste Zeile\nZweite &lt;b&gt;Zeile&lt;/b&gt;" in after
        assert shown.count("source-text__words") == 2

    def test_a_source_from_right_to_left_says_so(self, admin: Client) -> None:
        shown = inside(page(admin, full(source_language="ar")), "de")
        assert 'lang="ar" dir="rtl" class="source-text__words">استشارة<' in shown

    def test_the_source_itself_is_alone_and_has_nothing_to_decide(self, admin: Client) -> None:
        shown = inside(page(admin, full()), "de")
        assert "source-text" not in shown
        assert "_languages" not in shown

    def test_who_and_when(self, admin: Client) -> None:
        entry = full()
        note(entry, "ar", state=State.HUMAN, by="ayse <x>")
        entry.save()
        shown = inside(page(admin, entry), "ar")
        assert "Last noted by ayse &lt;x&gt;: " in shown
        assert "A person wrote this." in shown

    def test_who_wrote_an_imported_text_is_not_guessed(self, admin: Client) -> None:
        shown = inside(page(admin, full()), "en")
        assert "Last noted" not in shown
        assert "A person" not in shown
        assert "Nobody has noted who wrote this." in shown

    @pytest.mark.parametrize("public", [True, False])
    def test_the_boxes_show_how_it_is_and_ask_anew_for_a_comparison(self, admin: Client, public: bool) -> None:
        entry = full()
        note(entry, "ar", state=State.CHECKED, by="ayse")
        show(entry, "ar", public=public)
        entry.save()
        boxes = re.findall(r"<input [^>]*_languages[^>]*>", inside(page(admin, entry), "ar"))
        assert [('name="public' in box, "checked>" in box) for box in boxes] == [(False, False), (True, public)]
        for box in boxes:
            key = re.search(r'id="([^"]+)"', box)
            assert key
            assert f'for="{key[1]}"' in page(admin, entry)

    def test_each_box_is_there_once(self, admin: Client) -> None:
        html = page(admin, full())
        assert html.count('name="public_languages"') == html.count('name="checked_languages"') == 2

    def test_an_outdated_machine_says_both(self, admin: Client) -> None:
        entry = full()
        note(entry, "ar", state=State.MACHINE, by="machine")
        entry.title_de = "Neu"
        entry.save()
        shown = inside(page(admin, entry), "ar")
        assert "icon-history" in shown
        assert "icon-cogs" in shown


class TestSaving:
    @pytest.mark.parametrize("action", ["", "publish"])
    def test_what_was_written_is_noted_in_the_draft_and_goes_live_with_it(
        self, admin: Client, chris: User, action: str
    ) -> None:
        entry = full()
        found = edit(admin, entry, action, title_ar="جديد")
        assert (state(found, "ar"), noted(found, "ar")["by"]) == (State.HUMAN, str(chris))
        assert noted(found, "ar")["source"] == translation_state.source_hash(found)
        assert "en" not in found.translation_state
        assert bool(stored(entry).translation_state) == (action == "publish")

    def test_a_new_entry_notes_what_it_was_made_with(self, admin: Client) -> None:
        texts = {"title_de": "Rat", "title_en": "Advice", "kind": "offer", "audience": "both"}
        saved(post(admin, url("listing", "add"), organisation=organisation().pk, **texts))
        made = Listing.objects.get()
        assert {code: noted(draft(made), code)["state"] for code in draft(made).translation_state} == {
            "de": "human",
            "en": "human",
        }

    def test_ticking_is_enough_to_check(self, admin: Client) -> None:
        found = edit(admin, full(), checked_languages=["ar"])
        assert [state(found, code) for code in ("en", "ar")] == [State.HUMAN, State.CHECKED]

    def test_a_new_source_makes_the_others_outdated_until_they_are_written_or_compared(
        self, admin: Client
    ) -> None:
        entry = full()
        found = edit(admin, entry, description_de="Neu")
        assert [state(found, code) for code in ("de", "en", "ar", "tr")] == [State.HUMAN] + [State.OUTDATED] * 3
        found = edit(admin, entry, title_en="Help", checked_languages=["ar"])
        assert [state(found, code) for code in ("en", "ar", "tr")] == [
            State.HUMAN,
            State.CHECKED,
            State.OUTDATED,
        ]

    def test_clearing_a_text_drops_the_note(self, admin: Client) -> None:
        entry = full()
        edit(admin, entry, checked_languages=["ar"])
        found = edit(admin, entry, title_ar="")
        assert "ar" not in found.translation_state

    def test_a_language_that_is_not_offered_is_neither_changed_nor_noted_nor_hidden(self, admin: Client) -> None:
        entry = full()
        show(entry, "tr", public=True)
        entry.save()
        found = edit(admin, entry, title_de="Neu", title_tr="posted", public_languages=[])
        assert found.title_tr == "Danışma"
        assert is_public(found, "tr")
        assert [is_public(found, code) for code in ("de", "en", "ar")] == [True, False, False]

    def test_a_code_that_is_not_offered_is_refused(self, admin: Client) -> None:
        address = url("listing", "edit", full().pk)
        assert "checked_languages" in problems(post(admin, address, checked_languages=["tr"]))

    def test_hiding_and_showing(self, admin: Client) -> None:
        entry = full()
        assert not is_public(edit(admin, entry, public_languages=["en"]), "ar")
        assert not is_public(edit(admin, entry, title_ar="جديد"), "ar")
        assert is_public(edit(admin, entry, public_languages=["en", "ar"]), "ar")

    def test_saving_unchanged_leaves_every_note_as_it_is(self, admin: Client) -> None:
        entry = full()
        note(entry, "ar", state=State.MACHINE, by="machine")
        show(entry, "en", public=False)
        entry.save()
        before = entry.translation_state
        assert edit(admin, entry).translation_state == before
        assert stored(entry).translation_state == before

    def test_the_form_counts_as_unchanged_then(self, admin: Client) -> None:
        entry = full()
        show(entry, "en", public=False)
        entry.save()
        form = form_on(url("listing", "edit", entry.pk))
        bound = type(form)({"public_languages": ["ar"]}, instance=entry)
        assert not {"public_languages", "checked_languages"} & set(bound.changed_data)

    @pytest.mark.parametrize("model", ["organisation", "term", "area"])
    def test_the_other_kinds_of_entries_too(self, admin: Client, model: str) -> None:
        field = "label" if model == "term" else "name"
        makers: dict[str, Any] = {"organisation": organisation, "area": area}
        entry = makers[model]("one") if model in makers else term("grounds", "one")
        written: dict[str, Any] = {f"{field}_en": "One", "public_languages": ["ar"]}
        found = edit(admin, entry, **written)
        assert (state(found, "en"), is_public(found, "en")) == (State.HUMAN, False)
        assert state(edit(admin, entry, **{f"{field}_de": "Eins"}), "en") is State.OUTDATED

    def test_a_name_that_no_reader_would_get_is_refused(self, admin: Client) -> None:
        house = organisation(name_de="", name_en="House", name_ar="بيت")
        address = url("organisation", "edit", house.pk)
        assert "Readers need a name" in problems(post(admin, address, public_languages=[]))
        saved(post(admin, address, public_languages=["ar"]))
        saved(post(admin, address, public_languages=[], name_de="Haus"))


class TestRevert:
    def test_an_earlier_version_brings_its_notes_back(self, admin: Client) -> None:
        entry = full()
        edit(admin, entry, checked_languages=["ar"])
        earlier = stored(entry).get_latest_revision()
        edit(admin, entry, title_de="Neu", title_ar="جديد", public_languages=["en"])
        address = reverse("wagtailsnippets_directory_listing:revisions_revert", args=[entry.pk, earlier.pk])
        saved(post(admin, address, "publish"))
        found = stored(entry)
        assert (found.title_de, found.title_ar) == ("Beratung", "استشارة")
        assert found.translation_state == earlier.as_object().translation_state
        assert (state(found, "ar"), is_public(found, "ar")) == (State.CHECKED, True)

    def test_what_is_corrected_on_the_way_is_noted_anew(self, admin: Client) -> None:
        entry = full()
        edit(admin, entry, checked_languages=["ar", "en"])
        earlier = stored(entry).get_latest_revision()
        edit(admin, entry, title_ar="جديد")
        address = reverse("wagtailsnippets_directory_listing:revisions_revert", args=[entry.pk, earlier.pk])
        saved(post(admin, address, "publish", title_ar="أخرى"))
        assert [state(stored(entry), code) for code in ("en", "ar")] == [State.CHECKED, State.HUMAN]


class TestAutosave:
    """Wagtail posts the whole form in the background and overwrites the revision that it made before."""

    def autosave(self, admin: Client, entry: Any, **changed: Any) -> Any:
        address = url("listing", "edit", entry.pk)
        form = form_on(address)

        data = {name: value for name, value in (shown(form) | changed).items() if value is not None}
        response = admin.post(address, data, headers={"accept": "application/json"})
        assert response.headers["Content-Type"] == "application/json", response.content
        return response

    def test_it_notes_and_keeps_the_rest(self, admin: Client) -> None:
        entry = full()
        show(entry, "en", public=False)
        note(entry, "tr", state=State.MACHINE, by="machine")
        entry.save()
        answer = self.autosave(admin, entry, title_ar="ج").json()
        assert answer["success"]
        first = stored(entry).get_latest_revision()
        self.autosave(admin, entry, title_ar="جديد", overwrite_revision_id=first.pk, loaded_revision_id=first.pk)
        found = draft(entry)
        assert stored(entry).get_latest_revision().pk == first.pk
        assert (found.title_de, found.title_en, found.title_ar) == ("Beratung", "Advice", "جديد")
        assert [state(found, code) for code in ("de", "en", "ar", "tr")] == [
            State.HUMAN,
            State.HUMAN,
            State.HUMAN,
            State.MACHINE,
        ]
        assert [is_public(found, code) for code in ("en", "ar", "tr")] == [False, True, True]
        assert stored(entry).title_ar == "استشارة"

    def test_typing_and_taking_back_leaves_nothing_outdated(self, admin: Client) -> None:
        entry = full()
        self.autosave(admin, entry, title_de="Beratun")
        assert state(draft(entry), "ar") is State.OUTDATED
        self.autosave(admin, entry, title_de="Beratung")
        assert state(draft(entry), "ar") is State.HUMAN

    def test_a_box_that_is_still_ticked_keeps_what_is_typed_after_it_checked(self, admin: Client) -> None:
        entry = full()
        self.autosave(admin, entry, checked_languages=["ar"])
        self.autosave(admin, entry, checked_languages=["ar"], title_ar="جديد")
        assert state(draft(entry), "ar") is State.CHECKED


@pytest.mark.parametrize("active", ["de", "en", "ar"])
def test_the_language_of_the_admin_does_not_matter(admin: Client, active: str) -> None:
    entry = full(description_en="Long")
    with translation.override(active):
        found = edit(admin, entry, title_ar="جديد", description_en="")
    assert [found.__dict__[f"title_{code}"] for code in ("de", "en", "ar", "tr")] == [
        "Beratung",
        "Advice",
        "جديد",
        "Danışma",
    ]
    assert set(found.translation_state) == {"en", "ar"}


def test_a_preview_does_not_write_notes(admin: Client) -> None:
    entry = full()

    data = shown(form_on(url("listing", "edit", entry.pk))) | {"title_ar": "جديد"}
    assert admin.post(url("listing", "preview_on_edit", entry.pk), data).json()["is_valid"]
    assert stored(entry).translation_state == {}


def test_staff_preview_a_language_that_readers_do_not_get_yet(admin: Client) -> None:
    entry = full()
    show(entry, "ar", public=False)
    draft_of_it = entry.save_revision()
    address = url("listing", "revisions_view", entry.pk, draft_of_it.pk)
    assert "استشارة" in admin.get(address, {"mode": "ar"}).content.decode()
    assert not is_public(draft(entry), "ar")


def test_de_simple_has_its_own_field_and_note(admin: Client) -> None:
    entry = full()
    with override_settings(LANGUAGES=[("de", "Deutsch"), ("de-simple", "Leichte Sprache")]):
        html = page(admin, entry)
        assert tab(html, "de_simple") == "Deutsch (Leichte Sprache) missing"
        assert re.search(r'<input[^>]*name="title_de_simple"[^>]*lang="de-simple" dir="ltr"', html)
        found = edit(admin, entry, title_de_simple="Hilfe", checked_languages=["de-simple"])
    assert (found.title_de_simple, state(found, "de-simple")) == ("Hilfe", State.CHECKED)
