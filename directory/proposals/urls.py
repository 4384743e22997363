from django.urls import path

from directory.proposals import views

urlpatterns = [
    # Stays in the browser's history, so it names nobody.
    path("fehler/", views.report, name="report"),
    path("angebote/<slug:slug>/fehler/", views.report, name="report_listing"),
    path("stellen/<slug:slug>/eigene/", views.claim, name="claim"),
    path("stellen/<slug:slug>/angebot/", views.suggest_listing, name="suggest_listing_of"),
    path("vorschlagen/", views.suggest, name="suggest"),
    path("vorschlagen/stelle/", views.suggest_organisation, name="suggest_organisation"),
    path("vorschlagen/angebot/", views.suggest_listing, name="suggest_listing"),
    path("vorschlagen/neuer-link/", views.new_link, name="proposal_new_link"),
    path("vorschlagen/link/<str:token>/", views.verify, name="proposal_verify"),
    path("aufnahme/", views.policy, name="policy"),
    path("aufnahme/<slug:version>/", views.policy, name="policy_version"),
]
