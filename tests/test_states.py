"""The tests' own ground: states of the database follow each other without a trace, the network is shut."""

import socket

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError
from wagtail.models import Locale, Page

from directory import vocabulary
from directory.models import Listing


@pytest.mark.django_db
def test_an_ordinary_test_starts_without_demo_data() -> None:
    assert not Listing.objects.exists()
    assert Page.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_starts_with_what_migrations_made() -> None:
    assert Locale.objects.exists()
    assert Page.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_and_leaves_it_to_the_next_although_it_is_flushed_in_between() -> None:
    assert Locale.objects.exists()
    assert Page.objects.exists()


@pytest.mark.usefixtures("demo")
def test_the_demo_data_is_there_for_who_asks() -> None:
    assert Listing.objects.count() == 125
    assert vocabulary.terms("grounds")


@pytest.mark.usefixtures("demo")
def test_a_change_to_the_demo_data_does_not_outlive_its_test() -> None:
    site = vocabulary.configuration()
    site.home_area = "jena"
    site.save()
    assert vocabulary.home_area() == "jena"


@pytest.mark.usefixtures("demo")
def test_and_the_next_test_sees_what_was_there_before() -> None:
    assert vocabulary.home_area() == "duesseldorf"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("demo")
def test_real_transactions_on_the_demo_data() -> None:
    assert Listing.objects.count() == 125


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_the_internet() -> None:
    with pytest.raises((SocketBlockedError, SocketConnectBlockedError)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises((SocketBlockedError, SocketConnectBlockedError)):
        socket.create_connection(("2001:db8::1", 443), timeout=1)
