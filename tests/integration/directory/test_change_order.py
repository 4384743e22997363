"""Ids must commit in order, else a reader by position would skip rows. SQLite has one writer anyhow."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from directory.models import Change
from tests.integration.directory.making import organisation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="only PostgreSQL has several writers"),
]


def test_a_second_writer_waits_until_the_first_has_committed() -> None:
    written = Event()

    def second() -> None:
        try:
            organisation("second")
            written.set()
        finally:
            connection.close()

    thread = Thread(target=second)
    with transaction.atomic():
        organisation("first")
        thread.start()
        assert not written.wait(0.5), "the second writer took an id before the first one's was visible"
    thread.join(10)
    assert written.is_set()
    assert list(Change.objects.order_by("id").values_list("slug", flat=True)) == ["first", "second"]
