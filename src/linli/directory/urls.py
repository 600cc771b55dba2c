"""Addresses of the deeds of the directory; its pages belong to `site`."""

from django.urls import path

from linli.directory import views

app_name = "directory"
urlpatterns = [
    path("areas/<slug:code>/station/", views.open_station, name="open_station"),
    path("stations/<slug:code>/status/", views.declare_status, name="declare_status"),
    path("stations/<slug:code>/status/lift/", views.lift_status, name="lift_status"),
    path("stations/<slug:code>/hours/", views.set_hours, name="set_hours"),
]
