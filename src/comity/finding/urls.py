from django.urls import path

from comity.finding.views import feed, saved, search

app_name = "finding"
urlpatterns = [
    path("", search.search, name="search"),
    path("similar/", search.alike, name="similar"),
    path("saved/", saved.listing, name="saved"),
    path("saved/new/", saved.save, name="save"),
    path("saved/<int:pk>/rename/", saved.rename, name="rename"),
    path("saved/<int:pk>/mail/", saved.mail, name="mail"),
    path("saved/<int:pk>/delete/", saved.delete, name="delete"),
    path("saved/<int:pk>/restore/", saved.restore, name="restore"),
    path("saved/<int:pk>/feed/", saved.feed_address, name="feed_address"),
    path("saved/<int:pk>/feed/revoke/", saved.revoke_feed, name="revoke_feed"),
    path("feed/<str:token>.atom", feed.feed, name="feed"),
]
