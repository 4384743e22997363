from django.apps import AppConfig


class WegweiserConfig(AppConfig):
    name = "wegweiser"
    verbose_name = "Wegweiser"
