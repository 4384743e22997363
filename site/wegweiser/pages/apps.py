from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "wegweiser.pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from wegweiser.pages.following import follow_the_tree  # the models must be loaded

        follow_the_tree()
