from django.urls import include, path

from directory import views
from directory.collecting import letter_views

urlpatterns = [
    path("", include("directory.upkeep.urls")),
    path("", include("directory.proposals.urls")),
    path("angebote/<slug:slug>/", views.listing, name="listing"),
    path("stellen/<slug:slug>/", views.organisation, name="organisation"),
    path("brief/", letter_views.letter, name="letter"),
    path("brief/<slug:code>/", letter_views.letter, name="letter_code"),
]
