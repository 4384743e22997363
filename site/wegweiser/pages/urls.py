from django.urls import path, register_converter

from wegweiser.pages import views
from wegweiser.pages.tree import SERVE


class TreePath:
    """Not what lies beside the languages: an unknown address there must stay unknown, not lead to one of ours."""

    regex = r"(?!(?:admin|documents|media|static)/)(?:[a-z0-9_-]+/)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TreePath, "tree")

urlpatterns = [path("<tree:path>", views.show, name=SERVE)]
