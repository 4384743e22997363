"""Every form without an account, on a phone and without scripts: what is wrong is told, what was typed stays."""

import time

import pytest

from tests.browser.conftest import PHONE, NewVisitor, Site
from tests.browser.hands import Hand
from tests.browser.test_organisations import mailed
from tests.browser.test_public_forms import link_in, newest_mail

ONLINE = "dus-respekt-coaches"


def send(hand: Hand, **values: str) -> None:
    hand.fill(**values)
    with hand.page.expect_navigation():
        hand.page.locator("main form button.main").first.click()
    hand.look()


def wait(hand: Hand) -> None:
    """Nobody fills a form in within two seconds; the forms without an account know that."""
    hand.page.wait_for_timeout(2500)


def test_a_mistake_is_reported(new_visitor: NewVisitor) -> None:
    hand = Hand(new_visitor(PHONE, javascript=False, locale="de-DE"))
    hand.visitor.open(f"angebote/{ONLINE}/")
    hand.follow("Einen Fehler melden")
    send(hand, remark="Montags zu.")
    assert hand.page.locator("main [role=alert]").is_visible()
    assert hand.page.locator("[name=remark]").input_value() == "Montags zu."
    hand.page.locator("[name=wrong][value=hours]").check()
    wait(hand)
    send(hand)
    hand.reads("Danke")


@pytest.mark.parametrize("way", ["claim", "organisation"])
def test_it_is_sent_by_the_mailed_link(new_visitor: NewVisitor, way: str) -> None:
    hand = Hand(new_visitor(PHONE, javascript=False, locale="de-DE"))
    sender = f"{way}-{time.monotonic_ns()}@verein.example.org"
    if way == "claim":
        hand.visitor.open("angebote/dus-obr/")
        hand.follow("Arbeiten Sie hier?")
        hand.fill(task="Büro")
    else:
        hand.visitor.open("vorschlagen/")
        hand.follow("Organisation")
        hand.fill(name="Verein", does="Berät.", website="https://verein.example.org")
    before = filled(hand)
    send(hand, email="ohne")
    assert hand.page.locator(".form-field:has([name=email]) .wrong").is_visible()
    assert filled(hand) >= before
    wait(hand)
    send(hand, email=sender)
    hand.reads(sender)
    hand.visitor.open(link_in(newest_mail(hand.site.folder, sender)))
    send(hand)
    hand.reads("Es ist angekommen")


def filled(hand: Hand) -> set[str]:
    fields = hand.page.locator("main .form-field input[type=text], main textarea").all()
    return {field.input_value() for field in fields} - {""}


def test_somebody_else_is_asked_from_now_on(new_visitor: NewVisitor, site: Site) -> None:
    """First a correction by the mailed link, that is refused where it is wrong; then the mail is passed on."""
    hand = Hand(new_visitor(PHONE, javascript=False, locale="de-DE"))
    links = mailed(site, "jena-welcome")
    (change_link,) = [each for each in links if "/aendern/" in each]
    (pass_link,) = [each for each in links if "/weitergeben/" in each]
    hand.page.goto(site.url + change_link)
    hand.look()
    hand.page.locator("main input[inputmode=tel]").first.fill("036")
    hand.page.locator("main form button.main").click()
    assert hand.page.locator("main .wrong").first.is_visible()
    assert hand.page.locator("main input[inputmode=tel]").first.input_value() == "036"
    hand.look()
    hand.page.goto(site.url + pass_link)
    hand.look()
    with hand.page.expect_navigation():
        hand.page.locator("main form button.main").click()
    assert hand.page.locator("main .wrong").first.is_visible()
