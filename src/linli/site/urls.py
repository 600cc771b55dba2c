"""Addresses of the pages that show several apps."""

from django.urls import path

from linli.site import appearance, health, offline, styleguide
from linli.site.views import (
    about,
    complaints,
    demonstration,
    desk,
    home,
    maps,
    mine,
    overview,
    places,
    posters,
    setting_up,
    stations,
)

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("stations/", stations.stations, name="stations"),
    path("stations/map/", maps.stations, name="map"),
    path("stations/<slug:code>/", stations.station, name="station"),
    path("stations/<slug:code>/poster/", posters.poster, name="poster"),
    path("organisations/<slug:code>/", places.organisation, name="organisation"),
    path("buildings/<slug:code>/", places.building, name="building"),
    path("corridors/", places.corridors, name="corridors"),
    path("corridors/<slug:code>/", places.corridor, name="corridor"),
    path("desk/", desk.desk, name="desk"),
    path("desk/at/<slug:code>/", desk.desk_of, name="desk_of"),
    path("overview/", overview.overview, name="overview"),
    path("overview/figures/", overview.figures, name="figures"),
    path("me/", mine.mine, name="me"),
    path("contact/", about.contact, name="contact"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("transparency/", about.transparency, name="transparency"),
    path("complaints/new/", complaints.complain, name="complain"),
    path("complaints/<str:secret>/", complaints.complaint, name="complaint"),
    path("operator/", complaints.desk, name="operator"),
    path("operator/todos/<int:number>/retry/", complaints.retry, name="retry"),
    path("operator/complaints/<slug:code>/", complaints.answer, name="answer"),
    path("setup/", setting_up.first, name="set_up_first"),
    path("setup/<str:key>/", setting_up.set_up, name="set_up"),
    path("demo/step-into/", demonstration.step_into, name="step_into"),
    path("look/", appearance.look, name="look"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]
