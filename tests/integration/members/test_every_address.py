"""Every address outside of /admin/, opened and sent by everybody with one organisation's slugs and keys.

0 unexpected answers, 0 errors, 0 secrets, and nothing changed by who may not.
"""

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import ModelLogEntry, Revision

from directory.mail_links import Purpose
from directory.members.sections import SECTIONS
from directory.models import Change, Invitation, MailLink, Membership, Proposal
from tests.integration.directory.making import undone
from tests.integration.members.expectations import EXPECTED, SENT
from tests.integration.members.neighbours import LETTERS, OF_STAFF, SECRET, Neighbours, make, token
from wegweiser.members.middleware import URLCONF

pytestmark = pytest.mark.django_db
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
OF_A_LISTING = re.compile(r"konto/(eintrag|plaetze|termine|entfernen|falsch)/|de/angebote/")
INVENTED = {
    **dict.fromkeys(("token", "code", "version", "digest", "name", "path"), "x"),
    "restriction_id": 1,
    "language": "en",
    "kind": "xlsx",
}


def routes() -> list[str]:
    found = _walk(get_resolver(URLCONF).url_patterns)
    return [route for route in dict.fromkeys(found) if not route.startswith("admin/")]


def _walk(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses(house: Neighbours, route: str) -> Iterator[str]:
    """With everything of theirs that the address may name."""
    slugs = [each.slug for each in (house.live, house.waiting, house.hidden)]
    if not route.startswith("konto/"):
        slugs = slugs[:1]  # what is not public is 404 for everybody there
    values = INVENTED | {"pk": house.invitation.pk if "einladungen" in route else house.member.pk}
    for slug in slugs if OF_A_LISTING.match(route) else [house.theirs.slug]:
        for section in SECTIONS if "<slug:section>" in route else [None]:
            for way in ("seite", "karte") if "<slug:way>" in route else [None]:
                chosen = {"slug": slug, "section": section and section.slug, "way": way}
                yield filled(route, values | chosen)


def filled(route: str, values: dict[str, Any]) -> str:
    return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), route)


def expected(route: str) -> tuple[str, str] | None:
    return next(((opens, sends) for pattern, opens, sends in EXPECTED if re.match(pattern, route)), None)


def let_in(response: Any, route: str) -> bool:
    is_sent_to_sign_in = response.headers.get("Location", "").partition("?")[0] == "/konto/anmelden/"
    return response.status_code not in (403, 404, 405, 410) and (not is_sent_to_sign_in or "abmelden" in route)


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return _unpacked(content).decode(errors="replace")


def _unpacked(content: bytes) -> bytes:
    """Spreadsheets are archives, too."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(_unpacked(archive.read(name)) for name in archive.namelist())


def stored() -> tuple[int, ...]:
    kinds = (Membership, Invitation, MailLink, Proposal, Revision, ModelLogEntry, User)
    return (Change.position(), *(kind._default_manager.count() for kind in kinds))


class Person:
    """Comes to every address as if it were the first."""

    def __init__(self, house: Neighbours, letter: str) -> None:
        self.client = Client(raise_request_exception=False, headers={"accept-language": "de"})
        if letter != "V":
            self.client.force_login(house.people[letter])
        self.cookies = dict(self.client.cookies)

    def asks(self, method: str, url: str) -> tuple[Any, str, bool]:
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        with undone():
            before = stored()
            response = self.client.get(url) if method == "GET" else self.client.post(url, SENT)
            return response, body(response), stored() != before
        raise AssertionError  # unreachable: `undone` swallows its own exception only


@pytest.fixture
def house(db: None) -> Neighbours:
    return make()


@pytest.mark.filterwarnings("default")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_address(house: Neighbours, letter: str) -> None:
    person = Person(house, letter)
    wrong = []
    everywhere = [(route, url) for route in routes() for url in addresses(house, route)]
    assert len(everywhere) > 90
    for route, url in everywhere:
        for method, allowed in zip(("GET", "POST"), expected(route) or ("", ""), strict=True):
            response, text, has_written = person.asks(method, url)
            told = f"{method} {url}: {response.status_code} {response.headers.get('Location', '')}"
            if response.status_code >= 500 and response.status_code != 503:
                wrong.append(told)
            if let_in(response, route) != (letter in allowed):
                wrong.append(f"{told}, {'expected' if letter in allowed else 'not expected'}")
            if has_written and letter not in allowed:
                wrong.append(f"{told}: has changed something")
            if OF_STAFF in text or (SECRET in text and letter not in "BC"):
                wrong.append(f"{told}: shows a secret")
    assert not wrong, "\n".join(wrong)


def test_every_address_has_its_row() -> None:
    """Who adds one decides here who may open and send it: tests/integration/members/expectations.py."""
    assert [route for route in routes() if expected(route) is None] == []


def test_no_row_is_left_over() -> None:
    used = {next((row[0] for row in EXPECTED if re.match(row[0], route)), "") for route in routes()}
    assert [pattern for pattern, _opens, _sends in EXPECTED if pattern not in used] == []


def test_the_secrets_are_where_their_own_members_find_them(house: Neighbours) -> None:
    """Else the test above would look for what is nowhere."""
    bilal = Person(house, "B")
    for url in ("/konto/", "/konto/stelle/birke/mitglieder/", "/konto/eintrag/birke-live/text/"):
        assert SECRET in bilal.asks("GET", url)[1], url


@pytest.mark.parametrize(
    "address", ["mitglieder/{pk}/rolle/", "mitglieder/{pk}/entfernen/", "einladungen/{own}/weg/"]
)
def test_the_own_organisation_is_no_way_to_the_members_of_another(house: Neighbours, address: str) -> None:
    aylin = Person(house, "A")
    url = f"/konto/stelle/ahorn/{address.format(pk=house.member.pk, own=house.invitation.pk)}"
    response, _text, has_written = aylin.asks("POST", url)
    assert response.status_code == 404
    assert not has_written


# --- mailed links ---------------------------------------------------------------------------------------------

LINKS = {
    Purpose.STILL_CORRECT: "/de/eintrag/richtig/{}/",
    Purpose.CORRECT: "/de/eintrag/aendern/{}/",
    Purpose.HAND_ON: "/de/eintrag/weitergeben/{}/",
    Purpose.VERIFY: "/de/vorschlagen/link/{}/",
    Purpose.INVITATION: "/konto/einladung/{}/",
    Purpose.SIGN_IN: "/konto/anmelden/link/{}/",
}


def made(house: Neighbours, purpose: Purpose) -> str:
    proposal = Proposal.objects.get(kind=Proposal.Kind.ORGANISATION)
    about = {
        Purpose.INVITATION: {"invitation": house.invitation.pk},
        Purpose.SIGN_IN: {"user": house.people["B"].pk},
        Purpose.VERIFY: {"proposal": proposal.pk},
    }
    return token(purpose, house.theirs, **about.get(purpose, {}))


@pytest.mark.parametrize("purpose", [*LINKS, Purpose.CLAIM])
def test_a_link_is_useless_for_anything_else(house: Neighbours, purpose: Purpose) -> None:
    secret, visitor = made(house, purpose), Person(house, "V")
    for other, address in LINKS.items():
        if other != purpose:
            for method in ("GET", "POST"):
                response, text, has_written = visitor.asks(method, address.format(secret))
                assert response.status_code in (404, 410), f"{method} {address} with a link to {purpose}"
                assert not has_written
                assert SECRET not in text
    assert MailLink.objects.get(purpose=purpose).used_at is None


@pytest.mark.parametrize("purpose", [Purpose.STILL_CORRECT, Purpose.CORRECT, Purpose.HAND_ON, Purpose.INVITATION])
def test_opening_a_link_changes_nothing(house: Neighbours, purpose: Purpose) -> None:
    """Mail scanners open every link."""
    response, _text, has_written = Person(house, "V").asks("GET", LINKS[purpose].format(made(house, purpose)))
    assert response.status_code == 200
    assert not has_written
    assert MailLink.objects.get(purpose=purpose).used_at is None


def test_a_confirming_link_works_once(house: Neighbours) -> None:
    url = LINKS[Purpose.STILL_CORRECT].format(made(house, Purpose.STILL_CORRECT))
    visitor = Client(headers={"accept-language": "de"})
    assert visitor.post(url).status_code == 200
    assert MailLink.objects.get(purpose=Purpose.STILL_CORRECT).used_at
    before = stored()
    assert visitor.post(url).status_code == 410
    assert stored() == before
