from django.apps import AppConfig
from django.core import checks


class WegweiserConfig(AppConfig):
    name = "wegweiser"
    verbose_name = "Wegweiser"

    def ready(self) -> None:
        from wegweiser.checks import check_columns, check_languages, check_revisions  # models must be loaded

        for check in (check_languages, check_columns, check_revisions):
            checks.register(check, checks.Tags.translation)
