from django.urls import path

from referrals.professionals import feeds, views

urlpatterns = [
    path("fachkraefte/", views.page, name="professionals"),
    path("fachkraefte/neues/", views.news, name="professionals_news"),
    path("fachkraefte/neues.xml", feeds.NewsFeed(), name="professionals_feed"),
]

# Below /admin/: the only place to which a browser sends the cookie of those who have signed in.
signed_in = [path("fachkraefte/<slug:language>/", views.signed_in, name="professionals_signed_in")]
