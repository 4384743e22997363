from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from wegweiser import public
from wegweiser.pages import media
from wegweiser.sitemap import sitemap
from wegweiser.styles import stylesheet

handler500 = "wegweiser.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include("wegweiser.staff.urls")),
    path("admin/", include(admin_urls)),
    path("konto/", include(("wegweiser.members.urls", "members"))),
    path("konto/", include("directory.members.urls")),
    path("documents/", include(document_urls)),
    # Stays in the browser's history, so it must look like any other page.
    path("w", public.leave, name="exit"),
    path("style.css", stylesheet),
    path("style.<slug:digest>.css", stylesheet, name="stylesheet"),
    path("robots.txt", public.robots),
    path("sitemap.xml", sitemap),
    path("media/<path:name>", media.serve),
    *i18n_patterns(
        path("", public.home, name="home"),
        path("notruf/", public.emergency, name="emergency"),
        path("sicherheit/", public.safety, name="safety"),
        path("datenschutz/", public.privacy, name="privacy"),
        path("impressum/", public.imprint, name="imprint"),
        path("barrierefreiheit/", public.accessibility, name="accessibility"),
        path("", include("referrals.urls")),
        path("", include("search.urls")),
        path("", include("directory.urls")),
        path("", include("wegweiser.pages.urls")),  # last: it answers to every word
    ),
]
