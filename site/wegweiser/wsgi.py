import os
from contextlib import suppress
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wegweiser.settings.base")


def application_after_repair() -> Any:
    """A restore that was killed between its last two steps is finished before the first page."""
    ready = get_wsgi_application()
    from django.db import DatabaseError  # after the settings are known

    from wegweiser.backup.restoring import settle

    with suppress(DatabaseError):  # every page will say so
        settle()
    return ready


application = application_after_repair()
