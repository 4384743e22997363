from django.urls import path

from directory.upkeep import views

urlpatterns = [
    path("eintrag/richtig/<str:token>/", views.confirm, name="upkeep_confirm"),
    path("eintrag/aendern/<str:token>/", views.correct, name="upkeep_correct"),
    path("eintrag/weitergeben/<str:token>/", views.hand_on, name="upkeep_hand_on"),
    path("eintrag/neuer-link/", views.new_link, name="upkeep_new_link"),
]
