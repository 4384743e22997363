from django.urls import path

from directory.exchange import table_screens

app_name = "exchange"
urlpatterns = [
    path("", table_screens.Overview.as_view(), name="overview"),
    path("download/<slug:what>/<slug:kind>/", table_screens.Download.as_view(), name="download"),
    path("organisations/<slug:slug>/", table_screens.Belongings.as_view(), name="belongings"),
    path("uploads/<str:token>/", table_screens.Upload.as_view(), name="upload"),
    path("uploads/<str:token>/report/", table_screens.Report.as_view(), name="report"),
]
