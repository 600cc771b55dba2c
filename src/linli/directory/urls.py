"""Addresses of the deeds of the directory; its pages belong to `site`."""

from django.urls import path

from linli.directory.views import hours, stations, status

app_name = "directory"
urlpatterns = [
    path("areas/<slug:code>/station/", stations.open_station, name="open_station"),
    path("stations/<slug:code>/status/", status.declare_status, name="declare_status"),
    path("stations/<slug:code>/status/lift/", status.lift_status, name="lift_status"),
    path("stations/<slug:code>/hours/", hours.set_hours, name="set_hours"),
]
