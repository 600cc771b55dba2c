"""Every address of the installation; each app owns its own list."""

from django.urls import include, path

urlpatterns = [
    path("", include("linli.site.urls")),
    path("", include("linli.people.urls")),
    path("", include("linli.notices.urls")),
    path("", include("linli.areas.urls")),
    path("", include("linli.directory.urls")),
    path("", include("linli.news.urls")),
    path("", include("linli.programmes.urls")),
    path("hsds/", include("linli.interop.hsds.urls")),
]
handler400 = "linli.site.errors.bad_request"
handler403 = "linli.site.errors.forbidden"
handler404 = "linli.site.errors.not_found"
handler500 = "linli.site.errors.broken"
