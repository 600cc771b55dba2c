"""Signing in by code or slip, and signing out."""

from django.contrib import auth
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from linli.kit.pages import back, page, refuse, safe_next
from linli.kit.policies import public
from linli.kit.rules import Problem
from linli.people import browsers
from linli.people.actions import send_code, sign_in_with_code, sign_in_with_slip
from linli.people.forms.signing_in import CodeForm, ContactForm, SlipCodeForm, SlipLinkForm
from linli.people.throttle import network_of

ATTEMPT = "sign_in_attempt"


def start(request) -> dict:
    """First values of a form: where to return to."""
    return {"next": safe_next(request, "")}


def with_next(request, name: str) -> HttpResponseRedirect:
    """On to the next step, with the way back in hand."""
    wanted = safe_next(request, "")
    return redirect(reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else ""))


@public
def sign_in(request):
    """Asks for a contact, and sends it a code. A shared desk machine asks for a PIN first, unless told otherwise."""
    template = "people/sign_in.html"
    if request.method != "POST":
        if "with" not in request.GET and browsers.machine_of(request):
            return with_next(request, "people:switch")
        return page(request, template, {"form": ContactForm(initial=start(request))})
    form = ContactForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, {"form": form})
    try:
        sent = send_code(by=None, contact=form.cleaned_data["contact"], network=network_of(request))
    except Problem as problem:
        return refuse(request, template, {"form": form}, problem)
    request.session[ATTEMPT] = {"id": str(sent.attempt), "masked": sent.masked, "shown": sent.shown}
    return with_next(request, "people:sign_in_code")


@public
def sign_in_code(request):
    """Asks for the code, and signs in; from there back to where the person was."""
    attempt = request.session.get(ATTEMPT)
    if attempt is None:
        return with_next(request, "people:sign_in")
    template, context = "people/sign_in_code.html", {"attempt": attempt}
    if request.method != "POST":
        return page(request, template, context | {"form": CodeForm(initial=start(request))})
    context["form"] = form = CodeForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, context)
    try:
        person = sign_in_with_code(
            by=None,
            attempt=attempt["id"],
            digits=form.cleaned_data["digits"],
            network=network_of(request),
            language=get_language() or "",
        )
    except Problem as problem:
        return refuse(request, template, context, problem)
    browsers.begin(request, person)
    return back(request)


@public
@require_POST
def sign_out(request):
    """Ends this browser's session."""
    auth.logout(request)
    return back(request)


@public
def slip_code(request):
    """For the code on a slip, typed by hand."""
    template = "people/slip_code.html"
    if request.method != "POST":
        return page(request, template, {"form": SlipCodeForm(initial=start(request))})
    form = SlipCodeForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, {"form": form})
    return follow_slip(request, template, {"form": form}, code=form.cleaned_data["code"])


@public
def slip(request, token: str):
    """For the link on a slip: one button, for opening a link must change nothing."""
    template = "people/slip.html"
    if request.method != "POST":
        return page(request, template, {"form": SlipLinkForm(initial=start(request))})
    return follow_slip(request, template, {"form": SlipLinkForm(request.POST)}, secret=token)


def follow_slip(request, template: str, context: dict, **what: str):
    try:
        person = sign_in_with_slip(by=None, network=network_of(request), **what)
    except Problem as problem:
        return refuse(request, template, context, problem)
    browsers.begin(request, person)
    return back(request)
