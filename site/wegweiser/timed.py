"""What happens by the clock: scheduled publishing each minute, proofs each night.

However many servers run, one at a time does it.
"""

import logging
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connection

from directory.alone import alone
from directory.reviewing import answering
from directory.upkeep import nightly as upkeep
from wegweiser import nightly

logger = logging.getLogger(__name__)

SECONDS = 60
HEARTBEAT = "last_round"


def once() -> bool:
    """One round; False where another process is at it."""
    with alone("round") as mine:
        if mine:
            call_command("publish_scheduled", verbosity=0)
            call_command("clearsessions", verbosity=0)  # who has left the desk leaves no row
            answering.answer_rest()
            (Path(settings.DATA_DIR) / HEARTBEAT).touch()
            upkeep.send_links()
            nightly.attempt()
        return mine


def start(stop: Event, seconds: float = SECONDS) -> Thread:
    """Beside the server, in the process that watches its workers."""
    thread = Thread(target=rounds, args=(stop, seconds), name="timed", daemon=True)
    thread.start()
    return thread


def rounds(stop: Event, seconds: float = SECONDS) -> None:
    while True:
        attempt()
        if stop.wait(seconds):
            return


def attempt() -> None:
    """A database that is away for a minute ends no rounds."""
    close_old_connections()
    try:
        once()
    except Exception:
        logger.exception("A round of scheduled work failed")
        connection.close()
