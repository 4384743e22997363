"""What staff find: compounds, inflection, umlauts and every language, in drafts too."""

import re
import time
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.editing.searching import matching, search
from directory.models import Area, Listing, Organisation, Term
from search import staff
from tests.integration.directory.making import area, listing, organisation, person, stored, term

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/directory/listing/"


def found(words: str, model: Any = Listing) -> list[str]:
    slugs = dict(model.objects.values_list("pk", "slug"))
    return [slugs[key] for key in matching(model, words)]


class TestGerman:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Hilfe bei der Wohnungssuche", "Wohnung"),
            ("Hilfe bei der Wohnungssuche", "Suche"),
            ("Beratungsstelle für alle", "Beratung"),
            ("Antidiskriminierungsberatung", "Diskriminierung Beratung"),
            ("Schwulenberatungsangebote", "Schwule Angebot"),
            ("Beratung für Opfer", "Opferberatung"),
            ("Beratungen", "beraten"),
            ("Wir helfen Geflüchteten", "geflüchtete"),
            ("Hilfe für Schüler", "Schueler"),
            ("Hilfe fuer Schueler", "Schüler"),
            ("Straße", "strasse"),
            ("Berater*innen", "Beraterin"),
            ("für Betroffene und deren Angehörige", "Angehörige für die Betroffenen"),
        ],
    )
    @pytest.mark.parametrize("field", ["title_de", "description_de", "what_happens_de"])
    def test_it_is_found(self, field: str, text: str, words: str) -> None:
        listing("other", title_de="Tanzkurs", description_de="Jeden Montag")
        listing("wanted", **{"title_de": "Angebot", field: text})
        assert found(words) == ["wanted"]

    def test_every_word_is_needed(self) -> None:
        listing("one", title_de="Wohnungssuche")
        listing("two", title_de="Wohnungssuche", description_de="auch für Familien")
        assert found("Wohnung Familie") == ["two"]
        assert found("Wohnung Raumfahrt") == []

    def test_small_words_alone_are_looked_for_in_names(self) -> None:
        listing("one", title_de="Für dich")
        listing("two", title_de="Mit dir", description_de="für alle")
        assert found("für") == ["one"]

    def test_no_synonyms(self) -> None:
        listing("one", title_de="Apartment")
        assert found("Wohnung") == []

    def test_compounds_are_made_of_the_directorys_own_words(self) -> None:
        listing("one", title_de="Kräutergarten")
        listing("two", title_de="Garten", description_de="Kräuter im Garten, noch mehr Kräuter")
        listing("three", title_de="Kräuter")
        assert found("Kräuter")[:1] != []
        assert set(found("Garten")) == {"one", "two"}
        assert set(found("Kräuter")) == {"one", "two", "three"}


class TestOtherLanguages:
    @pytest.mark.parametrize(
        ("column", "text", "words"),
        [
            ("title_en", "Counselling for tenants", "counselling tenant"),
            ("description_tr", "Ayrımcılık ve danışmanlıklar", "ayrimcilik danışmanlık"),
            ("title_ar", "استشارات قانونية", "استشارة"),
            ("description_uk", "Консультації для біженців", "консультація"),
            ("title_fr", "Conseil aux réfugiées", "réfugié"),
            ("title_de_simple", "Wir helfen bei der Wohnungs-Suche", "helfen Wohnung"),
        ],
    )
    def test_it_is_found(self, column: str, text: str, words: str) -> None:
        listing("other", title_de="Tanzkurs")
        listing("wanted", **{column: text})
        assert found(words) == ["wanted"]


class TestNames:
    @pytest.mark.parametrize("words", ["MBR", "mbr", "Mobile", "Rechtsextremismus", "obile ber", "Haus-MBR"])
    def test_names_and_abbreviations_of_the_organisation(self, words: str) -> None:
        listing("other", organisation=organisation("away", name_de="Anderswo"))
        name = "Mobile Beratung gegen Rechtsextremismus im Haus"
        listing("wanted", organisation=organisation(name_de=name, aliases=["MBR"]), title_de="Angebot")
        assert found(words) == ["wanted"]

    def test_what_is_named_so_comes_first(self) -> None:
        listing("a", description_de="Auch Wohnungssuche", title_de="Hilfe")
        listing("z", title_de="Wohnung")
        assert found("Wohnung") == ["z", "a"]
        entries = Listing.objects.order_by("slug")
        assert [each.slug for each in search(entries, "Wohnung", best_first=True)] == ["z", "a"]
        assert [each.slug for each in search(entries, "Wohnung", best_first=False)] == ["a", "z"]

    def test_a_renamed_organisation_is_found_by_its_new_name(self) -> None:
        house = organisation(name_de="Altes Haus")
        listing("wanted", organisation=house)
        assert found("Altes") == ["wanted"]
        house.name_de = "Neues Dach"
        house.save()
        assert (found("Altes"), found("Dach")) == ([], ["wanted"])

    def test_terms_areas_and_organisations(self) -> None:
        term("grounds", "racism", label_de="Rassismus", synonyms={"en": ["race"], "": ["Hautfarbe"]})
        area("jena", postcodes=["07743"], quarters=["Lobeda"])
        organisation(name_de="Beratungsstelle", aliases=["ABC"])
        assert found("Hautfarben", Term) == found("race", Term) == found("grounds rassis", Term) == ["racism"]
        assert found("07743", Area) == found("lobeda", Area) == ["jena"]
        assert found("abc", Organisation) == found("Beratung", Organisation) == ["house"]


class TestDrafts:
    def test_an_entry_that_was_never_published(self) -> None:
        listing("wanted", live=False, title_de="Wohnungssuche")
        assert found("Wohnung") == ["wanted"]

    def test_the_newest_draft_and_what_is_public_until_then(self) -> None:
        made = listing("wanted", title_de="Tanzkurs")
        made.title_de, made.description_en = "Wohnungssuche", "For refugees"
        made.save_revision()
        assert found("Wohnung") == found("refugee") == found("Tanz") == ["wanted"]

    def test_the_organisation_of_the_draft(self) -> None:
        made = listing("wanted")
        made.organisation = organisation("new", name_de="Neues Dach", aliases=["NEUDA"])
        made.save_revision()
        assert found("neuda") == ["wanted"]

    def test_a_published_draft_leaves_nothing_of_before(self) -> None:
        made = listing("wanted", title_de="Tanzkurs")
        made.title_de = "Wohnungssuche"
        made.save_revision().publish()
        assert (found("Tanz"), found("Wohnung")) == ([], ["wanted"])

    def test_what_was_deleted(self) -> None:
        made = listing("gone", title_de="Wohnungssuche")
        assert found("Wohnung") == ["gone"]
        made.delete()
        assert found("Wohnung") == []


class TestStrangeInput:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words=st.text(max_size=80))
    @example(words="'\"; DROP TABLE--")
    @example(words="\x00")
    @example(words="\u202e\u200f\u2066")
    @example(words="\ud800")
    @example(words="\ufdfa" * 1000)
    @example(words="a" * 10_000)
    @example(words="wort " * 2_000)
    @example(words="%_*?[]()\\")
    def test_any_text_is_safe(self, db: None, words: str) -> None:
        started = time.monotonic()
        assert matching(Listing, words) == []
        assert time.monotonic() - started < 1

    @pytest.mark.parametrize("words", ["", "   ", "\u200f", "'", "--", "🙂"])
    def test_nothing_to_look_for_shows_everything(self, words: str) -> None:
        listing("one")
        assert found(words) == ["one"]

    @pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\u00ad", "\u200b"])
    def test_marks_that_nobody_sees_do_not_matter(self, mark: str) -> None:
        listing("one", title_de=f"Wohnungs{mark}suche")
        assert found(f"Woh{mark}nung") == ["one"]

    @pytest.mark.parametrize("words", ["\x00", "a" * 5_000, '"', "\u202eabc", "%", "x" * 40 + " y" * 3_000])
    def test_the_page_answers(self, admin: Client, words: str) -> None:
        assert admin.get(LIST, {"q": words}).status_code == 200
        assert admin.get(f"{LIST}results/", {"q": words}).status_code == 200


class TestThePage:
    def test_search_and_filters_work_together(self, admin: Client) -> None:
        listing("one", title_de="Wohnungssuche")
        listing("two", title_de="Wohnungssuche", live=False)
        page = admin.get(LIST, {"q": "Wohnung", "state": "draft"})
        assert [each.slug for each in page.context["object_list"]] == ["two"]

    def test_the_best_come_first_until_somebody_sorts(self, admin: Client) -> None:
        listing("a", description_de="Auch Wohnungssuche", title_de="Hilfe", kind="offer")
        listing("z", title_de="Wohnung", kind="training")
        for asked, order in (({}, ["z", "a"]), ({"ordering": "kind"}, ["a", "z"])):
            page = admin.get(LIST, {"q": "Wohnung", **asked})
            assert [each.slug for each in page.context["object_list"]] == order

    def test_the_search_of_the_whole_admin_leads_here(self, admin: Client) -> None:
        assert re.search(
            rf'"wagtail.sidebar.SearchModule", "_args": \["{LIST}"', admin.get("/admin/").content.decode()
        )

    def test_who_may_not_see_listings_is_not_led_there(self) -> None:
        client = Client()
        client.force_login(person("tara", "access_admin", "change_term"))
        assert "SearchModule" not in client.get("/admin/").content.decode()


@pytest.mark.django_db(transaction=True)
class TestKept:
    """What is committed stays in the process; only what was edited is read again."""

    @pytest.fixture(autouse=True)
    def fresh(self) -> None:
        staff._shelves.clear()

    def test_only_what_changed_is_analysed_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = listing("first", title_de="Eins"), listing("second", title_de="Zwei")
        assert found("eins") == ["first"]
        asked: list[Any] = []
        real = staff._texts_of

        def noted(model: Any, keys: Any) -> Any:
            asked.append(keys)
            return real(model, keys)

        monkeypatch.setattr(staff, "_texts_of", noted)
        assert found("zwei") == ["second"]
        assert asked == []
        first.title_de = "Drei"
        first.save()
        assert found("drei") == ["first"]
        assert found("eins") == []
        gone = second.pk
        second.delete()
        assert found("zwei") == []
        assert asked == [{first.pk}, {gone}]

    def test_drafts_are_followed(self) -> None:
        made = listing("wanted", title_de="Eins")
        assert found("zwei") == []
        made.title_de = "Zwei"
        made.save_revision()
        assert found("zwei") == ["wanted"]

    def test_an_organisation_takes_its_listings_along(self) -> None:
        house = organisation()
        listing("wanted", organisation=house)
        assert found("kürzel") == []
        stored(house)
        house.aliases = ["KÜRZEL"]
        house.save()
        assert found("kuerzel") == ["wanted"]

    def test_another_database_is_read_from_the_start(self) -> None:
        from directory.models import Change

        listing("gone", title_de="Eins")
        assert found("eins") == ["gone"]
        Listing.objects.all().delete()
        Change.objects.all().delete()
        for number in range(9):
            listing(f"new-{number}", title_de="Zwei")
        assert (found("eins"), len(found("zwei"))) == ([], 9)
