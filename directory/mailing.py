"""Mail to organisations and their members: plain text, German first, the reader's language below it.

Call it after the transaction of what the mail tells: a mail cannot be taken back, and a server may take its time.
A template of `directory/mail/` extends `base.txt` there and fills the blocks `subject` (one line, no names of
persons) and `body`. An address within is written as `{{ at }}{% url … %}`: it leads to the page in that language.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from directory.languages import MAIN, SHIPPED
from directory.models import UnsentMail
from directory.vocabulary import configuration

logger = logging.getLogger(__name__)

_nowhere = ("django.core.mail.backends.dummy.EmailBackend",)
_between_languages = "\n\n– – –\n\n"
# RFC 3834: nobody's holiday answer comes back, and no two programs write to each other for ever.
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

# A role's address outlives the person (RFC 2142 names some); these are the ones that associations use.
ROLES = ("info", "kontakt", "contact", "office", "buero", "post", "mail", "beratung", "team", "verein")


def can_be_sent() -> bool:
    """Without EMAIL_URL mail goes nowhere."""
    return settings.EMAIL_BACKEND not in _nowhere


def send(to: str, template: str, context: Mapping[str, Any], language: str) -> bool:
    """Whether the mail server took it. If not, staff see it on their list; nothing is raised."""
    if can_be_sent() and _delivered(mail(to, template, context, language)):
        UnsentMail.objects.filter(template=template, to=to).delete()
        return True
    _note(to, template, language)
    return False


def mail(to: str, template: str, context: Mapping[str, Any], language: str) -> EmailMessage:
    languages = dict.fromkeys((MAIN, language if language in SHIPPED else MAIN))
    written = [_written(template, context, each) for each in languages]
    return EmailMessage(
        subject=" / ".join(dict.fromkeys(subject for subject, _body in written)),
        body=_between_languages.join(body for _subject, body in written) + "\n",
        to=[to],
        reply_to=[address] if (address := configuration().publisher_email) else [],
        headers=dict(_HEADERS),
    )


def role_first(addresses: Iterable[str]) -> list[str]:
    """Those of a role before those of a person; otherwise in the order given."""
    return sorted(dict.fromkeys(each for each in addresses if each), key=lambda each: not _is_role(each))


def _is_role(address: str) -> bool:
    words = re.split(r"[^a-z]+", address.partition("@")[0].casefold())
    return any(word in ROLES for word in words)


def _written(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The first line is the subject."""
    with override(language):
        shared = {"at": settings.PUBLIC_URL.rstrip("/"), "site": settings.WAGTAIL_SITE_NAME, "language": language}
        found = get_template(f"directory/mail/{template}.txt").template  # type: ignore[attr-defined]
        text: str = found.render(
            Context(shared | {"publisher": configuration()} | dict(context), autoescape=False)
        )
    subject, _newline, body = text.strip().partition("\n")
    return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body).strip()


def _delivered(message: EmailMessage) -> bool:
    try:
        return bool(message.send())
    except (OSError, ValueError):  # ValueError: a header that mail cannot carry
        # Libraries quote addresses: the log gets to know that it failed, and no more.
        logger.error("The mail server took no mail.")
        return False


def _note(to: str, template: str, language: str) -> None:
    unsent, _made = UnsentMail.objects.get_or_create(template=template, to=to)
    unsent.language = language
    unsent.tries += 1
    unsent.save()
