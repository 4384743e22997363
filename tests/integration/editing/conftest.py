import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.users.models import UserProfile

from tests.integration.directory.making import superuser


@pytest.fixture
def chris(db: None) -> User:
    """Staff who may do everything, and read English."""
    found = superuser("chris")
    UserProfile(user=found, preferred_language="en").save()
    return found


@pytest.fixture
def admin(chris: User) -> Client:
    client = Client()
    client.force_login(chris)
    return client
