"""Addresses of news."""

from django.urls import path

from linli.news import views

app_name = "news"
urlpatterns = [
    path("news/", views.news, name="news"),
    path("news/feed.atom", views.feed, {"form": "atom"}, name="atom"),
    path("news/feed.json", views.feed, {"form": "json"}, name="json"),
    path("news/<slug:code>/", views.article, name="article"),
    path("news/<slug:code>/text/", views.article_as_text, name="text"),
    path("news/<slug:code>/edit/", views.change, name="change"),
    path("news/<slug:code>/publish/", views.publish, name="publish"),
    path("news/<slug:code>/withdraw/", views.withdraw, name="withdraw"),
    path("news/<slug:code>/drop/", views.drop, name="drop"),
    path("areas/<slug:code>/news/", views.of_unit, name="of_unit"),
    path("areas/<slug:code>/news/new/", views.write, name="write"),
    path("areas/<slug:code>/news/feed.atom", views.feed, {"form": "atom"}, name="unit_atom"),
    path("areas/<slug:code>/news/feed.json", views.feed, {"form": "json"}, name="unit_json"),
]
