"""Addresses of news."""

from django.urls import path

from linli.news.views import articles, pictures

app_name = "news"
urlpatterns = [
    path("news/", articles.news, name="news"),
    path("news/feed.atom", articles.feed, {"form": "atom"}, name="atom"),
    path("news/feed.json", articles.feed, {"form": "json"}, name="json"),
    path("news/<slug:code>/", articles.article, name="article"),
    path("news/<slug:code>/text/", articles.article_as_text, name="text"),
    path("news/<slug:code>/card/", articles.card, name="card"),
    path("news/<slug:code>/pictures/", pictures.pictures, name="pictures"),
    path("news/<slug:code>/pictures/fetch/", pictures.fetch, name="fetch_picture"),
    path("news/<slug:code>/pictures/<int:number>/", pictures.picture, name="picture"),
    path("media/news/<str:name>", pictures.file, name="picture_file"),
    path("news/<slug:code>/edit/", articles.change, name="change"),
    path("news/<slug:code>/publish/", articles.publish, name="publish"),
    path("news/<slug:code>/withdraw/", articles.withdraw, name="withdraw"),
    path("news/<slug:code>/drop/", articles.drop, name="drop"),
    path("areas/<slug:code>/news/", articles.of_unit, name="of_unit"),
    path("areas/<slug:code>/news/new/", articles.write, name="write"),
    path("areas/<slug:code>/news/feed.atom", articles.feed, {"form": "atom"}, name="unit_atom"),
    path("areas/<slug:code>/news/feed.json", articles.feed, {"form": "json"}, name="unit_json"),
]
