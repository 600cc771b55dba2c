"""Addresses of the deeds of the directory; its pages belong to `site`."""

from django.urls import path

from linli.directory.views import (
    buildings,
    corridors,
    desk,
    hours,
    landmarks,
    maps,
    members,
    organisations,
    photos,
    stations,
    status,
    things,
)

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
    path("stations/<slug:code>/keep/<slug:noun>/", things.things, name="things"),
    path("stations/<slug:code>/keep/<slug:noun>/<slug:thing>/", things.thing, name="thing"),
    path("stations/<slug:code>/stock/<slug:thing>/", things.stock, name="stock"),
    path("stations/<slug:code>/facilities/", things.facilities, name="facilities"),
    path("stations/<slug:code>/walk-ins/", desk.walk_ins, name="walk_ins"),
    path("stations/<slug:code>/roster/", desk.roster, name="roster"),
    path("stations/<slug:code>/wrong/", desk.wrong, name="wrong"),
    path("stations/<slug:code>/wrong/notes/", desk.wrong_notes, name="wrong_notes"),
    path("me/duties/", desk.own_duties, name="own_duties"),
    path("stations.geojson", maps.stations, name="stations_geojson"),
    path("areas.geojson", maps.areas, name="areas_geojson"),
    path("areas/<slug:code>/organisations/", organisations.area_organisations, name="area_organisations"),
    path("areas/<slug:code>/organisations/new/", organisations.enter_organisation, name="enter_organisation"),
    path("areas/<slug:code>/members/", members.area_members, name="area_members"),
    path("organisations/<slug:code>/edit/", organisations.change_organisation, name="change_organisation"),
    path("organisations/<slug:code>/committee/", organisations.say_committee, name="say_committee"),
    path("organisations/<slug:code>/counts/", organisations.give_count, name="give_count"),
    path("areas/<slug:code>/buildings/", buildings.area_buildings, name="area_buildings"),
    path("areas/<slug:code>/buildings/new/", buildings.enter_building, name="enter_building"),
    path("buildings/<slug:code>/edit/", buildings.change_building, name="change_building"),
    path("buildings/<slug:code>/stations/", buildings.serve_building, name="serve_building"),
    path("buildings/<slug:code>/tenants/", members.tenants, name="tenants"),
    path("areas/<slug:code>/corridors/new/", corridors.enter_corridor, name="enter_corridor"),
    path("corridors/<slug:code>/edit/", corridors.change_corridor, name="change_corridor"),
    path("areas/<slug:code>/landmarks/", landmarks.area_landmarks, name="area_landmarks"),
    path("landmarks/<slug:code>/edit/", landmarks.change_landmark, name="change_landmark"),
    path("media/entrances/<str:name>", photos.photo, name="photo"),
]
