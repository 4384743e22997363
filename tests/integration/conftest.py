from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from wagtail.users.models import UserProfile

from tests.integration.directory.making import superuser


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Made by the first start of an installation; whitenoise warns where it is missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


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
