from django.apps import AppConfig
from django.core import checks


class WegweiserConfig(AppConfig):
    name = "wegweiser"
    verbose_name = "Wegweiser"

    def ready(self) -> None:
        # Imported late: the models must be loaded.
        from wegweiser.checks import check_columns, check_languages, check_revisions, check_search

        for check in (check_languages, check_columns, check_revisions):
            checks.register(check, checks.Tags.translation)
        checks.register(check_search)
