from django.urls import path

from search import views

urlpatterns = [
    path("angebote/", views.listings, name="listings"),
    path("suche/", views.search, name="search"),
    path("suche/vorschlaege.js", views.suggestions, name="suggestions"),
]
