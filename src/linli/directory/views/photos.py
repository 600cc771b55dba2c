"""Photos of entrances: the page of the desk, and the files themselves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from linli.directory import actions
from linli.directory.actions.photos import FOLDER, album
from linli.directory.forms.photos import PhotoForm
from linli.directory.models import Entrance
from linli.directory.rules import may_set_photo
from linli.kit import gallery
from linli.kit.pages import page
from linli.kit.policies import public, staff
from linli.kit.rules import Problem, require


def entrance_of(request: HttpRequest, code: str, entrance: str) -> Entrance:
    seen = Entrance.objects.visible_to(request.user).select_related("station__unit")
    return get_object_or_404(seen, station__code=code, code=entrance)


@staff
def set_photo(request: HttpRequest, code: str, entrance: str) -> HttpResponse:
    """Adds a photo, replaces it, or mends what describes it."""
    here = entrance_of(request, code, entrance)
    require(may_set_photo(request.user, here.station))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoForm(*sent, initial={"alt": here.photo_alt})
    if form.is_valid():
        try:
            asked = form.cleaned_data
            actions.set_photo(by=request.user, entrance=here, alt=asked["alt"], picture=asked["photo"])
            return redirect("directory:set_photo", code, entrance)
        except Problem as problem:
            form.show(problem)
    context = {"form": form, "entrance": here, "station": here.station}
    return page(request, "directory/photo.html", context, status=422 if form.errors else 200)


@staff
def remove_photo(request: HttpRequest, code: str, entrance: str) -> HttpResponse:
    here = entrance_of(request, code, entrance)
    if request.method == "POST":
        actions.remove_photo(by=request.user, entrance=here)
    return redirect("directory:set_photo", code, entrance)


@public
def photo(request: HttpRequest, name: str) -> HttpResponse:
    """A file of ours, as long as an entrance of a station that is there shows it; gone for everybody with either."""
    shown = Entrance.objects.visible_to(request.user).filter(photo=f"{FOLDER}/{gallery.large_name(name)}")
    if not gallery.large_name(name) or not shown.exists():
        raise Http404
    return gallery.serve(name, album())
