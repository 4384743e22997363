"""The mail to the body: in German, and once more as the person read the form."""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import get_language, gettext, override

from directory.languages import MAIN
from directory.spoken import spoken_name
from referrals.slips.callback import TIMES, Request

logger = logging.getLogger(__name__)

_nowhere = ("django.core.mail.backends.dummy.EmailBackend",)


def can_be_sent() -> bool:
    """Without EMAIL_URL mail goes nowhere, and nobody must be told that somebody will call."""
    return settings.EMAIL_BACKEND not in _nowhere


def letter(asked: Request, to: str) -> EmailMessage:
    languages = dict.fromkeys((MAIN, get_language() or MAIN))
    with override(MAIN):
        subject = gettext("Please call back")
    return EmailMessage(
        subject=subject,
        body="\n\n– – –\n\n".join("\n".join(_lines(asked, language)) for language in languages) + "\n",
        to=[to],
        reply_to=[asked.mail] if asked.mail else [],
    )


def _lines(asked: Request, language: str) -> Iterator[str]:
    with override(language):
        yield gettext("Somebody asks you to call or to write back. They wrote this on %(site)s:") % {
            "site": settings.WAGTAIL_SITE_NAME
        }
        yield ""
        for name, value in (
            (gettext("Name"), asked.who),
            (gettext("Telephone"), asked.number),
            (gettext("E-mail"), asked.mail),
            (gettext("Good time"), str(TIMES[asked.when])),
            (gettext("Language"), spoken_name(asked.speaks, language) if asked.speaks else ""),
        ):
            if value:
                yield f"{name}: {value}"
        yield ""
        yield gettext("Say who you are only when they answer themselves: somebody else may pick up the telephone.")
        yield gettext("This mail is the only copy. Delete it when you have reached the person.")


def send(asked: Request, to: str) -> bool:
    """The log gets to know that it failed, and nothing of what was in it: libraries quote addresses."""
    try:
        return bool(letter(asked, to).send())
    except OSError:
        logger.error("The mail server took no request for a call-back.")
        return False
