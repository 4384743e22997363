from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        if settings.SEARCH_URL:
            import search.cluster.reader  # noqa: F401 - takes a second, which the first visitor should not wait
