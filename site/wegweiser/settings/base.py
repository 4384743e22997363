"""Settings from the environment, safe by default. `.env.example` names what an operator may set."""

from importlib.util import find_spec
from pathlib import Path

import environ

from directory.languages import MAIN, SHIPPED
from wegweiser.settings.data_folder import data_folder, secret_key

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent

DATA_DIR = data_folder(env.str("WEGWEISER_DATA_DIR", ""))
SECRET_KEY = env.str("SECRET_KEY", "") or secret_key(DATA_DIR)
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", "http://localhost:8000")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
SEARCH_URL = env.str("SEARCH_URL", "")
EXIT_URL = env.str("EXIT_URL", "https://www.dwd.de/")

INSTALLED_APPS = [
    "modeltranslation",  # first: its registrations must run before other apps read the models
    "wegweiser",
    "referrals",
    "search",
    "directory",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail.search",  # never `modelsearch` beside it: every index task would fail
    "wagtail.contrib.settings",
    "wagtail",
    "taggit",
    "modelcluster",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wegweiser.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Visitors touch none of these three: no page of theirs reads the session, so no cookie is ever set.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "wegweiser.urls"
WSGI_APPLICATION = "wegweiser.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    # IMMEDIATE: a read-then-write transaction takes its lock at once instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    # FULL: an acknowledged edit survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'wegweiser.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are served from where they are installed: nothing to collect before the first page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Languages
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LANGUAGE_CODE = MAIN
LANGUAGES = [
    (code, SHIPPED[code].name if code in SHIPPED else code)
    for code in env.list("LANGUAGES", default=["de", "en", "ar"])
]
# In a wheel the catalogs lie inside the package, in a checkout beside it.
LOCALE_PATHS = [path for path in (PACKAGE / "locale", CHECKOUT / "locale") if path.is_dir()][:1]

MODELTRANSLATION_LANGUAGES = tuple(SHIPPED)  # fixed: the columns never follow the operator's LANGUAGES
MODELTRANSLATION_DEFAULT_LANGUAGE = MAIN
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": (MAIN, "en", *(c for c in SHIPPED if c not in (MAIN, "en")))}

# Wagtail
WAGTAIL_SITE_NAME = "Wegweiser"
WAGTAIL_I18N_ENABLED = False  # one tree, own translated fields: docs/decisions
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # the hash of an editor's address must not leave the house
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = ["Europe/Berlin"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAIL_WORKFLOW_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True

# Security
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a listing with many inline rows in twelve languages
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Nothing that a visitor sends is ever logged: no request lines, no request in a mail, no addresses.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "CRITICAL", "propagate": False},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}

if find_spec("psycopg") is None and "postgresql" in DATABASES["default"]["ENGINE"]:
    raise SystemExit("DATABASE_URL names PostgreSQL, but its driver is missing: pip install 'wegweiser[postgres]'")
