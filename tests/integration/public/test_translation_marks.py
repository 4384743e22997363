"""What a machine wrote and nobody checked says so wherever it is shown, and once; so does what is out of date."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from directory.columns import translated_fields
from directory.languages import MAIN, column
from directory.models import Area, Listing, Term
from directory.translation_state import State, note
from referrals.models import Deadline, Question
from tests.answers import said
from tests.integration.directory.making import find
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Element, Seen

pytestmark = pytest.mark.django_db


def address(name: str, *args: Any, language: str = "ar") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def write(entry: Any, language: str = "ar", state: State = State.MACHINE, *fields: str) -> None:
    """Every text that the source has, or those fields."""
    filled = [name for name in translated_fields(type(entry)) if getattr(entry, column(name, MAIN))]
    for name in fields or filled:
        setattr(entry, column(name, language), f"نص {name}")
    note(entry, language, state=state, by="robot")
    entry.save()


def concern() -> Any:
    terms: Any = Term.objects
    return terms.get(vocabulary="concerns", slug="work")


def cards(page: Seen) -> list[str]:
    return [card.attributes["id"] for card in page.all("article", having="card") if "id" in card.attributes]


def marks(page: Seen) -> list[Element]:
    return page.all(having="made")


def on_card(page: Seen, slug: str) -> list[Element]:
    def stands(element: Element) -> bool:
        above = element.above
        while above is not None and above.attributes.get("id") != slug:
            above = above.above
        return above is not None

    return [mark for mark in marks(page) if stands(mark)]


class Pages:
    """Every page that shows cards, as a visitor gets it in Arabic."""

    def __init__(self, get: Get, post: Post) -> None:
        self.get, self.post = get, post

    def browse(self) -> Seen:
        return self.get(address("listings"))

    def search(self) -> Seen:
        return self.post(address("search"), {"text": "Opferberatung Rheinland"})

    def result(self) -> Seen:
        return self.post(address("guide"), said(what="violence"))

    def concern(self) -> Seen:
        return self.get(address("concern", "work"))

    def emergency(self) -> Seen:
        return self.get(address("emergency"))

    def organisation(self) -> Seen:
        return self.get(address("organisation", Listing.objects.get(slug="dus-obr").organisation.slug))


every_page = pytest.mark.parametrize(
    "page", [Pages.browse, Pages.search, Pages.result, Pages.concern, Pages.emergency, Pages.organisation]
)
Show = Callable[[Pages], Seen]


class TestCards:
    @every_page
    def test_each_carries_one_mark_and_no_other_card_any(self, page: Show, get: Get, post: Post) -> None:
        pages = Pages(get, post)
        before = page(pages)
        assert marks(before) == []
        slug = cards(before)[0]
        write(Listing.objects.get(slug=slug))
        after = page(pages)
        (mark,) = on_card(after, slug)
        assert mark.tag == "p"
        assert mark.text
        assert [other for other in cards(after) if other != slug and on_card(after, other)] == []

    @every_page
    @pytest.mark.parametrize("state", [State.HUMAN, State.CHECKED])
    def test_what_a_person_wrote_or_checked_carries_none(
        self, page: Show, state: State, get: Get, post: Post
    ) -> None:
        pages = Pages(get, post)
        slug = cards(page(pages))[0]
        write(Listing.objects.get(slug=slug), "ar", state)
        assert on_card(page(pages), slug) == []

    @pytest.mark.parametrize("field", ["title", "helps_with"])
    def test_one_text_is_enough(self, field: str, get: Get, post: Post) -> None:
        pages = Pages(get, post)
        slug = cards(pages.browse())[0]
        write(Listing.objects.get(slug=slug), "ar", State.MACHINE, field)
        assert len(on_card(pages.browse(), slug)) == 1

    def test_what_unfolds_on_a_card_counts(self, get: Get, post: Post) -> None:
        pages = Pages(get, post)
        slug = cards(pages.result())[0]
        write(Listing.objects.get(slug=slug), "ar", State.MACHINE, "what_happens")
        assert len(on_card(pages.result(), slug)) == 1

    def test_the_name_of_its_organisation_counts(self, get: Get, post: Post) -> None:
        pages = Pages(get, post)
        slug = cards(pages.browse())[0]
        write(Listing.objects.get(slug=slug).organisation)
        assert len(on_card(pages.browse(), slug)) == 1

    def test_a_machine_in_another_language_is_no_matter(self, get: Get, post: Post) -> None:
        pages = Pages(get, post)
        slug = cards(pages.browse())[0]
        write(Listing.objects.get(slug=slug), "tr")
        assert on_card(pages.browse(), slug) == []

    def test_it_comes_before_the_text_that_it_is_about(self, get: Get, post: Post) -> None:
        pages = Pages(get, post)
        slug = cards(pages.browse())[0]
        write(Listing.objects.get(slug=slug))
        page = pages.browse()
        (mark,) = on_card(page, slug)
        sentence = next(element for element in page.all("p") if "نص helps_with" in element.text)
        assert page.elements.index(mark) < page.elements.index(sentence)

    def test_its_sign_is_for_the_eye_only(self, get: Get, post: Post) -> None:
        pages = Pages(get, post)
        write(Listing.objects.get(slug=cards(pages.browse())[0]))
        page = pages.browse()
        (sign,) = [each for each in page.all("svg") if each.above and each.above.has("made")]
        assert sign.attributes["aria-hidden"] == "true"


class TestPagesOfOne:
    def test_a_listing_says_it_once_below_its_title(self, get: Get, demo: None) -> None:
        write(Listing.objects.get(slug="dus-obr"))
        page = get(address("listing", "dus-obr"))
        (mark,) = marks(page)
        assert page.elements.index(mark) > page.elements.index(page.one("h1"))
        assert marks(get(address("listing", "dus-obr", language="de"))) == []

    @pytest.mark.parametrize("field", ["name", "description"])
    def test_an_organisation_says_it_once(self, field: str, get: Get, demo: None) -> None:
        house = Listing.objects.get(slug="dus-obr").organisation
        write(house, "ar", State.MACHINE, field)
        page = get(address("organisation", house.slug))
        assert len([mark for mark in marks(page) if not _in_card(mark)]) == 1

    def test_a_newer_source_is_named(self, get: Get, demo: None) -> None:
        entry = Listing.objects.get(slug="dus-obr")
        write(entry, "en", State.HUMAN)
        assert marks(get(address("listing", "dus-obr", language="en"))) == []
        entry.title_de = "Neu"
        entry.save()
        (mark,) = marks(get(address("listing", "dus-obr", language="en")))
        assert "German" in mark.text
        assert marks(get(address("listing", "dus-obr", language="de"))) == []
        assert marks(get(address("listing", "dus-obr", language="tr"))) == []

    def test_an_outdated_machine_says_both(self, get: Get, demo: None) -> None:
        entry = Listing.objects.get(slug="dus-obr")
        write(entry, "en")
        entry.description_de = "Neu"
        entry.save()
        assert len(marks(get(address("listing", "dus-obr", language="en")))) == 2

    def test_what_unfolds_in_a_result_says_it_too(self, post: Post) -> None:
        entry = Listing.objects.get(slug=cards(post(address("guide"), said(what="violence")))[0])
        write(entry, "ar", State.HUMAN)
        entry.title_de = "Neu"
        entry.save()
        assert len(on_card(post(address("guide"), said(what="violence")), entry.slug)) == 1

    def test_an_organisation_names_a_newer_source(self, get: Get, demo: None) -> None:
        house = Listing.objects.get(slug="dus-obr").organisation
        write(house, "en", State.CHECKED)
        house.name_de = "Neu"
        house.save()
        page = get(address("organisation", house.slug, language="en"))
        (mark,) = [each for each in marks(page) if not _in_card(each)]
        assert "German" in mark.text


class TestCodes:
    """Words of the vocabularies are texts too: one mark for each group in which they stand."""

    def test_the_tiles_of_the_home_page(self, get: Get, demo: None) -> None:
        write(concern())
        assert len(marks(get(address("home")))) == 1
        assert marks(get(address("home", language="de"))) == []

    def test_the_filters(self, get: Get, demo: None) -> None:
        write(concern())
        page = get(address("listings"))
        assert len([mark for mark in marks(page) if not _in_card(mark)]) == 1

    def test_the_facts_of_a_card(self, get: Get, demo: None) -> None:
        slug = cards(get(address("listings")))[0]
        served = Listing.objects.get(slug=slug).areas_served[0]
        write(find(Area, served))
        assert len(on_card(get(address("listings")), slug)) == 1

    def test_the_heading_of_a_concern(self, get: Get, demo: None) -> None:
        write(concern())
        page = get(address("concern", "work"))
        assert len([mark for mark in marks(page) if not _in_card(mark)]) == 1

    def test_a_question_of_the_guide(self, get: Get, demo: None) -> None:
        write(Question.objects.first())
        assert len(marks(get(address("guide")))) == 1

    def test_a_deadline(self, get: Get, demo: None) -> None:
        write(Deadline.objects.filter(live=True).first())
        (mark,) = marks(get(address("rights")))
        assert mark.above
        assert mark.above.has("deadline")


def _in_card(mark: Element) -> bool:
    above = mark.above
    while above is not None and not above.has("card"):
        above = above.above
    return above is not None
