from django.urls import include, path

from referrals import views

# The guide's address stays in the browser's history: it must tell nothing.
urlpatterns = [
    path("", include("referrals.professionals.urls")),
    path("w/", views.guide, name="guide"),
    path("w/style.css", views.guide_style, name="guide_style"),
    path("", include("referrals.slips.urls")),
    path("w/<slug:slug>/", views.concern, name="concern"),
    path("rechte/", views.rights, name="rights"),
]
