"""The addresses as a page below /konto/ knows them: allauth's names lead to the members' sign-in there.

The same views stand in `wegweiser.urls` as `members:…`, for everybody else; `reverse` takes the last of one name.
"""

from django.urls import URLPattern, URLResolver, include, path

from wegweiser import urls
from wegweiser.urls import handler500

__all__ = ["handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    *urls.urlpatterns,
    path("konto/", include("wegweiser.members.urls")),
]
