"""The whole life of an entry by its member, on a phone and without scripts.

Each page on the way fits a screen of 320 pixels, shows nothing that is too small for a finger, and no button that
only a script could bring to life.
"""

import re
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from tests.browser.conftest import PHONE, NewVisitor, Site
from tests.browser.hands import Hand
from tests.browser.test_organisations import signed_in
from tests.browser.test_public_forms import newest_mail
from tests.integration.exchange.tables import change
from tests.integration.staff.signing_in import code

MEMBER = "Member of Diakonie Düsseldorf (owner)"
ONLINE = "dus-respekt-coaches"
WORDS = "Übt, auf Sprüche zu antworten."


@pytest.fixture
def hand(new_visitor: NewVisitor, site: Site) -> Iterator[Hand]:
    visitor = new_visitor(PHONE, javascript=False, locale="de-DE")
    signed_in(visitor, site, MEMBER)
    yield Hand(visitor)
    # Chromium notes our polite refusals as errors.
    visitor.errors[:] = [each for each in visitor.errors if "422" not in each]


def test_the_whole_life_of_an_entry(hand: Hand, tmp_path: Path) -> None:
    title = f"Kurs {time.monotonic_ns()}"
    slug = begun(hand, title)
    reached(hand)
    timed(hand)
    found_in_an_area(hand)
    told_apart(hand)
    hand.reads(title, "Noch nicht zu sehen.", "7 von 7 Teilen")
    with_a_date(hand, slug)
    previewed(hand, slug)
    checked(hand, slug)
    by_spreadsheet(hand, slug, tmp_path)
    unwanted(hand, slug)


def begun(hand: Hand, title: str) -> str:
    hand.open("einstellungen/")
    hand.tick("writes_in", "en")
    hand.press("Sichern")
    hand.open("")
    hand.follow("Neuer Eintrag")
    hand.tick("kind", "training")
    hand.press("Anfangen")
    assert hand.page.locator(".form-field:has([name=title]) .wrong").is_visible()
    assert hand.page.locator("[name=kind][value=training]").is_checked()
    hand.fill(title=title)
    hand.press("Anfangen")
    slug = hand.page.url.split("/")[-3]
    hand.fill(helps_with_de=WORDS, description_de="Ein Tag.", title_en="Training", helps_with_en="Practice.")
    hand.save("next")
    hand.reads("Als Entwurf gesichert")
    return slug


def reached(hand: Hand) -> None:
    """A wrong number is told, and everything that was typed is still there."""
    hand.fill(**{"contacts-0-value": "0211", "contacts-0-label": "nach Asel fragen"})
    hand.save("next")
    assert hand.page.locator(".member-row .wrong").inner_text()
    assert hand.page.locator("[name=contacts-0-value]").input_value() == "0211"
    assert hand.page.locator("[name=contacts-0-label]").input_value() == "nach Asel fragen"
    hand.fill(**{"contacts-0-value": "0211 4567890"})
    hand.save("more")
    hand.fill(**{"contacts-1-value": "kurs@example.org"})
    hand.choose(**{"contacts-1-kind": "email"})
    hand.save("next")


def timed(hand: Hand) -> None:
    """Lines that are full make room for others, and are read back."""
    first, second = "opening_hours-0", "opening_hours-1"
    for line, day in ((first, "0"), (second, "1")):
        hand.tick(f"{line}-days", day)
        hand.fill(**{f"{line}-begin": "09:00"})
    hand.save("back")
    assert hand.page.locator("fieldset.hours-field > .wrong").is_visible()
    assert hand.page.locator(f"[name={first}-begin]").input_value() == "09:00"
    hand.fill(**{f"{first}-end": "12:30", f"{second}-end": "13:45"})
    hand.save("more")
    hand.reads("Zu lesen ist:", "12:30", "13:45")
    assert hand.page.locator("[name=opening_hours-2-begin]").input_value() == ""
    hand.save("next")


def found_in_an_area(hand: Hand) -> None:
    hand.fill(find="gibt es nicht")
    hand.save("find")
    hand.reads("Nichts gefunden")
    hand.fill(find="Erfurt")
    hand.save("find")
    hand.reads("Gefundene Orte stehen oben")
    hand.tick("areas_served", "erfurt")
    hand.tick("modes", "on_site")
    hand.fill(find="", area_note="auch Umland", **{"places-0-name": "Haus"})
    with hand.page.expect_navigation():
        hand.page.locator("[name=area_note]").press("Enter")
    hand.reads("Als Entwurf gesichert")
    assert hand.page.locator("[name=areas_served][value=erfurt]").is_checked()
    assert hand.page.locator("[name=places-0-name]").input_value() == "Haus"
    hand.save("next")


def told_apart(hand: Hand) -> None:
    """What it is, what it costs, what institutions ask: long lists are folded, and say what is ticked."""
    hand.tick("topics", "bullying")
    hand.save("next")
    hand.choose(cost="free")
    hand.tick("spoken", "tr")
    hand.tick("access_features", "step_free")
    hand.save("next")
    hand.page.go_back()
    assert "Türkisch" in hand.page.locator("details.folded:has([name=spoken]) summary").inner_text()
    hand.save("next")
    hand.tick("formats", "workshop")
    hand.tick("sectors", "retail")
    hand.fill(duration="1 Tag")
    hand.save("back")


def with_a_date(hand: Hand, slug: str) -> None:
    day = localdate() + timedelta(days=40)
    hand.follow("Termine")
    assert not hand.page.locator("[name=date-0-DELETE]").count()
    hand.fill(**{"date-0-day": day.isoformat(), "date-0-begins": "10:00"})
    hand.press("Sichern und noch einen Termin")
    hand.reads(f"{day.day}.", "10:00")
    hand.page.locator("[name=date-0-DELETE]").check()
    hand.press("Sichern und noch einen Termin")
    hand.reads("Es stehen noch keine kommenden Termine da.")
    hand.open(f"eintrag/{slug}/")


def previewed(hand: Hand, slug: str) -> None:
    hand.follow("Vorschau")
    hand.reads("Vorschau.", WORDS, "0211 4567890")
    hand.follow("Karte in einer Liste")
    hand.reads(WORDS)
    hand.follow("English")
    hand.reads("Vorschau.", "Training", "Practice.")
    hand.follow("Zurück zum Eintrag")


def checked(hand: Hand, slug: str) -> None:
    hand.press("Zur Prüfung schicken")
    hand.reads("Die Stadt prüft, was Sie geschickt haben.")
    hand.follow("Verlauf")
    hand.reads("An die Stadt zur Prüfung geschickt", "Entwurf geschrieben")
    hand.open(f"eintrag/{slug}/text/")
    hand.press("Zurückziehen")
    hand.reads("Zurückgezogen. Sie können weiterschreiben.", "Name und Beschreibung")


def by_spreadsheet(hand: Hand, slug: str, folder: Path) -> None:
    """Taken along, changed elsewhere, brought back, looked at and submitted."""
    hand.open("")
    hand.follow("Alle Einträge in einer Tabelle")
    with hand.page.expect_download() as download:
        hand.page.get_by_role("link", name=".xlsx").click()
    path = folder / "table.xlsx"
    download.value.save_as(path)
    change(path, slug, helps_with_de="Aus der Tabelle.")
    hand.page.locator("[name=file]").set_input_files(path)
    hand.press("Zeigen, was sich ändern würde")
    hand.page.wait_for_selector("form button.main", timeout=60_000)  # it looks again by itself
    hand.reads("Das würde sich ändern", WORDS, "Aus der Tabelle.")
    hand.press("1 Eintrag")
    hand.page.wait_for_selector("main a.button[href='/konto/']", timeout=60_000)
    hand.open(f"eintrag/{slug}/")
    hand.reads("Die Stadt prüft, was Sie geschickt haben.")
    hand.press("Zurückziehen")
    hand.press("Zur Prüfung schicken")


def unwanted(hand: Hand, slug: str) -> None:
    hand.open(f"entfernen/{slug}/")
    hand.fill(remark="Gibt es nicht mehr.")
    hand.press("Um Entfernung des Eintrags bitten")
    hand.reads("Geschickt. Der Eintrag bleibt", "Ändern, was ich geschrieben habe")
    assert hand.page.locator("[name=remark]").input_value() == "Gibt es nicht mehr."
    hand.open(f"eintrag/{slug}/")
    hand.press("Zurückziehen")


def test_a_house_and_its_people(hand: Hand, new_visitor: NewVisitor) -> None:
    """Room in one tap, a colleague who comes and goes, everything to take away."""
    hand.open("")
    hand.reads("Diakonie")
    hand.open(f"plaetze/{ONLINE}/")
    before = hand.page.locator("[name=room][aria-current]").inner_text()
    hand.press("Warteliste, etwa 8 Wochen")
    hand.reads("Gesichert. Alle lesen es jetzt.")
    assert "8" in hand.page.locator("[name=room][aria-current]").inner_text()
    hand.press(before)
    with_a_colleague(hand, new_visitor)
    hand.open("")
    hand.follow("Alle Einträge in einer Tabelle")
    with hand.page.expect_download() as download:
        hand.page.get_by_role("link", name=".zip").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        assert {"entries.json", "history.csv", "members.csv"} <= set(packed.namelist())
        assert ONLINE in packed.read("entries.json").decode()


def with_a_colleague(hand: Hand, new_visitor: NewVisitor) -> None:
    address = f"neu-{time.monotonic_ns()}@example.org"
    hand.open("")
    hand.follow("Wer die Einträge pflegt")
    hand.fill(email="niemand")
    hand.press("Einladung schicken")
    assert hand.page.locator("main .wrong").is_visible()
    hand.fill(email=address)
    hand.press("Einladung schicken")
    hand.reads("Eingeladen, noch nicht angenommen", address)
    colleague = Hand(new_visitor(PHONE, javascript=False, locale="de-DE"))
    found = re.search(r"/konto/(einladung/\S+)", newest_mail(hand.site.folder, address))
    assert found
    colleague.open(found[1])
    with colleague.page.expect_navigation():
        colleague.page.locator("main form button.main").click()
    colleague.look()
    colleague.reads("Willkommen!", "Diakonie")
    hand.open("")
    hand.follow("Wer die Einträge pflegt")
    hand.follow("Mitglied entfernen", within=f"main li:has-text('{address}')")
    hand.press("Mitglied entfernen")
    hand.reads("Das Mitglied ist entfernt.")
    assert address not in hand.page.locator("main").inner_text()


def test_a_second_factor(hand: Hand, site: Site) -> None:
    hand.open("zugang/")
    hand.follow("Eine Authenticator-App einrichten")
    assert hand.page.locator(".qr-code svg").is_visible()
    hand.fill(code="000000")
    hand.press("Einschalten")
    assert hand.page.locator("main .wrong").is_visible()
    hand.fill(code=code(hand.page.locator(".secret").inner_text()))
    hand.press("Einschalten")
    hand.reads("Drucken oder notieren Sie sie jetzt")
    spare = hand.page.locator(".recovery-codes code").all_inner_texts()
    assert len(spare) == 10
    hand.press("Abmelden", within=".member-nav")
    hand.open("")
    assert hand.page.url.startswith(f"{site.url}/konto/anmelden/")
    name, password = site.accounts[MEMBER]
    hand.page.locator("main summary").click()
    hand.fill(login=name, password=password)
    with hand.page.expect_navigation():
        hand.page.locator("form:has([name=password]) button").click()
    hand.fill(code=spare[0])
    hand.press("Anmelden")
    hand.reads("Diakonie")
    hand.open("zugang/")
    hand.follow("Die App entfernen")
    hand.press("Die App entfernen")
    hand.open("zugang/")
    hand.reads("Eine Authenticator-App einrichten")
