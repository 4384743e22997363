"""A new entry begins with three questions and is seen by nobody until it is approved."""

import pytest
from django.test import Client

from directory import listings
from directory.models import Change, Configuration, Listing
from tests.integration.directory.making import find, listing, organisation, superuser
from tests.integration.members.making import codes, draft, member, page, signed_in
from tests.integration.members.posting import Screen
from wegweiser import roles

pytestmark = pytest.mark.django_db
NEW = "/konto/stelle/house/neu/"
COURSE = {"kind": "training", "title": "Argumente üben", "source_language": "de"}


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()
    codes()


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", language="en", writes_in=["tr"]))


def test_three_answers_lead_to_the_first_section(asel: Client) -> None:
    response = asel.post(NEW, COURSE)
    assert response.headers["Location"] == "/konto/eintrag/argumente-ueben/text/"
    made = find(Listing, "argumente-ueben")
    assert (made.live, made.kind, made.audience, made.title_de) == (
        False,
        "training",
        "institutions",
        "Argumente üben",
    )
    assert (made.organisation.slug, made.source_language) == ("house", "de")
    assert Change.objects.filter(slug="argumente-ueben").latest("id").by == "asel"


def test_nobody_sees_it_before_it_is_approved(asel: Client) -> None:
    asel.post(NEW, COURSE)
    assert Client().get("/de/angebote/argumente-ueben/").status_code == 404
    shown = page(asel, "/konto/")
    assert "Visitors do not see it yet." in shown
    assert "needs you" in shown


def test_from_the_first_question_to_the_public_in_two_languages(asel: Client) -> None:
    asel.post(NEW, COURSE)
    slug = "argumente-ueben"
    Screen(asel, slug, "text").save(
        helps_with_de="Übt Antworten.", title_tr="Argüman", helps_with_tr="Cevap verme."
    )
    Screen(asel, slug, "kontakt").save(contacts__0__kind="email", contacts__0__value="kurs@example.org")
    Screen(asel, slug, "ort").save(areas_served=["duesseldorf"], modes=["on_site"])
    Screen(asel, slug, "fortbildung").save(formats=["workshop"], duration="ein Tag")
    asel.post(f"/konto/eintrag/{slug}/absenden/")
    entry = find(Listing, slug)
    assert not entry.live
    listings.approve(listing=entry, seen=entry.latest_revision_id, by=superuser())
    entry = find(Listing, slug)
    assert (entry.live, entry.title_tr, entry.formats) == (True, "Argüman", ["workshop"])
    assert entry.contacts.get().value == "kurs@example.org"
    assert "Argüman" in Client().get(f"/tr/angebote/{slug}/").content.decode()


@pytest.mark.parametrize("missing", COURSE)
def test_what_is_missing_is_told_and_nothing_is_made(asel: Client, missing: str) -> None:
    response = asel.post(NEW, COURSE | {missing: ""})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'class="wrong"' in html
    assert not Listing.objects.exists()


def test_a_language_that_is_switched_off_is_not_offered(asel: Client) -> None:
    assert 'value="pl"' not in page(asel, NEW)
    assert asel.post(NEW, COURSE | {"source_language": "pl"}).status_code == 422


def test_written_in_another_language_from_the_beginning(asel: Client) -> None:
    asel.post(NEW, {"kind": "counselling", "title": "استشارة", "source_language": "ar"})
    made = Listing.objects.get()
    assert (made.slug, made.title_ar, made.source_language, made.audience) == (
        "house",
        "استشارة",
        "ar",
        "affected",
    )
    assert draft("house").title_ar == "استشارة"


@pytest.mark.parametrize(("title", "slug"), [("Kurs", "kurs-3"), ("Straße", "strasse"), ("!!!", "house")])
def test_addresses_are_never_given_twice(asel: Client, title: str, slug: str) -> None:
    for taken in ("kurs", "kurs-2"):
        listing(taken)
    location = asel.post(NEW, COURSE | {"title": title}).headers["Location"]
    assert location == f"/konto/eintrag/{slug}/text/"


def test_who_asks_twice_gets_the_one_that_was_begun(asel: Client) -> None:
    first, second = (asel.post(NEW, COURSE).headers["Location"] for _click in range(2))
    assert first == second
    assert Listing.objects.count() == 1


@pytest.mark.parametrize("other", [{"title": "Anders"}, {"kind": "offer"}, {"source_language": "tr"}])
def test_another_one_is_another_one(asel: Client, other: dict[str, str]) -> None:
    asel.post(NEW, COURSE)
    asel.post(NEW, COURSE | other)
    assert Listing.objects.count() == 2


def test_what_was_written_since_is_not_begun_again(asel: Client) -> None:
    asel.post(NEW, COURSE)
    Screen(asel, "argumente-ueben", "text").autosave(helps_with_de="Übt Antworten.")
    assert asel.post(NEW, COURSE).headers["Location"] == "/konto/eintrag/argumente-ueben-2/text/"
    assert draft("argumente-ueben").helps_with_de == "Übt Antworten."


def test_what_a_colleague_began_stays_theirs(asel: Client) -> None:
    signed_in(member("house", "berna")).post(NEW, COURSE)
    assert asel.post(NEW, COURSE).headers["Location"] == "/konto/eintrag/argumente-ueben-2/text/"


def test_only_for_ones_own_organisation(asel: Client) -> None:
    organisation("other")
    assert asel.get("/konto/stelle/other/neu/").status_code == 404
    assert asel.post("/konto/stelle/other/neu/", COURSE).status_code == 404
    assert not Listing.objects.exists()


def test_not_while_everything_is_frozen(asel: Client) -> None:
    configuration = Configuration.load()
    configuration.frozen = True
    configuration.save()
    assert asel.post(NEW, COURSE).status_code == 403
    assert not Listing.objects.exists()
