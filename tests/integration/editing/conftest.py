import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.integration.directory.making import superuser


@pytest.fixture
def chris(db: None) -> User:
    """Staff who may do everything."""
    return superuser("chris")


@pytest.fixture
def admin(chris: User) -> Client:
    client = Client()
    client.force_login(chris)
    return client
