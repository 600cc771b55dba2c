"""Blocks of seats, kept by the liaison of an organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.models import Organisation
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import Problem, require
from linli.people.rules import held
from linli.programmes import actions
from linli.programmes.forms.signing_up import BlockForm, NameForm
from linli.programmes.models import Block, SignUp
from linli.programmes.panels.pages import seats_in_words
from linli.programmes.tickets import link_of
from linli.programmes.views.found import session_of


def organisation_of(request: HttpRequest) -> Organisation:
    """The organisation the person is liaison of; of several, the one the address names."""
    mine = Organisation.objects.filter(unit__in=held(request.user, "liaison").values("unit")).order_by(
        "reading", "code"
    )
    code = request.GET.get("organisation")
    found = get_object_or_404(mine, code=code) if code else mine.first()
    require(found is not None)
    assert found is not None  # noqa: S101 the line above saw to it
    return found


@staff
def block(request: HttpRequest, code: str) -> HttpResponse:
    """Seats of one's organisation at a session: how many, and, if they want to say, who."""
    session, organisation = session_of(request, code), organisation_of(request)
    there = (
        Block.objects.filter(session=session, organisation=organisation)
        .select_related("organisation__unit")
        .first()
    )
    seats = BlockForm(request.POST if "take" in request.POST or "give" in request.POST else None)
    name = NameForm(request.POST if "write" in request.POST else None)

    def number() -> None:
        if "give" in request.POST and there:
            actions.give_block_back(by=request.user, block=there, seats=seats.cleaned_data["seats"])
        else:
            about = {"session": session, "organisation": organisation}
            actions.take_block(by=request.user, **about, seats=seats.cleaned_data["seats"])

    def named() -> None:
        if there is None:
            raise Problem(_("Take seats first."), "name")
        actions.name_in_block(by=request.user, block=there, name=name.cleaned_data["name"])

    form, deed = (name, named) if name.is_bound else (seats, number)
    if form.is_bound and form.carries(deed):
        return redirect(f"{request.path}?organisation={organisation.code}")
    own = SignUp.objects.filter(block=there).alive().order_by("signed_at") if there else []
    context = {
        "session": session,
        "organisation": organisation,
        "held": there,
        "form": seats,
        "name_form": name,
        "own": [(each, link_of(each)) for each in own],
        "seats": seats_in_words(session),
        "has_begun": session.starts_at <= timezone.now(),
    }
    return page(request, "programmes/block.html", context, status=422 if form.errors else 200)
