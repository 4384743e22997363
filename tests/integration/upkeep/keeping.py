"""Organisations with entries, and what they were mailed."""

import re
from datetime import date, timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

from directory import vocabulary
from directory.models import Configuration, ContactPoint, Listing, Organisation, Upkeep
from directory.upkeep import asking
from tests.integration.directory.making import listing, organisation
from tests.integration.public.reading import Seen, read
from wegweiser import roles

OFFICE = "info@haus.example.org"
PHONE = "0211 8991234"


def house(slug: str = "house", *, entries: int = 1, confirmed: int | None = None, **fields: Any) -> Organisation:
    """With a telephone and an address in each entry; `confirmed` so many days ago."""
    found = organisation(slug, **fields)
    for number in range(entries):
        entry(f"{slug}-{number}", found, confirmed)
    return found


def entry(slug: str, of: Organisation, confirmed: int | None = None, **fields: Any) -> Listing:
    made = listing(slug, organisation=of, last_confirmed_on=days_ago(confirmed), **fields)
    made.contacts.add(ContactPoint(kind="phone", value=PHONE), ContactPoint(kind="email", value=OFFICE))
    made.save()
    return made


def days_ago(number: int | None) -> date | None:
    return None if number is None else timezone.localdate() - timedelta(days=number)


def keeps(found: Organisation, **fields: Any) -> Upkeep:
    upkeep = asking.upkeep_of(found)
    for name, value in fields.items():
        setattr(upkeep, name, value)
    upkeep.save()
    return upkeep


def with_review() -> None:
    roles.install()


def not_a_demo() -> None:
    a_demo(demo=False)


def a_demo(*, demo: bool = True) -> None:
    configuration = Configuration.load()
    configuration.demo = demo
    configuration.save()
    vocabulary.forget()


def ask(found: Organisation, to: str = OFFICE) -> dict[str, str]:
    """The addresses in the mail, in German: by the word that stands in them."""
    assert asking.ask(found, to=to, today=timezone.localdate())
    return links(mail.outbox[-1].body)


def links(body: object, language: str = "de") -> dict[str, str]:
    found = re.findall(rf"http://localhost:8000(/{language}/eintrag/(\w+)/\S+/)", str(body))
    return {word: address for address, word in found}


def visit(client: Client, address: str, *, status: int = 200) -> Seen:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return read(response)


def press(client: Client, address: str, data: dict[str, Any] | None = None, *, status: int = 200) -> Seen:
    response = client.post(address, {"send": "1"} | (data or {}), headers={"sec-fetch-site": "same-origin"})
    assert response.status_code == status, response.status_code
    return read(response)


def filled(page: Seen, **typed: Any) -> dict[str, str]:
    """What a browser would post; typed by the field's name without the number of its entry."""
    found: dict[str, str] = {}
    for each in page.elements:
        name = each.attributes.get("name", "")
        if each.tag == "input" and name:
            kind = each.attributes.get("type", "text")
            box = kind in ("checkbox", "radio")
            if not box or "checked" in each.attributes:
                found[name] = each.attributes.get("value", "on" if box else "")
        elif each.tag == "textarea":
            found[name] = "".join(each.words).removeprefix("\n")
        elif each.tag == "option" and "selected" in each.attributes and each.above:
            found[each.above.attributes["name"]] = each.attributes["value"]
    for name, value in typed.items():
        (key,) = [each for each in _names(page) if each == name or each.partition("-")[2] == name][:1]
        found.pop(key, None)
        if value is not None:
            found[key] = value
    return found


def _names(page: Seen) -> list[str]:
    return [each.attributes["name"] for each in page.elements if "name" in each.attributes]
