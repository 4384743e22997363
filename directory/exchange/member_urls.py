from django.urls import path

from directory.exchange import member_table

urlpatterns = [
    path("stelle/<slug:slug>/tabelle/", member_table.page, name="member_table"),
    path("stelle/<slug:slug>/tabelle/herunterladen/<slug:kind>/", member_table.table, name="member_table_file"),
    path("stelle/<slug:slug>/tabelle/hochgeladen/<str:token>/", member_table.upload, name="member_table_upload"),
    path(
        "stelle/<slug:slug>/tabelle/hochgeladen/<str:token>/aenderungen/",
        member_table.changes,
        name="member_table_changes",
    ),
    path("stelle/<slug:slug>/alles/", member_table.everything, name="member_everything"),
]
