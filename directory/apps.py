from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        # Imported late: the models must be loaded. Early: before Wagtail makes policies of its own.
        from directory.editing import policy
        from directory.models import Area, Listing, Organisation, Term

        policy.register(Organisation, Listing, Term, Area)
