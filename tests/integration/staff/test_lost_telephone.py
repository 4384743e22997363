"""The way back for somebody whose telephone and recovery codes are gone."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from tests.integration.directory.making import superuser
from tests.integration.staff.signing_in import is_in, set_up, sign_in, with_password

pytestmark = pytest.mark.django_db


def test_a_new_second_factor_and_no_session_left(settings: Settings, tmp_path: Any) -> None:
    settings.SECOND_FACTOR, settings.DATA_DIR = "required", tmp_path
    clients = {}
    for name in ("chris", "dana"):
        with_password(superuser(name))
        clients[name] = Client()
        sign_in(clients[name], name)
        set_up(clients[name])
    call_command("reset_second_factor", "chris")
    assert (is_in(clients["chris"]), is_in(clients["dana"])) == (False, True)
    assert {found.user.username for found in Authenticator.objects.all()} == {"dana"}
    sign_in(clients["chris"], "chris")
    set_up(clients["chris"])
    assert is_in(clients["chris"])


def test_nobody_of_that_name(db: None) -> None:
    with pytest.raises(CommandError, match="nobody-here"):
        call_command("reset_second_factor", "nobody-here")
