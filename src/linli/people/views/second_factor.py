"""The second step of staff, its recovery codes, and showing once more that it is oneself."""

import pyotp
from django.conf import settings
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.kit.contacts import ContactValue
from linli.kit.pages import back, page, refuse, safe_next
from linli.kit.policies import member, reconfirmed
from linli.kit.rules import Problem
from linli.people import browsers
from linli.people.actions import (
    begin_second_factor,
    confirm_second_factor,
    confirm_with_code,
    confirm_with_slip,
    replace_second_factor,
    send_code,
    use_recovery_code,
    use_second_factor,
)
from linli.people.forms.second_factor import AppCodeForm, RecoveryForm
from linli.people.forms.signing_in import CodeForm, NextForm, SlipCodeForm
from linli.people.models import Contact, SignInCode
from linli.people.throttle import network_of
from linli.people.views.desks import qr
from linli.people.views.signing_in import start, with_next

CONFIRM_ATTEMPT = "confirm_attempt"


@member
def second_factor(request):
    """Asks for the app's digits; without an app yet, leads to setting it up."""
    if not browsers.has_second_factor(request.user):
        return with_next(request, "people:set_up_second_factor")
    template = "people/second_factor.html"
    if request.method != "POST":
        return page(request, template, {"form": AppCodeForm(initial=start(request))})
    form = AppCodeForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, {"form": form})
    try:
        use_second_factor(by=request.user, digits=form.cleaned_data["digits"])
    except Problem as problem:
        return refuse(request, template, {"form": form}, problem)
    browsers.pass_second_factor(request)
    return back(request)


@member
def recovery(request):
    """A recovery code instead of the app."""
    template = "people/recovery.html"
    if request.method != "POST":
        return page(request, template, {"form": RecoveryForm(initial=start(request))})
    form = RecoveryForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, {"form": form})
    try:
        use_recovery_code(by=request.user, code=form.cleaned_data["code"])
    except Problem as problem:
        return refuse(request, template, {"form": form}, problem)
    browsers.pass_second_factor(request)
    return back(request)


@member
def set_up(request):
    """The secret as a picture and in letters, until the app shows the right digits."""
    if browsers.has_second_factor(request.user):
        return with_next(request, "people:second_factor")
    template = "people/second_factor_set_up.html"
    if request.method != "POST" or "digits" not in request.POST:
        form = AppCodeForm(initial=start(request))
        return page(request, template, secret_of(request) | {"form": form})
    form = AppCodeForm(request.POST)
    context = secret_of(request) | {"form": form}
    if not form.is_valid():
        return refuse(request, template, context)
    try:
        codes = confirm_second_factor(by=request.user, digits=form.cleaned_data["digits"])
    except Problem as problem:
        return refuse(request, template, context, problem)
    browsers.pass_second_factor(request)
    return page(request, "people/recovery_codes.html", {"codes": codes, "next": safe_next(request, "/")})


def secret_of(request) -> dict:
    """The picture and the letters; asked for by POST only, because it makes the secret at first."""
    if request.method != "POST":
        return {}
    secret = begin_second_factor(by=request.user).secret
    address = pyotp.TOTP(secret).provisioning_uri(
        name=_("Linli"), issuer_name=settings.ADDRESS.split("://")[-1]
    )
    letters = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return {"picture": qr(address), "letters": letters, "address": address}


@member
@reconfirmed
def replace(request):
    """Forgets the app, to set up another one."""
    if request.method != "POST":
        return page(request, "people/second_factor_replace.html")
    replace_second_factor(by=request.user)
    request.session.pop("second_factor_at", None)
    return redirect("people:set_up_second_factor")


@member
def confirm(request):
    """Before weighty deeds: the app's digits, a code to one's own contact, or a slip for who has neither."""
    if settings.DEMONSTRATION and request.user.cast:
        return confirm_in_demonstration(request)
    if browsers.has_second_factor(request.user):
        return confirm_with(request, AppCodeForm, "people/confirm_app.html", by_app)
    contacts = list(Contact.objects.filter(person=request.user, sign_in=True).order_by("pk"))
    if not contacts:
        return confirm_with(request, SlipCodeForm, "people/confirm_slip.html", by_slip)
    if "send" in request.POST:
        return send_confirmation(request, contacts)
    return confirm_with(request, CodeForm, "people/confirm_code.html", by_code, contacts=masked(contacts))


def confirm_with(request, form_class, template: str, check, **context):
    context["attempt"] = request.session.get(CONFIRM_ATTEMPT)
    if request.method != "POST":
        return page(request, template, context | {"form": form_class(initial=start(request))})
    context["form"] = form = form_class(request.POST)
    if not form.is_valid():
        return refuse(request, template, context)
    try:
        check(request, form.cleaned_data)
    except Problem as problem:
        return refuse(request, template, context, problem)
    request.session.pop(CONFIRM_ATTEMPT, None)
    browsers.confirm(request)
    return back(request)


def by_app(request, values: dict) -> None:
    use_second_factor(by=request.user, digits=values["digits"])


def by_slip(request, values: dict) -> None:
    confirm_with_slip(by=request.user, code=values["code"], network=network_of(request))


def by_code(request, values: dict) -> None:
    attempt = request.session.get(CONFIRM_ATTEMPT)
    if attempt is None:
        raise Problem(_("Please ask for a code first."))
    confirm_with_code(
        by=request.user, attempt=attempt["id"], digits=values["digits"], network=network_of(request)
    )


def masked(contacts) -> list[dict]:
    return [{"pk": row.pk, "masked": ContactValue(row.kind, row.value).masked} for row in contacts]


def send_confirmation(request, contacts):
    chosen = next((row for row in contacts if str(row.pk) == request.POST["send"]), contacts[0])
    value = ContactValue(chosen.kind, chosen.value)
    context = {"form": CodeForm(initial=start(request)), "contacts": masked(contacts)}
    try:
        sent = send_code(
            by=request.user, contact=value, network=network_of(request), purpose=SignInCode.Purpose.CONFIRM
        )
    except Problem as problem:
        context["form"] = CodeForm({"next": safe_next(request, "")})
        context["form"].errors.clear()
        return refuse(request, "people/confirm_code.html", context, problem)
    request.session[CONFIRM_ATTEMPT] = {"id": str(sent.attempt), "masked": sent.masked, "shown": sent.shown}
    return with_next(request, "people:confirm")


def confirm_in_demonstration(request):
    """The cast has neither phone nor app; one button stands for them."""
    if request.method != "POST":
        return page(request, "people/confirm_cast.html", {"form": NextForm(initial=start(request))})
    browsers.confirm(request)
    return back(request)
