from django.urls import path

from directory.editing import translating

app_name = "translations"
urlpatterns = [
    path("", translating.Overview.as_view(), name="overview"),
    path("<slug:language>/", translating.Language.as_view(), name="language"),
    path("<slug:language>/export/", translating.Export.as_view(), name="export"),
    path("<slug:language>/import/", translating.Import.as_view(), name="import"),
    path("<slug:language>/import/confirm/", translating.Confirm.as_view(), name="confirm"),
    path("<slug:language>/machine/", translating.Machine.as_view(), name="machine"),
]
