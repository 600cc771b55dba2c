"""Addresses of the tree and of holidays."""

from django.urls import path

from linli.areas.views import changing, looking

app_name = "areas"
urlpatterns = [
    path("areas/", looking.whole, name="whole"),
    path("areas/<slug:code>/", looking.unit, name="unit"),
    path("areas/<slug:code>/open/", changing.open_below, name="open_unit"),
    path("areas/<slug:code>/insert/", changing.insert, name="insert_level"),
    path("areas/<slug:code>/rename/", changing.rename, name="rename_unit"),
    path("areas/<slug:code>/move/", changing.move, name="move_unit"),
    path("areas/<slug:code>/merge/", changing.merge, name="merge_units"),
    path("areas/<slug:code>/split/", changing.split, name="split_unit"),
    path("areas/<slug:code>/close/", changing.close, name="close_unit"),
    path("holidays/<int:year>/", looking.holidays, name="holidays"),
]
