from django.urls import path

from directory import views

urlpatterns = [
    path("angebote/<slug:slug>/", views.listing, name="listing"),
    path("stellen/<slug:slug>/", views.organisation, name="organisation"),
]
