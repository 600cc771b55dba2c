"""The door of a session: arrivals, heads, calls, and the same on paper and without a line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from linli.kit.pages import page
from linli.kit.policies import member, staff_gate
from linli.kit.qr import qr
from linli.kit.rules import Problem, require
from linli.people.actions import look
from linli.people.models import Person
from linli.programmes import actions
from linli.programmes.actions.arriving import check_open
from linli.programmes.actions.signing_up import cancel_at_desk
from linli.programmes.forms.door import ArrivalForm, HeadsForm, NotedForm
from linli.programmes.models import Session, SignUp
from linli.programmes.panels import door as panels
from linli.programmes.rules import may_keep_sessions, may_see_attendees
from linli.programmes.views.found import session_of

PAGE_NAME, SHEET_NAME = gettext_noop("Arrivals at a session"), gettext_noop("Printed list of a session")
COUNTERS = ["capacity", "taken", "waiting", "arrived", "heads"]
# Rows of the printed sheet that are put together at a time.
TOGETHER = 100
HERE_COME_ROWS = "<!-- rows -->"


@dataclass(frozen=True)
class Said:
    """The answer to what was shown, typed or tapped: a sentence, and whom it is about or could be about."""

    tone: str
    text: str
    sign_up: SignUp | None = None
    choices: list[SignUp] = field(default_factory=list)

    @property
    def people(self) -> list[SignUp]:
        return [self.sign_up, *self.choices] if self.sign_up else self.choices


def at_the_door(view: Callable[..., Any]) -> Callable[..., Any]:
    """For who may see the attendees: those who work there, with their second factor, the leader around the time, and the
    lead of the group that holds it. The view gets the session."""

    @member
    @wraps(view)
    def opened(request: HttpRequest, code: str) -> Any:
        if request.user.is_staff_member and (gate := staff_gate(request)):
            return gate
        session = session_of(request, code)
        require(may_see_attendees(request.user, session, timezone.now()))
        return view(request, session)

    return opened


@at_the_door
@require_safe
def door(request: HttpRequest, session: Session) -> HttpResponse:
    """Who is expected, who came, who waits, whom to call."""
    return shown(request, session, said=what_was_done(request, session))


def shown(
    request: HttpRequest,
    session: Session,
    *,
    said: Said | None = None,
    typed: str = "",
    heads: HeadsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; everybody with an account whose name stands on it is told so."""
    now, keeps = timezone.now(), may_keep_sessions(request.user, session.station)
    asked = request.GET.get("q", request.POST.get("q", ""))[:100].strip()
    rows = panels.listed(session, asked, request.GET.get("page") or request.POST.get("page"))
    calls = panels.calls_of(session, now, may_call=keeps)
    seen = [*rows.object_list, *calls.people, *(said.people if said else [])]
    look(by=request.user, subjects=panels.holders_of(seen), page=PAGE_NAME, unit=session.station.unit)
    context = {
        "session": session,
        "said": said,
        "form": ArrivalForm(initial={"typed": typed}),
        "heads": heads or HeadsForm(),
        "counts": panels.counts_of(session),
        "page": rows,
        "asked": asked,
        "calls": calls,
        "closed": why_closed(session),
        "is_on": session.is_open and session.starts_at <= now < session.ends_at,
        "may_keep": keeps,
    }
    return page(request, "programmes/door.html", context, status=status)


def why_closed(session: Session) -> str:
    """Why no arrival can be noted now; empty while they are noted."""
    try:
        check_open(session, timezone.now())
    except Problem as problem:
        return str(problem)
    return ""


def what_was_done(request: HttpRequest, session: Session) -> Said | None:
    """The sentence after a deed without scripts: the address names the deed, and whom it was about by their code."""
    what, code, number = (request.GET.get(name, "") for name in ("said", "of", "number"))
    sign_up = SignUp.objects.filter(session=session, code=code).first() if code else None
    if sign_up is not None:
        sign_up.session = session
    counted = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    text = panels.done_in_words(what, sign_up, counted)
    return Said("good", text, sign_up) if text else None


# Answers, as a page or to the script of the page


def wants_data(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def as_data(
    request: HttpRequest, session: Session, said: Said, *, status: int = 200, **more: Any
) -> JsonResponse:
    """What the script needs to say the same and to put the page right."""
    session.refresh_from_db(fields=COUNTERS)
    look(by=request.user, subjects=panels.holders_of(said.people), page=PAGE_NAME, unit=session.station.unit)
    answer = {
        "tone": said.tone,
        "said": said.text,
        "row": row_of(said.sign_up, session) if said.sign_up else None,
        "choices": [row_of(each, session) for each in said.choices],
        "counts": panels.counts_of(session),
    }
    return JsonResponse(answer | more, status=status)


def row_of(sign_up: SignUp, session: Session) -> dict[str, str]:
    return {
        "code": sign_up.code,
        "name": panels.called(sign_up),
        "spoken": sign_up.spoken,
        "came": panels.clock(sign_up.arrived_at, session),
    }


def done(
    request: HttpRequest, session: Session, what: str, sign_up: SignUp | None = None, number: int = 0
) -> HttpResponse:
    """After a deed: its sentence to the script, or the page anew with the sentence on it."""
    asked = QueryDict(mutable=True)
    for name in ("q", "page"):
        if request.POST.get(name):
            asked[name] = request.POST[name]
    asked["said"] = what
    asked["of" if sign_up else "number"] = sign_up.code if sign_up else str(number)
    address = f"{reverse('programmes:door', args=[session.code])}?{asked.urlencode()}"
    if wants_data(request):
        said = Said("good", panels.done_in_words(what, sign_up, number), sign_up)
        return as_data(request, session, said, next=address)
    return redirect(address)


def refused(
    request: HttpRequest,
    session: Session,
    why: object,
    sign_up: SignUp | None = None,
    typed: str = "",
    **more: Any,
) -> HttpResponse:
    """Nothing was done, and why; what was typed stays."""
    said = Said("care", str(why), sign_up)
    if wants_data(request):
        return as_data(request, session, said, status=422)
    return shown(request, session, said=said, typed=typed, status=422, **more)


# Deeds


@at_the_door
@require_POST
def check_in(request: HttpRequest, session: Session) -> HttpResponse:
    """Somebody came: by ticket, number or name (`typed`), or by a tick in the list (`sign_up`, `came` yes or no)."""
    if "sign_up" in request.POST:
        return noted(request, session, sign_up_in(request, session), came=request.POST.get("came") != "no")
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        return refused(request, session, form.errors["typed"][0])
    typed = form.cleaned_data["typed"]
    found = panels.recognise(session, typed)
    if found.several:
        said = Said("calm", _("Several people have a name like that. Who is it?"), choices=found.several)
        return (
            as_data(request, session, said)
            if wants_data(request)
            else shown(request, session, said=said, typed=typed)
        )
    if found.one is None:
        return refused(request, session, found.why, typed=typed)
    return noted(request, session, found.one, typed=typed)


def sign_up_in(request: HttpRequest, session: Session) -> SignUp:
    found = get_object_or_404(SignUp, session=session, code=request.POST.get("sign_up", ""))
    found.session = session
    return found


def noted(
    request: HttpRequest, session: Session, sign_up: SignUp, *, came: bool = True, typed: str = ""
) -> HttpResponse:
    try:
        is_new = actions.check_in(by=request.user, sign_up=sign_up, came=came)
    except Problem as problem:
        about = {"name": panels.called(sign_up), "why": problem}
        return refused(request, session, _("%(name)s: %(why)s") % about, sign_up, typed)
    sign_up.refresh_from_db(fields=["arrived_at", "state"])
    what = "away" if not came else "came" if is_new else "there"
    return done(request, session, what, sign_up)


@at_the_door
@require_POST
def heads(request: HttpRequest, session: Session) -> HttpResponse:
    """So many more without a ticket."""
    form = HeadsForm(request.POST)

    def deed() -> None:
        actions.count_heads(by=request.user, session=session, number=form.cleaned_data["number"])

    if form.carries(deed):
        session.refresh_from_db(fields=COUNTERS)
        return done(request, session, "heads", number=session.heads)
    why = next(iter(form.errors.values()))[0]
    return (
        refused(request, session, why, heads=form)
        if not wants_data(request)
        else refused(request, session, why)
    )


@at_the_door
@require_POST
def release(request: HttpRequest, session: Session) -> HttpResponse:
    """Seats nobody came for go to those who wait at the door."""
    try:
        number = actions.release_unused(by=request.user, session=session)
    except Problem as problem:
        return refused(request, session, problem)
    return done(request, session, "released", number=number)


DEEDS = {"told": actions.tick_off, "leave": cancel_at_desk, "seat": actions.give_seat}


@at_the_door
@require_POST
def call(request: HttpRequest, session: Session) -> HttpResponse:
    """Somebody was called: they know (`told`), they leave their seat (`leave`), or they come for a free one (`seat`)."""
    sign_up, what = sign_up_in(request, session), request.POST.get("what", "")
    try:
        if what not in DEEDS:
            raise Problem(_("Please use one of the buttons."))
        DEEDS[what](by=request.user, sign_up=sign_up)
    except Problem as problem:
        return refused(request, session, problem, sign_up)
    return done(request, session, what, sign_up)


# Without a line


@at_the_door
@require_safe
def door_list(request: HttpRequest, session: Session) -> JsonResponse:
    """What the page keeps on this device for when there is no line; and the key of its forms, as a new sign-in changes it."""
    return JsonResponse(panels.kept_on_device(session, timezone.now()) | {"key": get_token(request)})


@at_the_door
@require_POST
def door_sync(request: HttpRequest, session: Session) -> JsonResponse:
    """What was noted without a line. Sent again, or noted at another desk too, it changes nothing."""
    form, now = NotedForm(request.POST), timezone.now()
    try:
        check_open(session, now)
        if not form.is_valid():
            raise Problem(form.errors["lines"][0])
    except Problem as problem:
        return JsonResponse({"said": str(problem)}, status=problem.status)
    seen, unknown = panels.noted_sign_ups(session, form.noted(), now)
    new, lost = actions.sync_arrivals(by=request.user, session=session, seen=seen)
    session.refresh_from_db(fields=COUNTERS)
    numbers = {"new": new, "there": len(seen) - new - lost, "refused": lost, "unknown": unknown}
    return JsonResponse(
        numbers | {"said": panels.synced_in_words(**numbers), "counts": panels.counts_of(session)}
    )


# On paper


@at_the_door
@require_safe
def sheet(request: HttpRequest, session: Session) -> StreamingHttpResponse:
    """The list to tick off on paper. It leaves row by row, so that a hall of two thousand costs no memory."""
    holders = SignUp.objects.filter(session=session, holder__isnull=False).alive().values("holder")
    subjects = Person.objects.filter(pk__in=holders).only("pk")
    look(by=request.user, subjects=subjects, page=SHEET_NAME, unit=session.station.unit)
    address = settings.ADDRESS + reverse("programmes:door", args=[session.code])
    context = {
        "session": session,
        "address": address,
        "picture": qr(address),
        "rows": HERE_COME_ROWS,
        "blank": range(8),
    }
    whole = render_to_string("programmes/sheet.html", context, request)
    return StreamingHttpResponse(
        written_out(whole.split(HERE_COME_ROWS), session), content_type="text/html; charset=utf-8"
    )


def written_out(parts: list[str], session: Session) -> Iterator[str]:
    """The page with the rows where its template wants them: those who have a seat, then those who wait."""
    waiting = SignUp.objects.filter(session=session).queue()
    template = get_template("programmes/sheet_rows.html")
    words = {"child": _("child"), "one_child": _("one child"), "offered": _("a seat is offered")}
    yield parts[0]
    for rows, after in zip((panels.expected(session), waiting), parts[1:], strict=True):
        for numbered in batches(enumerate(rows.iterator(chunk_size=TOGETHER), 1)):
            yield template.render({"rows": numbered, "words": words})
        yield after


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows, a hundred at a time."""
    left = iter(rows)
    while together := list(islice(left, TOGETHER)):
        yield together
