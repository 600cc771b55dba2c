"""Pictures of programmes: the page on which they are added, described and put in order, and the files themselves."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from linli.kit import gallery
from linli.kit.forms import AddPictureForm, PictureForm
from linli.kit.pages import page
from linli.kit.policies import public, staff
from linli.programmes import actions
from linli.programmes.actions.picturing import FOLDER, album
from linli.programmes.models import Programme, ProgrammePicture
from linli.programmes.views.found import own_programme


@staff
def pictures(request: HttpRequest, code: str) -> HttpResponse:
    """All pictures of a programme, and a form for one more."""
    programme = own_programme(request, code)
    form = AddPictureForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def add() -> None:
        actions.add_picture(by=request.user, programme=programme, **form.cleaned_data)

    if request.method == "POST" and form.carries(add):
        return redirect("programmes:pictures", code)
    own = [(each, PictureForm.of(each)) for each in programme.pictures.all()]
    return shown(request, programme, own, form)


@staff
@require_POST
def picture(request: HttpRequest, code: str, picture_id: UUID) -> HttpResponse:
    """What a picture shows is said anew; or, with "first", it stands for the programme; or, with "remove", it goes."""
    programme = own_programme(request, code)
    found = get_object_or_404(programme.pictures, pk=picture_id)
    if "remove" in request.POST:
        actions.remove_picture(by=request.user, picture=found)
    elif "first" in request.POST:
        actions.put_first(by=request.user, picture=found)
    else:
        form = PictureForm.of(found, request.POST)
        if not form.carries(
            lambda: actions.describe_picture(by=request.user, picture=found, **form.cleaned_data)
        ):
            own = [
                (each, form if each == found else PictureForm.of(each)) for each in programme.pictures.all()
            ]
            return shown(request, programme, own, AddPictureForm())
    return redirect("programmes:pictures", code)


def shown(
    request: HttpRequest,
    programme: Programme,
    own: list[tuple[ProgrammePicture, PictureForm]],
    form: AddPictureForm,
) -> HttpResponse:
    """The page of a programme's pictures; 422 where one of its forms has something to mend."""
    wrong = form.errors or any(words.errors for _picture, words in own)
    context = {"programme": programme, "pictures": own, "form": form}
    return page(request, "programmes/pictures.html", context, status=422 if wrong else 200)


@public
def file(request: HttpRequest, name: str) -> HttpResponse:
    """The file of a picture, as long as a programme shows it."""
    large = gallery.large_name(name)
    if not large or not ProgrammePicture.objects.filter(file=f"{FOLDER}/{large}").exists():
        raise Http404
    return gallery.serve(name, album())
