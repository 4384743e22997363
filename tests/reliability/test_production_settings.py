"""Production settings in a process of their own: what they refuse, and what they set."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.reliability.starting import environment, wegweiser

READ = """
import json
from wegweiser.settings import production
plain = (str, int, bool, list, dict, tuple, type(None))
print(json.dumps({k: v for k, v in vars(production).items() if k.isupper() and isinstance(v, plain)}, default=str))
"""


def settings(env: Mapping[str, str]) -> dict[str, object]:
    result = subprocess.run([sys.executable, "-c", READ], env=env, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_unsafe_settings_stop_the_start_with_all_reasons_and_no_traceback(tmp_path: Path) -> None:
    unsafe = environment(tmp_path, DEBUG="true", PUBLIC_URL="http://x", ALLOWED_HOSTS="*", SECRET_KEY="geheim")
    result = wegweiser("check", env=unsafe)
    assert result.returncode == 1
    assert result.stdout == ""
    first, *reasons = result.stderr.strip().splitlines()
    assert first == "Wegweiser does not start:"
    assert [line.split()[1] for line in reasons] == ["DEBUG", "SECRET_KEY", "PUBLIC_URL", "ALLOWED_HOSTS"]
    assert "geheim" not in result.stderr


def test_a_site_of_nothing_but_defaults_does_not_start(tmp_path: Path) -> None:
    bare = environment(tmp_path, PUBLIC_URL="-", ALLOWED_HOSTS="-", WEGWEISER_DATA_DIR="-", TRUSTED_PROXY="-")
    result = wegweiser("check", env=bare | {"XDG_DATA_HOME": str(tmp_path)})
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    for name in ("PUBLIC_URL", "ALLOWED_HOSTS", "WEGWEISER_DATA_DIR"):
        assert f"- {name} " in result.stderr


def test_djangos_own_check_for_deployment_finds_nothing(tmp_path: Path) -> None:
    result = wegweiser("check", "--deploy", "--fail-level", "WARNING", env=environment(tmp_path))
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return settings(environment(tmp_path_factory.mktemp("data")))


def test_browsers_stay_on_https(usual: dict[str, object]) -> None:
    assert usual["SECURE_SSL_REDIRECT"] is True
    assert int(str(usual["SECURE_HSTS_SECONDS"])) >= 365 * 24 * 3600
    assert usual["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_cookies_of_staff_are_theirs_alone(usual: dict[str, object]) -> None:
    for kind in ("SESSION", "CSRF"):
        assert str(usual[f"{kind}_COOKIE_NAME"]).startswith("__Secure-")
        assert usual[f"{kind}_COOKIE_SECURE"] is True
        assert usual[f"{kind}_COOKIE_PATH"] == "/admin/"
        assert usual[f"{kind}_COOKIE_SAMESITE"] in ("Strict", "Lax")  # Lax: back from a city's own sign-in


def test_hsts_spares_the_other_sites_of_a_whole_domain(tmp_path: Path) -> None:
    whole = {"PUBLIC_URL": "https://example.org", "ALLOWED_HOSTS": "example.org"}
    assert settings(environment(tmp_path, **whole))["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is False
    wanted = environment(tmp_path, **whole, HSTS_SUBDOMAINS="true")
    assert settings(wanted)["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_a_header_is_believed_only_where_a_proxy_is_named(tmp_path: Path, usual: dict[str, object]) -> None:
    assert usual["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert "SECURE_PROXY_SSL_HEADER" not in settings(environment(tmp_path, TRUSTED_PROXY="-"))


def test_postgresql_connections_are_kept_checked_and_limited(tmp_path: Path) -> None:
    found = settings(environment(tmp_path, DATABASE_URL="postgresql://w@/city?host=/run/x"))["DATABASES"]
    assert isinstance(found, dict)
    database = found["default"]
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"]["host"] == "/run/x"
    assert "statement_timeout=30s" in database["OPTIONS"]["options"]


def test_mail_goes_nowhere_until_a_server_is_named(tmp_path: Path, usual: dict[str, object]) -> None:
    assert usual["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"
    named = settings(environment(tmp_path, EMAIL_URL="smtp+tls://w:key@mail.example.org:587"))
    assert (named["EMAIL_HOST"], named["EMAIL_PORT"], named["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert named["EMAIL_TIMEOUT"] == 10


def test_the_doctor_repeats_no_password_of_a_database_that_is_away(tmp_path: Path) -> None:
    away = environment(
        tmp_path,
        DATABASE_URL="postgresql://wegweiser:geheim@127.0.0.1:1/city",
        EMAIL_URL="smtp://wegweiser:geheim@127.0.0.1:1",
        LOG_LEVEL="DEBUG",
    )
    result = wegweiser("doctor", "--json", env=away)
    assert result.returncode == 1, result.stderr
    assert "geheim" not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    levels = {found["check"]: found["level"] for found in json.loads(result.stdout)["findings"]}
    assert levels["database"] == levels["mail"] == "error"
    assert levels["disk"] == "ok"
    assert len(levels) > 12
