"""Settings of the tests: a throw-away data folder, cheap passwords, nothing from the developer's machine."""

import os
import tempfile

os.environ["WEGWEISER_DATA_DIR"] = os.environ.get("WEGWEISER_TEST_DATA_DIR") or tempfile.mkdtemp(
    prefix="wegweiser-test-"
)
os.environ["LANGUAGES"] = os.environ.get("WEGWEISER_TEST_LANGUAGES", "de,en,tr,ar,uk")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "") or "sqlite://:memory:"
os.environ |= {"SEARCH_URL": "", "SEARCH_API_KEY": "", "SEARCH_CA_FILE": ""}
os.environ["SECOND_FACTOR"] = "optional"  # the tests of sign-in ask for it themselves
os.environ["OIDC_URL"] = ""
os.environ["CHECK_LINKS"] = "false"

from wegweiser.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False  # reading every static file of Wagtail costs each test process a second
