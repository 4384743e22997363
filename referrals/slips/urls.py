from django.urls import path

from referrals.slips import views

# What stays in the browser's history must tell nothing; the poster is for anybody to print.
urlpatterns = [
    path("w/zettel/", views.slip, name="slip"),
    path("w/rueckruf/", views.call_back, name="call_back"),
    path("aushang/", views.sheet, name="poster"),
]
