"""Settings from the environment, safe by default. `.env.example` names what an operator may set."""

from pathlib import Path

import environ

from directory.languages import MAIN, SHIPPED
from wegweiser import logs
from wegweiser.settings.data_folder import data_folder, secret_key
from wegweiser.settings.database import database
from wegweiser.settings.staff import *  # noqa: F403 - sign-in: one file, read on its own

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent

DATA_DIR = data_folder(env.str("WEGWEISER_DATA_DIR", ""))
SECRET_KEY = env.str("SECRET_KEY", "") or secret_key(DATA_DIR)
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", "http://localhost:8000")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
SEARCH_URL = env.str("SEARCH_URL", "")  # empty: the embedded index alone
SEARCH_API_KEY = env.str("SEARCH_API_KEY", "")
SEARCH_CA_FILE = env.str("SEARCH_CA_FILE", "")
DEFAULT_EXCEPTION_REPORTER_FILTER = "wegweiser.errors.WithoutCredentials"
EXIT_URL = env.str("EXIT_URL", "https://www.dwd.de/")
COUNT_GAPS = env.bool("COUNT_GAPS", False)  # docs/decisions/0026
CHECK_LINKS = env.bool("CHECK_LINKS", True)  # at night, asks whether the web addresses of entries still work
PUBLISHES_AN_HOUR = env.int("PUBLISHES_AN_HOUR", 60)  # an account that publishes or deletes more is paused
# A dotted path such as directory.libretranslate.LibreTranslate; empty: no text ever leaves the house.
MACHINE_TRANSLATION = env.str("MACHINE_TRANSLATION", "")
MACHINE_TRANSLATION_URL = env.str("MACHINE_TRANSLATION_URL", "")
MACHINE_TRANSLATION_KEY = env.str("MACHINE_TRANSLATION_KEY", "")

INSTALLED_APPS = [
    "modeltranslation",  # first: its registrations must run before other apps read the models
    "wegweiser",
    "wegweiser.pages",
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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wegweiser.middleware.SecurityHeaders",
    "wegweiser.health.Health",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wegweiser.members.middleware.OwnPath",
    # Visitors touch none of these three: no page of theirs reads the session, so no cookie is ever set.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wegweiser.middleware.Locale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wegweiser.staff.middleware.Staff",
    "directory.reviewing.brakes.PauseTooMany",
    "wegweiser.members.middleware.Members",
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

DATABASES = {"default": database(env.str("DATABASE_URL", ""), DATA_DIR)}
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
    for code in env.list("LANGUAGES", default=["de", "en", "tr", "ar", "uk"])
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
WAGTAIL_AUTOSAVE_INTERVAL = 2000  # milliseconds; Wagtail's 500 saves the whole form after nearly every word
STAFF_SEARCH = "search.staff.find"  # what the lists' search field asks: the directory knows no search
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # one address in all languages, which everybody can type
WAGTAILIMAGES_IMAGE_MODEL = "pages.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "wegweiser.pages.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 12_000_000
TAGGIT_CASE_INSENSITIVE = True

# Security
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a listing with many inline rows in twelve languages
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Mail: nothing is sent, and nobody waits for it, until EMAIL_URL says through which server.
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", "wegweiser@localhost")

# Nothing that a visitor sends is ever logged: no request lines, no request in a mail, no addresses.
LOGGING = logs.configuration(env.str("LOG_LEVEL", "WARNING"))
