"""Settings of a city's own site, with somebody in between who breaks or leaks when a test says so."""

from wegweiser.settings.production import *  # noqa: F403
from wegweiser.settings.production import MIDDLEWARE as PRODUCTION

MIDDLEWARE = ["tests.browser.watcher.Watcher", *PRODUCTION]
