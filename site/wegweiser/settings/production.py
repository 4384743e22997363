"""A city's own site: https only, and no start with a setting that would harm its visitors."""

import os
from urllib.parse import urlsplit

from wegweiser.settings.base import *  # noqa: F403
from wegweiser.settings.base import (
    ALLOWED_HOSTS,
    DATA_DIR,
    DATABASES,
    DEBUG,
    PUBLIC_URL,
    SECRET_KEY,
    STORAGES,
    env,
)
from wegweiser.settings.refusals import Given, refusals

if found := refusals(
    Given(
        environment=os.environ,
        debug=DEBUG,
        secret_key=SECRET_KEY,
        public_url=PUBLIC_URL,
        allowed_hosts=ALLOWED_HOSTS,
        database=DATABASES["default"],
    )
):
    raise SystemExit("Wegweiser does not start:\n" + "\n".join(f"- {sentence}" for sentence in found))

# Whoever can send this header without passing the proxy could pretend to be on https.
TRUSTED_PROXY = env.bool("TRUSTED_PROXY", False)
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
# Below a city's own domain only; on the domain itself it would reach every other site of the city.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", (urlsplit(PUBLIC_URL).hostname or "").count(".") >= 2)
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is the domain owner's decision, and hard to take back

# `__Host-` would demand the path "/", and visitors must never carry a cookie: `__Secure-` with the path /admin/.
SESSION_COOKIE_NAME = "__Secure-sessionid"
CSRF_COOKIE_NAME = "__Secure-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", 30)  # seconds; 0: none
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "options": f"-c statement_timeout={STATEMENT_TIMEOUT}s -c lock_timeout=10s",
        **DATABASES["default"].get("OPTIONS", {}),
    }

# Hashed names that a browser keeps for ever: `wegweiser serve` collects them once per version.
STATIC_ROOT = env.path("STATIC_ROOT", str(DATA_DIR / "static"))
STORAGES |= {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_USE_FINDERS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the time and room: no page asks for another name
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page needs our files
WHITENOISE_MANIFEST_STRICT = False  # a forgotten picture must not take the page with it
