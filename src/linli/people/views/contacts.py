"""One's own contacts: adding one with a code, removing one."""

from django.shortcuts import get_object_or_404, redirect

from linli.kit.contacts import ContactValue
from linli.kit.pages import page, refuse
from linli.kit.policies import member, reconfirmed
from linli.kit.rules import Problem
from linli.people.actions import add_contact_with_code, remove_contact, send_code
from linli.people.forms.signing_in import CodeForm, ContactForm
from linli.people.models import Contact, SignInCode
from linli.people.throttle import network_of

ATTEMPT = "contact_attempt"


def own_contacts(request) -> list[dict]:
    rows = Contact.objects.visible_to(request.user).order_by("pk")
    return [{"contact": row, "masked": ContactValue(row.kind, row.value).masked} for row in rows]


@member
@reconfirmed
def contacts(request):
    """Lists one's contacts; a new one is sent a code first."""
    template, context = "people/contacts.html", {"contacts": own_contacts(request)}
    if request.method != "POST":
        return page(request, template, context | {"form": ContactForm()})
    context["form"] = form = ContactForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, context)
    contact, network = form.cleaned_data["contact"], network_of(request)
    try:
        sent = send_code(by=request.user, contact=contact, network=network, purpose=SignInCode.Purpose.ADD)
    except Problem as problem:
        return refuse(request, template, context, problem)
    request.session[ATTEMPT] = {"id": str(sent.attempt), "masked": sent.masked, "shown": sent.shown}
    return redirect("people:contact_code")


@member
def contact_code(request):
    """The code that came to the new contact."""
    attempt = request.session.get(ATTEMPT)
    if attempt is None:
        return redirect("people:contacts")
    template, context = "people/contact_code.html", {"attempt": attempt}
    if request.method != "POST":
        return page(request, template, context | {"form": CodeForm()})
    context["form"] = form = CodeForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, context)
    digits, network = form.cleaned_data["digits"], network_of(request)
    try:
        add_contact_with_code(by=request.user, attempt=attempt["id"], digits=digits, network=network)
    except Problem as problem:
        return refuse(request, template, context, problem)
    del request.session[ATTEMPT]
    return redirect("people:contacts")


@member
@reconfirmed
def remove(request, number: int):
    """Asks, then removes one of one's own contacts."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user), pk=number)
    context = {"contact": contact, "masked": ContactValue(contact.kind, contact.value).masked}
    if request.method != "POST":
        return page(request, "people/contact_remove.html", context)
    try:
        remove_contact(by=request.user, contact=contact)
    except Problem as problem:
        return page(request, "people/contact_remove.html", context | {"problem": problem}, status=422)
    return redirect("people:contacts")
