"""Addresses of the HSDS API; the standard has them without a slash at the end."""

from django.urls import path

from linli.interop.hsds import views
from linli.interop.hsds.kinds import KINDS

app_name = "hsds"
urlpatterns = [
    path("", views.root, name="root"),
    path("openapi.json", views.description, name="openapi"),
    path("profile", views.profile, name="profile"),
    *(path(kind.name, views.listing(kind), name=kind.name) for kind in KINDS.values()),
    *(path(f"{kind.name}/<str:number>", views.single(kind), name=kind.shape) for kind in KINDS.values()),
    path("<path:rest>", views.nowhere, name="nowhere"),
]
