"""A group proposes; a station and, where a programme wants it, an organiser say yes or no."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.models import Station
from linli.kit.forms import Form
from linli.kit.pages import page
from linli.kit.policies import member, staff
from linli.kit.rules import Problem, require
from linli.kit.words import said
from linli.programmes import actions
from linli.programmes.forms.sessions import SessionForm
from linli.programmes.forms.signing_up import ProposalWordsForm
from linli.programmes.models import Programme, Session
from linli.programmes.rules import may_agree, may_propose
from linli.programmes.views.found import session_of


class WhereForm(Form):
    """Which station is asked, and which programme it belongs to."""

    station = forms.ModelChoiceField(
        label=_("Station that is asked"), queryset=Station.objects.none(), to_field_name="code"
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), to_field_name="code"
    )

    def __init__(self, *args: object, group: Unit, **options: object):
        super().__init__(*args, **options)
        above = tree.ancestors(group.pk)
        near = tree.descendants(above[0]) if above else Unit.objects.none()
        self.fields["station"].queryset = Station.objects.visible_to(None).filter(unit__in=near)  # type: ignore[attr-defined]
        programmes = Programme.objects.running().filter(unit__in=[*above, *near.values_list("pk", flat=True)])
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.label_from_instance = lambda thing: said(thing, "name").text  # type: ignore[attr-defined]


@member
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """A session of a self-run group, laid before a station."""
    group = get_object_or_404(Unit.objects.visible_to(request.user).filter(kind="group"), code=code)
    require(may_propose(request.user, group))
    where = WhereForm(request.POST or None, group=group)
    asked = (
        where.cleaned_data["station"]
        if where.is_bound and where.is_valid()
        else where.fields["station"].queryset.first()
    )  # type: ignore[attr-defined]
    require(asked is not None, _("No station is near this group yet."))
    form = SessionForm(request.POST or None, station=asked)
    made: list[Session] = []

    def deed() -> None:
        about = {"programme": where.cleaned_data["programme"], "station": asked, "planned": form.planned()}
        made.append(actions.propose_session(by=request.user, group=group, **about))

    if request.method == "POST" and where.is_valid() and form.carries(deed):
        return redirect(made[0])
    context = {
        "form": form,
        "where": where,
        "group": group,
        "standing": tree.standing([group.pk]).get(group.pk),
    }
    wrong = form.errors or where.errors
    return page(request, "programmes/propose.html", context, status=422 if wrong else 200)


@staff
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Yes, or no with its reason."""
    found = session_of(request, code)
    require(may_agree(request.user, found))
    form = ProposalWordsForm(request.POST)

    def deed() -> None:
        if "yes" in request.POST:
            actions.agree_to_session(by=request.user, session=found)
            return
        reason = form.cleaned_data["reason"]
        if not reason:
            raise Problem(_("Please say why not: the group reads it."), "reason")
        actions.decline_session(by=request.user, session=found, reason=reason)

    if form.carries(deed):
        return redirect(found)
    return page(request, "programmes/decide.html", {"form": form, "session": found}, status=422)
