"""Addresses of the deeds of the directory; its pages belong to `site`."""

from django.urls import path

from linli.directory.views import hours, photos, stations, status

app_name = "directory"
urlpatterns = [
    path("areas/<slug:code>/station/", stations.open_station, name="open_station"),
    path("stations/<slug:code>/status/", status.declare_status, name="declare_status"),
    path("stations/<slug:code>/status/lift/", status.lift_status, name="lift_status"),
    path("stations/<slug:code>/hours/", hours.set_hours, name="set_hours"),
    path("stations/<slug:code>/entrances/<slug:entrance>/photo/", photos.set_photo, name="set_photo"),
    path(
        "stations/<slug:code>/entrances/<slug:entrance>/photo/remove/",
        photos.remove_photo,
        name="remove_photo",
    ),
    path("media/entrances/<str:name>", photos.photo, name="photo"),
]
