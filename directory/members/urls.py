"""The organisations' own area, below /konto/: plain views, nothing of Wagtail's admin.

Every address begins with a fixed word: an organisation's slug could be any of them.
"""

from django.urls import URLPattern, URLResolver, include, path

from directory.members import (
    adding,
    editing,
    entry,
    event_dates,
    history,
    home,
    picking,
    previewing,
    quick,
    reading,
    settings,
)
from directory.proposals.members import wrong

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="member_home"),
    path("sprache/", settings.language, name="member_language"),
    path("einstellungen/", settings.edit, name="member_settings"),
    path("gebiete/", picking.areas, name="member_areas"),
    path("zeiten/", reading.hours, name="member_hours"),
    path("eintrag/<slug:slug>/", entry.page, name="member_listing"),
    path("eintrag/<slug:slug>/absenden/", entry.submit, name="member_submit"),
    path("eintrag/<slug:slug>/zurueckholen/", entry.withdraw, name="member_withdraw"),
    path("eintrag/<slug:slug>/stimmt/", entry.confirm, name="member_confirm"),
    path("eintrag/<slug:slug>/verlauf/", history.page, name="member_history"),
    path("eintrag/<slug:slug>/vorschau/<slug:way>/<slug:language>/", previewing.preview, name="member_preview"),
    path("eintrag/<slug:slug>/<slug:section>/", editing.edit, name="member_section"),
    path("plaetze/<slug:slug>/", quick.room, name="member_room"),
    path("termine/<slug:slug>/", event_dates.edit, name="member_dates"),
    path("entfernen/<slug:slug>/", quick.removal, name="member_removal"),
    path("falsch/<slug:slug>/", wrong, name="member_wrong"),
    path("stelle/<slug:slug>/neu/", adding.new, name="member_new"),
    path("stelle/<slug:slug>/stimmt/", home.confirm, name="member_confirm_all"),
    path("", include("directory.exchange.member_urls")),
]
