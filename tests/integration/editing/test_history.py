"""Who changed what: for each field and language, in words, and nothing that did not change."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import models
from django.test import Client
from django.utils import translation
from wagtail.models import ModelLogEntry, Revision

from directory.editing.wording import differences
from directory.languages import SHIPPED
from directory.models import Area, Listing, Organisation, OrganisationContact, Term, translated_fields
from directory.models.codes import CodeField, CodesField, WordsField
from directory.models.drafting import child_relations
from tests.integration.directory.making import area, find, listing, new_changes, organisation, stored, term
from tests.integration.editing.posting import post, row, saved, url

pytestmark = pytest.mark.django_db


def drafted(entry: Any, **values: Any) -> Revision:
    """Another version, with these values."""
    draft = stored(entry).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    revision: Revision = draft.save_revision(clean=False)
    return revision


def page_of(client: Client, entry: Any, before: Any = "live", after: Any = "latest") -> str:
    model = entry._meta.model_name
    response = client.get(url(model, "revisions_compare", entry.pk, before, after))
    assert response.status_code == 200
    return response.content.decode()


def shown(client: Client, entry: Any, before: Any = "live", after: Any = "latest") -> dict[str, str]:
    """{heading: difference} of the compare page: -taken away-, +put in+."""
    page = page_of(client, entry, before, after)
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = re.findall(r'<th scope="row">(.*?)</th>\s*<td class="comparison">(.*?)</td>', body, re.DOTALL)
    return {heading: text_of(html) for heading, html in found}


def text_of(html: str) -> str:
    html = re.sub(r'<span class="addition">(.*?)</span>', r"+\1+", html, flags=re.DOTALL)
    html = re.sub(r'<span class="deletion">(.*?)</span>', r"-\1-", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


class TestFields:
    """One for each type of field."""

    @pytest.mark.parametrize(
        ("before", "after", "heading", "difference"),
        [
            ({"title_de": "Rat für alle"}, {"title_de": "Hilfe für alle"},
             "Title (German)", "-Rat-+Hilfe+ für alle"),
            ({}, {"title_ar": "استشارة"}, "Title (Arabic)", "+استشارة+"),
            ({"description_tr": "Eski"}, {"description_tr": ""}, "Description (Turkish)", "-Eski-"),
            ({"note": "a\nb"}, {"note": "a\nc"}, "Internal note", "a -b-+c+"),
            ({"kind": "offer"}, {"kind": "training"}, "Kind", "-Offer-+Training+"),
            ({"cost": "unknown"}, {"cost": "free"}, "Cost", "-not known-+free of charge+"),
            ({"needs_check": False}, {"needs_check": True}, "To be checked", "-no- +yes+"),
            ({"waiting_weeks": None}, {"waiting_weeks": 0}, "Waiting time in weeks", "+0+"),
            ({"waiting_weeks": 2}, {"waiting_weeks": 3}, "Waiting time in weeks", "-2- +3+"),
            ({"valid_until": None}, {"valid_until": date(2026, 5, 1)}, "Valid until", "+May 1, 2026+"),
            ({"grounds": ["racism"]}, {"grounds": ["racism", "gender"]}, "Grounds", "+Gender+, Racism"),
            ({"grounds": ["gone"]}, {"grounds": ["racism"]}, "Grounds", "-gone-, +Racism+"),
            ({"role": "first"}, {"role": ""}, "Role in referral", "-First stop-"),
            ({"belongs_to_area": ""}, {"belongs_to_area": "jena"}, "Of the area", "+Jena+"),
            ({"aliases": ["A", "B"]}, {"aliases": ["B", "C"]}, "Other names", "-A-, B, +C+"),
            ({"field_sources": {"cost": ["a"]}}, {"field_sources": {"cost": ["a", "b"]}},
             "Sources of single fields", "-cost: a- +cost: a, b+"),
        ],
    )  # fmt: skip
    def test_difference(
        self, admin: Client, before: dict[str, Any], after: dict[str, Any], heading: str, difference: str
    ) -> None:
        term("grounds", "racism", label_de="Rassismus", label_en="Racism")
        term("grounds", "gender", label_en="Gender", live=False)
        term("roles", "first", label_en="First stop")
        area("jena")
        entry = listing(**before)
        drafted(entry, **after)
        assert shown(admin, entry) == {heading: difference}

    def test_another_organisation(self, admin: Client) -> None:
        entry = listing()
        drafted(entry, organisation=organisation("other", name_de="Anderes Haus"))
        assert shown(admin, entry) == {"Organisation": "-Haus der Vielfalt-+Anderes Haus+"}

    def test_synonyms_name_their_language(self, admin: Client) -> None:
        entry = term("grounds", "racism", synonyms={"de": ["rassistisch"], "": ["xeno"]})
        drafted(entry, synonyms={"de": ["rassistisch"], "ar": ["عنصري"], "": ["xeno"]})
        assert shown(admin, entry) == {"Synonyms": "German: rassistisch +Arabic: عنصري+ xeno"}

    def test_when_it_shall_be_published(self, admin: Client) -> None:
        entry = listing()
        drafted(entry, go_live_at=datetime(2027, 1, 2, 15, 30, tzinfo=ZoneInfo("Europe/Berlin")))
        assert shown(admin, entry) == {"Go live date/time": "+Jan. 2, 2027, 3:30 p.m.+"}

    def test_the_state_of_a_translation(self, admin: Client) -> None:
        noted = {"state": "machine", "source": "x", "by": "mt", "at": "2026-01-01"}
        entry = listing(title_tr="Danışma", translation_state={"tr": noted})
        drafted(entry, translation_state={"tr": noted | {"state": "checked", "by": "dana"}})
        difference = {"State of the translation (Turkish)": "-written by a machine- +checked+"}
        assert shown(admin, entry) == difference
        drafted(entry, translation_state={"tr": noted | {"source": "y", "at": "2026-02-02"}})
        assert shown(admin, entry) == {}

    def test_the_order_of_codes_and_words_is_no_difference(self, admin: Client) -> None:
        """A form brings codes in the order of the vocabulary."""
        term("grounds", "racism")
        entry = listing(grounds=["racism", "gender"], aliases=["A", "B"])
        draft = drafted(entry, grounds=["gender", "racism"], aliases=["B", "A"])
        assert shown(admin, entry) == {}
        first = Revision.objects.order_by("id")[0]
        assert differences(Listing, first.content, draft.content) == []

    def test_a_state_that_nobody_noted_is_a_persons(self, admin: Client) -> None:
        entry = listing()
        drafted(entry, translation_state={"de": {"state": "human", "by": "ed"}, "en": {"public": False}})
        assert shown(admin, entry) == {
            "State of the translation (English)": "written by a person +not shown to readers+"
        }

    @pytest.mark.parametrize("column", ["title_tr", "description_en"])
    def test_null_and_empty_are_no_difference(self, admin: Client, column: str) -> None:
        entry = listing(**{column: ""})
        drafted(entry, **{column: None})
        assert "Nothing" in page_of(admin, entry)

    def test_what_an_editor_wrote_is_text_and_no_markup(self, admin: Client) -> None:
        entry = listing(title_de="<b>a</b>", sources=["<i>"])
        drafted(entry, title_de="<script>x</script>", sources=["<u>"], field_sources={"<s>": ["<p>"]})
        page = page_of(admin, entry)
        for markup in ("<b>a", "<script>x", "<i>", "<u>", "<s>", "<p>]"):
            assert markup not in page.partition("<tbody>")[2].partition("</tbody>")[0]

    @pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("tr", "ltr")])
    def test_text_carries_its_language_and_direction(self, admin: Client, code: str, direction: str) -> None:
        entry = listing()
        drafted(entry, **{f"description_{code}": "x"})
        assert f'lang="{code}" dir="{direction}"' in page_of(admin, entry)


OTHER: dict[Any, Any] = {
    CodesField: ["other"], CodeField: "other", WordsField: ["other"], models.JSONField: {"other": ["x"]},
    models.BooleanField: True, models.DateTimeField: datetime(2027, 1, 2, tzinfo=ZoneInfo("UTC")),
    models.DateField: date(2027, 1, 2), models.IntegerField: 77,
    models.CharField: "other", models.TextField: "other",
}  # fmt: skip
UNSEEN = {"id", "live", "has_unpublished_changes", "first_published_at", "last_published_at", "expired", "locked",
          "locked_at", "locked_by", "live_revision", "latest_revision", "translation_state"}  # fmt: skip


def editable(model: Any) -> Iterator[Any]:
    originals = translated_fields(model)
    for field in model._meta.concrete_fields:
        if field.name not in UNSEEN and field.name not in originals and not field.is_relation:
            yield field


class TestEveryField:
    @pytest.mark.parametrize("model", [Listing, Organisation, Term, Area])
    def test_a_change_of_it_is_shown(self, admin: Client, model: Any) -> None:
        """Whatever field is added to a model: it must be in the form, and so in the comparison."""
        made: dict[Any, Any] = {Listing: listing, Organisation: organisation}
        entry = term("grounds", "x") if model is Term else area("x") if model is Area else made[model]()
        fields = list(editable(model))
        assert len(fields) > 10
        values = {
            field.name: field.choices[-1][0] if field.choices else next(
                value for kind, value in OTHER.items() if isinstance(field, kind)
            )
            for field in fields
        }  # fmt: skip
        drafted(entry, **values)
        headings = shown(admin, entry)
        assert len(headings) == len(fields), {field.name for field in fields}
        for field in translated_fields(model):
            with translation.override("en"):
                name = str(model._meta.get_field(field).verbose_name)
            assert sum(heading.lower().startswith(f"{name.lower()} (") for heading in headings) >= len(SHIPPED)


class TestRows:
    @pytest.mark.parametrize("model", [Listing, Organisation])
    def test_every_kind_of_row_is_compared(self, admin: Client, model: Any) -> None:
        entry = listing() if model is Listing else organisation()
        draft = stored(entry)
        for name in child_relations(model):
            related = model._meta.get_field(name).related_model
            values = {"starts_at": datetime(2027, 1, 2, tzinfo=ZoneInfo("UTC"))} if name == "dates" else {}
            getattr(draft, name).add(related(**values))
        draft.save_revision(clean=False)
        assert len(shown(admin, entry)) == len(child_relations(model))

    def test_added_changed_and_taken_away(self, admin: Client) -> None:
        entry = listing()
        address = url("listing", "edit", entry.pk)
        phone = row("contacts", kind="phone", value="110", audience="public", on_bill="unknown")
        saved(post(admin, address, "publish", **phone))
        added = shown(admin, entry, "earliest")["Contacts"]
        assert (
            added
            == "Added: phone 110 Kind phone Number or address 110 For everybody Shown on the phone bill not known"
        )
        saved(post(admin, address, **{"contacts-0-value": "112", "contacts-0-label": "Notruf"}))
        changed = shown(admin, entry)["Contacts"]
        assert changed == "Changed: phone 112 Number or address -110- +112+ Note +Notruf+"
        saved(post(admin, address, **{"contacts-0-DELETE": "on"}))
        assert shown(admin, entry)["Contacts"].startswith("Taken away: phone 110")

    def test_rows_that_stay_as_they_are_are_not_shown(self, admin: Client) -> None:
        house = organisation()
        for value in ("110", "112"):
            house.contacts.add(OrganisationContact(kind="phone", value=value))
        house.save()
        draft = stored(house)
        changed = draft.contacts.get(value="112")
        changed.label = "Notruf"
        draft.contacts.add(changed)
        draft.save_revision()
        assert shown(admin, house) == {"Contacts": "Changed: phone 112 Note +Notruf+"}

    def test_a_referral_rule_in_words(self, admin: Client) -> None:
        term("what", "insult", label_en="Insult")
        entry = listing()
        rule = row("competence_rows", what=["insult"], danger_now="false", area_basis=["incident"])
        saved(post(admin, url("listing", "edit", entry.pk), **rule))
        told = shown(admin, entry)["Responsible when"]
        assert told.startswith("Added: What happened: Insult ")
        assert " What happened Insult " in told
        assert "Danger now no" in told
        assert "Who did it" not in told

    def test_a_reason_in_another_language(self, admin: Client) -> None:
        entry = listing()
        rule = row("exclusions", strength="hard", reason_de="Nur für Erwachsene", reason_ar="للبالغين")
        saved(post(admin, url("listing", "edit", entry.pk), **rule))
        told = shown(admin, entry)["Not responsible when"]
        assert "Strength not responsible" in told
        assert "Reason in words (Arabic) للبالغين" in told


class TestTheList:
    def changed(self, client: Client, entry: Any) -> list[str]:
        """What the history says, newest first."""
        page = client.get(url(entry._meta.model_name, "history", entry.pk))
        assert page.status_code == 200
        column = next(each for each in page.context["view"].columns if each.name == "changed")
        with translation.override("en"):
            return [str(column.get_value(entry)) for entry in page.context["object_list"]]

    def test_a_short_summary_of_each_edit(self, admin: Client) -> None:
        entry = listing()
        address = url("listing", "edit", entry.pk)
        saved(post(admin, address, title_ar="استشارة", waiting_weeks="3"))
        phone = row("contacts", kind="phone", value="110", audience="public", on_bill="unknown")
        saved(post(admin, address, "publish", **phone))
        told = self.changed(admin, entry)
        assert told == ["", "Contacts: phone", "Title (Arabic), Waiting time in weeks"]

    def test_the_first_version_and_an_edit_of_nothing(self, admin: Client) -> None:
        saved(post(admin, url("organisation", "add"), slug="house", name_de="Haus"))
        house = find(Organisation, "house")
        saved(post(admin, url("organisation", "edit", house.pk)))
        told = self.changed(admin, house)
        assert told[-1] in ("first version", "")
        assert set(told) <= {"first version", "nothing", ""}

    def test_a_long_one_is_cut(self, admin: Client) -> None:
        entry = listing()
        values = {f"{name}_{code}": "x" for name in ("title", "description") for code in ("en", "ar", "tr", "uk")}
        saved(post(admin, url("listing", "edit", entry.pk), **values))
        assert self.changed(admin, entry)[0].endswith("and 2 more")

    def test_a_checked_translation(self, admin: Client) -> None:
        """Beside a changed text its state goes without saying."""
        entry = listing(title_tr="Danışma", translation_state={"tr": {"state": "machine"}})
        drafted(entry, translation_state={"tr": {"state": "checked"}})
        before, after = Revision.objects.order_by("id").values_list("content", flat=True)
        with translation.override("en"):
            assert differences(Listing, before, after) == ["State of the translation (Turkish)"]
            assert differences(Listing, before, after | {"title_tr": "Yeni"}) == ["Title (Turkish)"]

    def test_who_and_when(self, admin: Client) -> None:
        entry = listing()
        saved(post(admin, url("listing", "edit", entry.pk), title_de="Neu"))
        page = admin.get(url("listing", "history", entry.pk)).content.decode()
        assert "chris" in page
        assert url("listing", "revisions_compare", entry.pk, *versions(entry)) in page

    @pytest.mark.parametrize("model", ["organisation", "term", "area"])
    def test_of_every_kind_of_entry(self, admin: Client, model: str) -> None:
        entries: dict[str, Any] = {
            "organisation": organisation,
            "term": lambda: term("grounds", "x"),
            "area": lambda: area("x"),
        }
        entry = entries[model]()
        field = "label_ar" if model == "term" else "name_ar"
        saved(post(admin, url(model, "edit", entry.pk), **{field: "اسم"}))
        assert "(Arabic)" in self.changed(admin, entry)[0]


def versions(entry: Any) -> list[int]:
    return list(entry.revisions.order_by("created_at", "id").values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
class TestRevert:
    def test_every_language_and_every_row_come_back(self, admin: Client) -> None:
        entry = listing(title_tr="Danışma", title_ar="استشارة", description_fr="Texte")
        address = url("listing", "edit", entry.pk)
        rows = row("contacts", kind="phone", value="110", audience="public", on_bill="unknown")
        rows |= row("exclusions", strength="hard", reason_de="Grund", reason_ar="سبب")
        saved(post(admin, address, "publish", **rows))
        good = stored(entry).latest_revision_id
        wrong = {"title_ar": "خطأ", "title_de": "Falsch", "contacts-0-DELETE": "on", "exclusions-0-reason_ar": ""}
        saved(post(admin, address, "publish", **wrong))
        newer = stored(entry).latest_revision_id
        with new_changes() as changes:
            new_rows = {"contacts-0-id": "", "exclusions-0-id": ""}  # they had no number yet
            saved(post(admin, url("listing", "revisions_revert", entry.pk, good), "publish", **new_rows))
        assert changes == [("listing", "advice", "update")]
        back = stored(entry)
        assert (back.title_de, back.title_ar, back.title_tr) == ("Beratung", "استشارة", "Danışma")
        assert back.description_fr == "Texte"
        assert back.contacts.get().value == "110"
        assert (back.exclusions.get().reason_de, back.exclusions.get().reason_ar) == ("Grund", "سبب")
        assert set(versions(entry)) >= {good, newer, back.latest_revision_id}
        assert ModelLogEntry.objects.filter(action="wagtail.revert").count() == 1

    def test_what_a_loader_wrote_comes_back(self, admin: Client) -> None:
        entry = listing(title_tr="Danışma")
        saved(post(admin, url("listing", "edit", entry.pk), "publish", title_de="Falsch"))
        saved(post(admin, url("listing", "revisions_revert", entry.pk, versions(entry)[0]), "publish"))
        assert (stored(entry).title_de, stored(entry).title_tr) == ("Beratung", "Danışma")
