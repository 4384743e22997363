"""By the clock: each night those that are due are written to, each minute those that ask for links."""

import logging

from directory import mail_links
from directory.upkeep import asking

logger = logging.getLogger(__name__)

# Fifty that are due at once would answer at once, too, and somebody has to read it.
AT_MOST = 30


def attempt() -> None:
    """Nothing of it stops the night's other work."""
    try:
        mail_links.forget_old()
        told = [each.what for each in asking.remind_owners(at_most=AT_MOST)]
    except Exception:
        logger.exception("Asking organisations failed")
    else:
        if unsent := told.count("not sent"):
            logger.error("%d organisations could not be written to", unsent)


def send_links() -> None:
    try:
        asking.send_links()
    except Exception:
        logger.exception("Sending links failed")
