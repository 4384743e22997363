"""What staff type is made clean, or refused in words; never a page of error 500."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.test.utils import override_settings
from django.utils import translation
from pytest_django import Settings

from directory.languages import SHIPPED
from directory.models import Area, ContactPoint, Exclusion, Listing, Organisation, Term
from tests.integration.directory.making import area, find, listing, organisation, stored, term
from tests.integration.editing.posting import form_on, post, problems, row, saved, shown, url

pytestmark = pytest.mark.django_db


def edit(client: Client, entry: Listing, **changed: Any) -> Any:
    return post(client, url("listing", "edit", entry.pk), "publish", **changed)


def contact(kind: str, value: str) -> dict[str, Any]:
    return row("contacts", kind=kind, value=value, audience="public", on_bill="unknown")


NEEDED = {
    "kind": "counselling",
    "audience": "affected",
    "source_language": "de",
    "title_de": "Beratung für alle",
}


class TestRequired:
    @pytest.mark.parametrize("action", ["", "publish"])
    @pytest.mark.parametrize("missing", ["organisation", "kind", "audience", "source_language"])
    def test_not_even_a_draft_without_them(self, admin: Client, missing: str, action: str) -> None:
        filled = {**NEEDED, "organisation": organisation().pk}
        response = post(admin, url("listing", "add"), action, **{**filled, missing: ""})
        assert missing in problems(response)
        assert not Listing.objects.exists()

    @pytest.mark.parametrize("action", ["", "publish"])
    def test_the_title_in_the_source_language(self, admin: Client, action: str) -> None:
        entry = listing(live=False)
        response = post(admin, url("listing", "edit", entry.pk), action, title_de="  ", title_en="Advice")
        assert "Deutsch" in problems(response)
        assert stored(entry).title_de == "Beratung"

    def test_b3_a_listing_only_in_arabic_is_published_in_an_english_admin(self, admin: Client) -> None:
        organisation()
        filled = {**NEEDED, "title_de": "", "title_ar": "استشارة", "source_language": "ar", "slug": "istishara"}
        with translation.override("en"):
            saved(post(admin, url("listing", "add"), "publish", organisation=find_house(), **filled))
        made = find(Listing, "istishara")
        assert made.live
        assert (made.title_de or "", made.title_ar) == ("", "استشارة")

    @pytest.mark.parametrize("broken", [{"kind": ""}, {"value": ""}])
    def test_a_contact_has_a_kind_and_a_value_even_in_a_draft(self, admin: Client, broken: dict[str, str]) -> None:
        entry = listing(live=False)
        added = {"kind": "phone", "value": "110", "audience": "public", "on_bill": "unknown"} | broken
        response = post(admin, url("listing", "edit", entry.pk), **row("contacts", **added))
        assert next(iter(broken)) in problems(response)

    def test_an_organisation_has_a_name_in_some_language(self, admin: Client) -> None:
        response = post(admin, url("organisation", "add"), slug="house")
        assert "name" in problems(response)
        saved(post(admin, url("organisation", "add"), slug="house", name_ar="بيت"))

    @pytest.mark.parametrize(("model", "rest"), [("area", {"level": "city"}), ("term", {"vocabulary": "grounds"})])
    def test_areas_and_terms_have_a_name_in_some_language(
        self, admin: Client, model: str, rest: dict[str, str]
    ) -> None:
        term("grounds", "gender")
        response = post(admin, url(model, "add"), slug="new", **rest)
        assert "at least one language" in problems(response)


class TestSlugs:
    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("Beratung für Mädchen", "beratung-fuer-maedchen"),
            ("Größe & Maß!", "groesse-mass"),
            ("x" * 300, "x" * 116),
        ],
    )
    def test_an_empty_one_is_made_out_of_the_title(self, admin: Client, title: str, slug: str) -> None:
        filled = {**NEEDED, "organisation": organisation().pk, "title_de": title[:250]}
        saved(post(admin, url("listing", "add"), **filled))
        assert Listing.objects.get().slug == slug

    def test_one_that_is_taken_gets_a_number(self, admin: Client) -> None:
        filled = {**NEEDED, "organisation": organisation().pk}
        for _time in range(3):
            saved(post(admin, url("listing", "add"), **filled))
        slugs = ["beratung-fuer-alle", "beratung-fuer-alle-2", "beratung-fuer-alle-3"]
        assert [entry.slug for entry in Listing.objects.all()] == slugs

    def test_without_any_latin_letter_somebody_has_to_write_one(self, admin: Client) -> None:
        filled = {**NEEDED, "organisation": organisation().pk, "source_language": "ar"}
        response = post(admin, url("listing", "add"), **filled | {"title_de": "", "title_ar": "استشارة"})
        assert "Latin letters" in problems(response)

    def test_a_chosen_one_that_is_taken_is_refused(self, admin: Client) -> None:
        house = listing().organisation
        response = post(admin, url("listing", "add"), **NEEDED, organisation=house.pk, slug="advice")
        assert "slug" in problems(response)

    @pytest.mark.parametrize("model", ["listing", "organisation", "area", "term"])
    def test_it_never_changes(self, admin: Client, model: str) -> None:
        entries = {
            "listing": listing(),
            "organisation": find(Organisation, "house"),
            "area": area("jena"),
            "term": term("grounds", "racism"),
        }
        entry = entries[model]
        before = entry.slug
        saved(post(admin, url(model, "edit", entry.pk), "publish", slug="changed", vocabulary="topics"))
        assert stored(entry).slug == before
        assert getattr(stored(entry), "vocabulary", "grounds") == "grounds"


class TestContacts:
    @pytest.mark.parametrize(
        ("kind", "typed", "kept"),
        [
            ("phone", "110", "110"),
            ("phone", "115", "115"),
            ("phone", "116 016", "116 016"),
            ("phone", "116016", "116016"),
            ("phone", "0211  899 1234", "0211 8991234"),
            ("phone", "0211/899-1234", "0211 8991234"),
            ("phone", "+49 (211) 8991234", "0211 8991234"),
            ("phone", "+43 1 5880420", "+43 1 5880420"),
            ("phone", "0800 1110111", "0800 1110111"),
            ("email", "hilfe@example.org", "hilfe@example.org"),
            ("email", "mailto:hilfe@example.org", "hilfe@example.org"),
            ("website", "https://example.org/rat", "https://example.org/rat"),
            ("website", "example.org", "https://example.org"),
            ("website", "HTTPS://Example.ORG:443/Rat?utm_source=x&id=7#da", "https://example.org/Rat?id=7#da"),
            ("website", "xn--gedenkstttedsseldorf-izb64c.de", "https://gedenkstättedüsseldorf.de"),
            ("website", "https://gedenkstättedüsseldorf.de", "https://gedenkstättedüsseldorf.de"),
            ("chat", "http://example.org/chat", "http://example.org/chat"),
        ],
    )
    def test_taken(self, admin: Client, kind: str, typed: str, kept: str) -> None:
        entry = listing()
        saved(edit(admin, entry, **contact(kind, typed)))
        assert stored(entry).contacts.get().value == kept

    @pytest.mark.parametrize(
        ("kind", "typed"),
        [
            ("phone", "call me"),
            ("phone", "12"),
            ("phone", "0211 1"),
            ("phone", "hilfe@example.org"),
            ("email", "0211 8991234"),
            ("email", "hilfe@"),
            ("website", "no website"),
            ("website", "javascript:alert(1)"),
            ("website", "ftp://example.org"),
            ("website", "https://user:secret@example.org"),
            ("chat", "javascript://example.org/%0aalert(1)"),
            ("chat", "data:text/html,x"),
        ],
    )
    def test_refused(self, admin: Client, kind: str, typed: str) -> None:
        entry = listing()
        assert "value" in problems(edit(admin, entry, **contact(kind, typed)))
        assert not stored(entry).contacts.exists()

    @pytest.mark.parametrize(("typed", "told"), [("0211/8991234", True), ("0211 8991234", False), ("110", False)])
    def test_the_editor_is_told_what_is_kept_instead(self, admin: Client, typed: str, told: bool) -> None:
        response = saved(edit(admin, listing(), **contact("phone", typed)))
        words = [str(message) for message in get_messages(response.wsgi_request)]
        assert any("0211/8991234" in each and "0211 8991234" in each for each in words) is told

    def test_not_while_the_page_saves_by_itself(self, admin: Client) -> None:
        address = url("listing", "edit", listing().pk)
        data = shown(form_on(address)) | contact("phone", "0211/8991234")
        answer = admin.post(address, data, headers={"accept": "application/json"})
        assert answer.json()["success"]
        assert not list(get_messages(answer.wsgi_request))

    def test_an_organisations_website(self, admin: Client) -> None:
        house = organisation()
        address = url("organisation", "edit", house.pk)
        saved(post(admin, address, "publish", website="example.org"))
        assert stored(house).website == "https://example.org"
        assert "website" in problems(post(admin, address, website="javascript:alert(1)"))
        saved(post(admin, address, "publish", website=""))
        assert stored(house).website == ""


class TestOpeningHours:
    @pytest.mark.parametrize("hours", ["", "24/7", "Mo-Fr 09:00-12:00; We 14:00-18:00", "Mo-Su  00:00-24:00"])
    def test_taken(self, admin: Client, hours: str) -> None:
        entry = listing()
        saved(edit(admin, entry, opening_hours=hours))
        assert stored(entry).opening_hours == " ".join(hours.split())

    @pytest.mark.parametrize("hours", ["montags", "Mo-Fr 9-25", "nach Vereinbarung"])
    def test_refused_with_an_example(self, admin: Client, hours: str) -> None:
        entry = listing()
        assert "Mo-Fr 09:00-12:00" in problems(edit(admin, entry, opening_hours=hours))
        phone = contact("phone", "110") | {"contacts-0-opening_hours": hours}
        assert "Mo-Fr 09:00-12:00" in problems(edit(admin, entry, **phone))


class TestRows:
    @pytest.mark.parametrize("code", ["tr", "dgs", "prs", "zh-Hant", "de-simple"])
    def test_a_spoken_language(self, admin: Client, code: str) -> None:
        entry = listing()
        saved(edit(admin, entry, **row("languages", language=code)))
        assert stored(entry).languages.get().language == code

    @pytest.mark.parametrize("code", ["Turkish", "t", "tr,ar", "türkisch"])
    def test_a_spoken_language_that_is_no_code(self, admin: Client, code: str) -> None:
        assert "language" in problems(edit(admin, listing(), **row("languages", language=code)))

    def test_a_spoken_language_twice(self, admin: Client) -> None:
        entry = listing()
        twice = row("languages", 0, language="tr") | row("languages", 1, language="tr")
        assert "language" in problems(edit(admin, entry, **twice))

    def test_a_date_that_ends_before_it_starts(self, admin: Client) -> None:
        dates = row("dates", starts_at="2026-11-21 10:00", ends_at="2026-11-20 10:00")
        assert problems(edit(admin, listing(), **dates))

    def test_a_referral_rule_with_codes(self, admin: Client) -> None:
        term("what", "insult")
        area("jena")
        entry = listing()
        rule = row(
            "competence_rows", what=["insult"], areas=["jena"], area_basis=["incident"], danger_now="unknown"
        )
        saved(edit(admin, entry, **rule))
        kept = stored(entry).competence_rows.get()
        assert (kept.what, kept.areas, kept.area_basis) == (["insult"], ["jena"], ["incident"])
        assert kept.danger_now is None

    def test_a_rule_with_a_code_or_a_basis_that_does_not_exist(self, admin: Client) -> None:
        entry = listing()
        assert "nonsense" in problems(edit(admin, entry, **row("competence_rows", what=["nonsense"])))
        assert "area_basis" in problems(edit(admin, entry, **row("competence_rows", area_basis=["moon"])))

    def test_an_exclusion_sends_people_elsewhere(self, admin: Client) -> None:
        entry = listing()
        listing("other", organisation=entry.organisation)
        rule = row("exclusions", strength="hard", then_go_to=["other"], reason_de="Nur für Erwachsene")
        saved(edit(admin, entry, **rule))
        assert stored(entry).exclusions.get().then_go_to == ["other"]


class TestCodes:
    def test_an_unknown_code_is_shown_and_named_and_never_dropped(self, admin: Client) -> None:
        term("grounds", "racism")
        entry = listing(grounds=["racism", "nonsense"])
        form = form_on(url("listing", "edit", entry.pk))
        assert 'value="nonsense" selected' in str(form["grounds"])
        assert "nonsense" in problems(edit(admin, entry))
        assert stored(entry).grounds == ["racism", "nonsense"]
        saved(edit(admin, entry, grounds=["racism"]))
        assert stored(entry).grounds == ["racism"]

    def test_all_of_them_can_be_taken_out(self, admin: Client) -> None:
        term("grounds", "racism")
        entry = listing(grounds=["racism"])
        saved(edit(admin, entry, grounds=None))
        assert stored(entry).grounds == []

    def test_labels_are_in_the_editors_language(self, admin: Client) -> None:
        term("grounds", "racism", label_de="Rassismus", label_en="Racism")
        form = form_on(url("listing", "add"))
        with translation.override("en"):
            assert "Racism" in str(form["grounds"])

    @pytest.mark.parametrize(("typed", "kept"), [("", {}), ('{"cost": ["a"]}', {"cost": ["a"]})])
    def test_sources_of_single_fields(self, admin: Client, typed: str, kept: dict[str, Any]) -> None:
        entry = listing(field_sources={"modes": ["b"]})
        saved(edit(admin, entry, field_sources=typed))
        assert stored(entry).field_sources == kept

    @pytest.mark.parametrize("typed", ["[1]", '"x"', "{broken"])
    def test_sources_of_single_fields_that_are_no_such_thing(self, admin: Client, typed: str) -> None:
        assert "field_sources" in problems(edit(admin, listing(), field_sources=typed))

    def test_words_stand_one_per_line(self, admin: Client) -> None:
        entry = listing(aliases=["Eins", "Zwei"])
        form = form_on(url("listing", "edit", entry.pk))
        assert form["aliases"].value() == "Eins\nZwei"
        saved(edit(admin, entry, aliases=" Eins \r\n\r\nDrei"))
        assert stored(entry).aliases == ["Eins", "Drei"]


class TestLanguages:
    @pytest.fixture(autouse=True)
    def three_languages(self, settings: Settings) -> None:
        settings.LANGUAGES = [(code, SHIPPED[code].name) for code in ("de", "en", "ar")]

    """R12: a language that the site does not offer is not in the form, and so nothing clears it."""

    def full(self) -> Listing:
        entry = listing(title_tr="Danışma", description_tr="Uzun", helps_with_uk="Допомога", title_ar="استشارة")
        Exclusion(listing=entry, strength="hard", reason_tr="Neden", reason_de="Grund").save()
        return entry

    def test_only_the_enabled_ones_are_offered(self, admin: Client) -> None:
        form = form_on(url("listing", "edit", self.full().pk))
        titles = {name for name in form.fields if name.startswith("title")}
        assert titles == {"title_de", "title_en", "title_ar"}
        reasons = {name for name in form.formsets["exclusions"].forms[0].fields if name.startswith("reason")}
        assert reasons == {"reason_de", "reason_en", "reason_ar"}

    @pytest.mark.parametrize("action", ["", "publish"])
    def test_hidden_ones_stay_as_they_are(self, admin: Client, action: str) -> None:
        entry = self.full()
        saved(post(admin, url("listing", "edit", entry.pk), action, title_de="Neu"))
        draft = stored(entry).get_latest_revision().as_object()
        assert (draft.title_de, draft.title_tr, draft.description_tr) == ("Neu", "Danışma", "Uzun")
        assert (draft.helps_with_uk, draft.title_ar) == ("Допомога", "استشارة")
        assert draft.exclusions.get().reason_tr == "Neden"
        assert stored(entry).title_tr == "Danışma"

    def test_with_another_set_of_languages_others_are_offered_and_kept(self, admin: Client) -> None:
        entry = self.full()
        with override_settings(LANGUAGES=[("de", "Deutsch"), ("tr", "Türkçe")]):
            address = url("listing", "edit", entry.pk)
            titles = {name for name in form_on(address).fields if name.startswith("title")}
            assert titles == {"title_de", "title_tr"}
            saved(post(admin, address, "publish", title_tr="Yeni"))
        assert (stored(entry).title_tr, stored(entry).title_ar) == ("Yeni", "استشارة")

    def test_the_source_language_is_offered_even_if_the_site_is_not_in_it(self, admin: Client) -> None:
        entry = listing(source_language="tr", title_de="", title_tr="Danışma")
        form = form_on(url("listing", "edit", entry.pk))
        assert "title_tr" in form.fields
        assert "tr" in dict(form.fields["source_language"].choices)
        assert "uk" not in dict(form.fields["source_language"].choices)
        saved(edit(admin, entry, title_tr="Yeni"))
        assert stored(entry).title_tr == "Yeni"

    @pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("ar", "rtl")])
    def test_each_field_says_its_language_and_direction(self, admin: Client, code: str, direction: str) -> None:
        form = form_on(url("listing", "edit", listing().pk))
        for field in ("title", "helps_with", "description", "what_happens"):
            html = str(form[f"{field}_{code}"])
            assert f'lang="{code}"' in html
            assert f'dir="{direction}"' in html

    def test_a_language_without_fields_has_no_tab(self, admin: Client) -> None:
        page = admin.get(url("listing", "add")).content.decode()
        assert "العربية" in page
        assert "Ελληνικά" not in page

    @pytest.mark.parametrize("model", ["area", "term"])
    def test_names_of_areas_and_terms_in_hidden_languages_stay(self, admin: Client, model: str) -> None:
        entries = {"area": area("jena", name_tr="Yena"), "term": term("grounds", "x", label_tr="Yena")}
        field = "name" if model == "area" else "label"
        saved(post(admin, url(model, "edit", entries[model].pk), "publish", **{f"{field}_en": "Jena"}))
        kept = stored(entries[model])
        assert (getattr(kept, f"{field}_tr"), getattr(kept, f"{field}_en")) == ("Yena", "Jena")

    def test_clearing_a_language_in_an_english_admin_clears_only_that_one(self, admin: Client) -> None:
        entry = listing(title_en="Advice")
        with translation.override("en"):
            saved(edit(admin, entry, title_en=""))
        assert (stored(entry).title_en or "", stored(entry).title_de) == ("", "Beratung")

    @pytest.mark.parametrize("blank", ["", "   ", "\r\n \t", "\u00a0"])
    def test_b6_b7_blank_text_is_no_text(self, admin: Client, blank: str) -> None:
        entry = listing(description_de="Lang", description_en="Long")
        saved(edit(admin, entry, description_en=blank))
        assert not stored(entry).description_en
        assert stored(entry).text_of("description", "en") == "Lang"


class TestTerms:
    def test_synonyms_stand_one_per_line_with_their_language(self, admin: Client) -> None:
        found = term("grounds", "racism", synonyms={"de": ["rassistisch", "Hass: im Netz"], "": ["xeno"]})
        address = url("term", "edit", found.pk)
        assert form_on(address)["synonyms"].value() == "de: rassistisch\nde: Hass: im Netz\nxeno"
        saved(post(admin, address, "publish"))
        assert stored(found).synonyms == {"de": ["rassistisch", "Hass: im Netz"], "": ["xeno"]}
        saved(post(admin, address, "publish", synonyms="de: neu\n\nde: neu\nFrage: was?\nen:x"))
        assert stored(found).synonyms == {"de": ["neu"], "": ["Frage: was?"], "en": ["x"]}

    @pytest.mark.parametrize("extra", ["[1]", '"x"', "{broken", "7"])
    def test_further_facts_must_be_names_with_values(self, admin: Client, extra: str) -> None:
        found = term("grounds", "racism", extra={"agg": True})
        assert "extra" in problems(post(admin, url("term", "edit", found.pk), extra=extra))
        assert stored(found).extra == {"agg": True}

    @pytest.mark.parametrize("empty", ["", "null", "{}"])
    def test_further_facts_can_be_emptied(self, admin: Client, empty: str) -> None:
        found = term("grounds", "racism", extra={"agg": True})
        saved(post(admin, url("term", "edit", found.pk), "publish", extra=empty))
        assert stored(found).extra == {}

    def test_a_broader_term_that_does_not_exist(self, admin: Client) -> None:
        found = term("grounds", "racism")
        assert "nonsense" in problems(post(admin, url("term", "edit", found.pk), parent="nonsense"))

    def test_a_new_vocabulary_cannot_be_made_by_a_slip(self, admin: Client) -> None:
        term("grounds", "gender")
        form = form_on(url("term", "add"))
        assert "grounds" in str(form["vocabulary"])
        assert "<select" in str(form["vocabulary"])
        assert Term.objects.count() == 1


class TestAreas:
    def test_an_area_within_itself_is_refused(self, admin: Client) -> None:
        top = area("top")
        low = area("low", top)
        assert "within itself" in problems(post(admin, url("area", "edit", top.pk), parent=low.pk))

    def test_a_new_one_may_leave_the_slug_to_the_form(self, admin: Client) -> None:
        saved(post(admin, url("area", "add"), level="city", name_de="Köln"))
        assert find(Area, "koeln").level == "city"


class TestListingsAsTheyAre:
    def test_every_demo_listing_can_be_opened_and_saved_unchanged(self, admin: Client, demo: None) -> None:
        """The rules of the form fit the real data; a spread of them, because each takes its time."""
        for entry in Listing.objects.all()[::12]:
            before = stored(entry).serializable_data()
            address = url("listing", "edit", entry.pk)
            data = shown(form_on(address)) | {"action-publish": "1"}
            saved(admin.post(address, data))
            assert facts(stored(entry).serializable_data()) == facts(before)

    def test_every_contact_of_the_demo_is_valid(self, demo: None) -> None:
        from directory.editing.fields import CLEAN_CONTACT

        contacts = ContactPoint.objects.all()
        assert contacts.count() > 50
        for found in contacts:
            assert CLEAN_CONTACT[found.kind](found.value) == found.value


def facts(data: dict[str, Any]) -> dict[str, Any]:
    """Without what every save moves; NULL and an empty text are the same."""
    moved = {"latest_revision", "live_revision", "last_published_at", "has_unpublished_changes"}
    return {key: value or "" for key, value in data.items() if key not in moved}


def find_house() -> int:
    key: int = find(Organisation, "house").pk
    return key
