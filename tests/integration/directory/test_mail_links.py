"""A mailed link does one thing, once, for a while."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from directory import mail_links
from directory.mail_links import ExpiredError, Purpose, UnusableError, UsedError
from directory.models import MailLink
from tests.integration.directory.making import organisation

pytestmark = pytest.mark.django_db


def issued(purpose: Purpose = Purpose.STILL_CORRECT, days: int = 30) -> str:
    return mail_links.issue(
        purpose=purpose,
        valid_for=timedelta(days=days),
        organisation=organisation(),
        email="info@example.org",
        about={"listings": [1, 2]},
    )


def test_it_says_what_it_was_made_for() -> None:
    link = mail_links.look(issued(), purpose=Purpose.STILL_CORRECT)
    assert (link.organisation and link.organisation.slug, link.email) == ("house", "info@example.org")
    assert link.about == {"listings": [1, 2]}


def test_looking_uses_nothing_and_using_uses_it_up() -> None:
    token = issued()
    mail_links.look(token, purpose=Purpose.STILL_CORRECT)
    mail_links.use(token, purpose=Purpose.STILL_CORRECT)
    for follow in (mail_links.look, mail_links.use):
        with pytest.raises(UsedError):
            follow(token, purpose=Purpose.STILL_CORRECT)


@pytest.mark.parametrize("other", [purpose for purpose in Purpose if purpose != Purpose.STILL_CORRECT])
def test_it_is_useless_for_anything_else(other: Purpose) -> None:
    token = issued()
    with pytest.raises(UnusableError):
        mail_links.use(token, purpose=other)
    # Not even where somebody could write the purpose into the database.
    MailLink.objects.update(purpose=other)
    with pytest.raises(UnusableError):
        mail_links.use(token, purpose=other)


def test_it_expires() -> None:
    token = issued(days=1)
    MailLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ExpiredError):
        mail_links.use(token, purpose=Purpose.STILL_CORRECT)


@pytest.mark.parametrize("spoil", [str.swapcase, lambda token: token[:-1], lambda token: "", lambda token: "a:b"])
def test_what_was_written_by_hand_is_none(spoil: Callable[[str], str]) -> None:
    token = issued()
    with pytest.raises(UnusableError):
        mail_links.look(spoil(token), purpose=Purpose.STILL_CORRECT)


def test_the_database_does_not_hold_the_secret() -> None:
    token = issued()
    stored = MailLink.objects.values().get()
    assert token.split(":")[0] not in str(stored)


def test_what_fails_leaves_it_unused() -> None:
    token = issued()

    def fail() -> None:
        mail_links.use(token, purpose=Purpose.STILL_CORRECT)
        raise ValueError

    with pytest.raises(ValueError), transaction.atomic():  # noqa: PT011
        fail()
    assert mail_links.use(token, purpose=Purpose.STILL_CORRECT)


def test_old_ones_are_forgotten() -> None:
    issued()
    MailLink.objects.update(expires_at=timezone.now() - timedelta(days=29))
    assert mail_links.forget_old() == 0
    MailLink.objects.update(expires_at=timezone.now() - timedelta(days=31))
    assert mail_links.forget_old() == 1
    assert not MailLink.objects.exists()


class TestTyped:
    def issued(self) -> str:
        return mail_links.issue(purpose=Purpose.CLAIM, valid_for=timedelta(days=1), typed=True)

    def test_it_is_short_and_has_no_letter_that_looks_like_a_digit(self) -> None:
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", self.issued())

    @pytest.mark.parametrize(
        "written", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}. "]
    )
    def test_however_it_is_written(self, written: Callable[[str], str]) -> None:
        assert mail_links.look(written(self.issued()), purpose=Purpose.CLAIM)

    def test_o_is_a_zero_and_l_is_a_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("directory.mail_links._code", lambda: "0011-ABCD-EFGH")
        self.issued()
        assert mail_links.look("OoiL ABCD EFGH", purpose=Purpose.CLAIM)

    def test_it_works_once_and_for_its_purpose_only(self) -> None:
        code = self.issued()
        with pytest.raises(UnusableError):
            mail_links.look(code, purpose=Purpose.SIGN_IN)
        mail_links.use(code, purpose=Purpose.CLAIM)
        with pytest.raises(UsedError):
            mail_links.use(code, purpose=Purpose.CLAIM)

    @pytest.mark.parametrize("guess", ["", "-", "0000-0000-0000", "ä" * 9000, "\0"])
    def test_a_guess_opens_nothing(self, guess: str) -> None:
        self.issued()
        with pytest.raises(UnusableError):
            mail_links.look(guess, purpose=Purpose.CLAIM)

    def test_whoever_has_the_database_alone_cannot_try_codes_against_it(self) -> None:
        code = self.issued()
        stored = MailLink.objects.get().digest
        plain = (code, code.replace("-", ""))
        assert stored not in {hashlib.sha256(each.encode()).hexdigest() for each in plain}
