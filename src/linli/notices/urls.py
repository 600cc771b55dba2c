"""Addresses of notices."""

from django.urls import path

from linli.notices import views

app_name = "notices"
urlpatterns = [
    path("me/inbox/", views.inbox, name="inbox"),
    path("me/inbox/seen/", views.mark_seen, name="mark_seen"),
    path("me/follows/", views.follows, name="follows"),
    path("me/follows/end/", views.end_follow, name="end_follow"),
    path("follow/", views.follow, name="follow"),
    path("unfollow/", views.unfollow, name="unfollow"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
