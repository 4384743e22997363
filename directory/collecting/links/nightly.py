"""The links that are due, once a night, for as long as nothing else has to wait."""

import logging

from django.conf import settings

from directory.alone import alone
from directory.collecting.links.checking import check_links
from directory.vocabulary import configuration

logger = logging.getLogger(__name__)

AT_MOST = 300
SECONDS = 240


def attempt() -> None:
    """Not with demo data, which nobody has asked to be checked; and nothing of it stops the night's other work."""
    if not settings.CHECK_LINKS or configuration().demo:
        return
    try:
        with alone("links") as mine:
            if mine and check_links(at_most=AT_MOST, seconds=SECONDS).is_offline:
                logger.error("No web address answered: is this machine on the net?")
    except Exception:
        logger.exception("The check of links failed")
