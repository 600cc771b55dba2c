"""Spreadsheets in and out."""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory import actions
from linli.directory.forms.sheets import DecisionForm, SheetForm
from linli.directory.models import Organisation, SheetUpload, Station
from linli.directory.rules import may_bring_sheets
from linli.directory.sheets.columns import SHEETS
from linli.directory.sheets.exports import hours_lines, organisation_lines, station_lines
from linli.directory.sheets.planning import unpacked
from linli.directory.sheets.showing import counted, shown
from linli.directory.sheets.writing import TYPES, csv_lines, xlsx_bytes
from linli.kit.pages import page
from linli.kit.policies import public, staff
from linli.kit.rules import Problem, require
from linli.people.rules import held


@staff
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    """The sheets of an area: taken along as they are, and a filled-in one sent back."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    require(may_bring_sheets(request.user, unit))
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sent = {"name": file.name, "content": file.read(), "kind": form.cleaned_data["kind"]}
            return redirect(actions.send_sheet(by=request.user, under=unit, **sent))
        except Problem as problem:
            form.show(problem)
    context = {
        "form": form,
        "unit": unit,
        "standing": tree.standing([unit.pk]).get(unit.pk),
        "sheets": [(sheet.title, addresses(key, unit)) for key, sheet in SHEETS.items()],
        "lying": SheetUpload.objects.visible_to(request.user).defer("content", "findings").first(),
    }
    return page(request, "directory/sheets.html", context, status=422 if form.errors else 200)


def addresses(kind: str, unit: Unit) -> list[tuple[str, str]]:
    """Where an area's sheet is taken along, in each form."""
    area = urlencode({"area": unit.code})
    return [(form, f"{reverse(f'directory:{kind}_sheet', args=[form])}?{area}") for form in TYPES]


@staff
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet that was sent: how far it is, what would come of it, what came of it."""
    upload = upload_of(request, code)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return decide(request, upload, **form.cleaned_data)
        except Problem as problem:
            form.show(problem)
            upload.refresh_from_db()
    context = shown(upload, request.GET.get("part", ""), request.GET.get("page"))
    context |= {"form": form, "how_far": counted(upload)}
    return page(request, "directory/sheet.html", context, partial="sheet", status=422 if form.errors else 200)


def decide(request: HttpRequest, upload: SheetUpload, *, choice: str, digest: str) -> HttpResponse:
    if choice == "nothing":
        actions.drop_sheet(by=request.user, upload=upload)
        return redirect("directory:sheets", upload.unit.code)
    actions.use_sheet(by=request.user, upload=upload, digest=digest)
    return redirect(upload)


def upload_of(request: HttpRequest, code: str) -> SheetUpload:
    mine = SheetUpload.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(mine.defer("content"), code=code)


@staff
def sheet_rest(request: HttpRequest, code: str) -> HttpResponse:
    """The error sheet: the rows that were not understood, to be mended and sent again."""
    upload = upload_of(request, code)
    if upload.state != SheetUpload.State.WRITTEN or not upload.content:
        raise Http404
    form = unpacked(bytes(upload.findings))["form"]
    return as_file(HttpResponse(bytes(upload.content)), _("to mend"), form)


@public
def stations_sheet(request: HttpRequest, form: str) -> HttpResponse:
    return taken_along(request, "stations", form, stations_of(request), station_lines)


@public
def hours_sheet(request: HttpRequest, form: str) -> HttpResponse:
    return taken_along(request, "hours", form, stations_of(request), hours_lines)


def stations_of(request: HttpRequest) -> QuerySet[Station]:
    """All stations, or those below the area in the address."""
    stations, area = Station.objects.visible_to(request.user), area_of(request)
    return stations.filter(unit__in=tree.descendants(area.pk)) if area else stations


@staff
def organisations_sheet(request: HttpRequest, form: str) -> HttpResponse:
    """For those who may bring it back: of one area, else of all that they organise."""
    area = area_of(request)
    units = (
        [area] if area else list(Unit.objects.filter(pk__in=held(request.user, "organiser").values("unit")))
    )
    require(bool(units) and all(may_bring_sheets(request.user, unit) for unit in units))
    within = Q()
    for unit in units:
        within |= Q(unit__in=tree.descendants(unit.pk))
    organisations = Organisation.objects.visible_to(request.user).filter(within)
    return taken_along(request, "organisations", form, organisations, organisation_lines)


def area_of(request: HttpRequest) -> Unit | None:
    """The area a sheet is narrowed to."""
    code = request.GET.get("area", "")
    return get_object_or_404(Unit.objects.visible_to(request.user), code=code) if code else None


def taken_along(
    request: HttpRequest, kind: str, form: str, rows: QuerySet, lines: Callable
) -> HttpResponse | StreamingHttpResponse:
    """CSV line by line, as the rows are read."""
    if form not in TYPES:
        raise Http404
    found = lines(rows.order_by("reading", "code"), get_language() or "en")
    title = str(SHEETS[kind].title)
    if form == "csv":
        return as_file(StreamingHttpResponse(csv_lines(found)), title, form)
    return as_file(HttpResponse(xlsx_bytes(title, found)), title, form)


def as_file(response: HttpResponse | StreamingHttpResponse, title: str, form: str) -> HttpResponse | StreamingHttpResponse:  # fmt: skip
    response["Content-Type"] = TYPES[form]
    name = f"{title} {timezone.localdate():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
