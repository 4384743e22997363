from django.urls import path

from referrals import views

# The guide's address stays in the browser's history: it must tell nothing.
urlpatterns = [
    path("w/", views.guide, name="guide"),
    path("w/style.css", views.guide_style, name="guide_style"),
    path("w/<slug:slug>/", views.concern, name="concern"),
    path("rechte/", views.rights, name="rights"),
]
