"""Series: begun, changed and ended in words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require
from linli.programmes import actions
from linli.programmes.actions.series import newest_of, rule_of
from linli.programmes.forms.sessions import RuleForm, SessionForm, first_rule
from linli.programmes.models import Series, Session
from linli.programmes.recurrence import in_words
from linli.programmes.rules import may_keep_sessions
from linli.programmes.views.found import programme_of
from linli.programmes.views.planning import pattern_for, station_for


@staff
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """A session and the rule by which it comes back."""
    programme, station, pattern = programme_of(request, code), station_for(request), pattern_for(request)
    form = SessionForm(request.POST or None, station=station, thing=pattern, initial={"name": programme.name})
    rule = RuleForm(request.POST or None)

    def deed() -> None:
        workdays = rule.cleaned_data["skips_holidays"]
        about = {"programme": programme, "station": station, "planned": form.planned()}
        actions.begin_series(by=request.user, **about, rule=rule.rule(), skips_holidays=workdays)

    if request.method == "POST" and rule.is_valid() and carries(form, rule, deed):
        return redirect(programme)
    context = {"form": form, "rule": rule, "programme": programme, "station": station}
    wrong = form.errors or rule.errors
    return page(request, "programmes/begin_series.html", context, status=422 if wrong else 200)


def carries(form: SessionForm, rule: RuleForm, deed: Any) -> bool:
    """Does the deed; what the rule's fields have to mend is shown at them."""
    done = form.carries(deed)
    for name in [name for name in form.errors if name in rule.fields]:
        rule.add_error(name, form.errors[name])
    return done


def own_series(request: HttpRequest, code: str) -> tuple[Series, Session]:
    """A series and its newest session, whose station the person works at."""
    found = get_object_or_404(Series.objects.visible_to(request.user).select_related("programme"), code=code)
    newest = newest_of(found)
    require(newest is not None and may_keep_sessions(request.user, newest.station))
    assert newest is not None  # noqa: S101 the line above saw to it
    return found, newest


@staff
def series(request: HttpRequest, code: str) -> HttpResponse:
    """The rule, to change; its sessions, each to move or cancel by itself; its end."""
    found, newest = own_series(request, code)
    rule = rule_of(found, newest.station)
    form = RuleForm(request.POST or None, initial=first_rule(rule, found.skips_holidays))

    def deed() -> None:
        skips = form.cleaned_data["skips_holidays"]
        actions.change_series(by=request.user, series=found, rule=form.rule(), skips_holidays=skips)

    if request.method == "POST" and form.carries(deed):
        return redirect("programmes:series", found.code)
    coming = Session.objects.filter(series=found).coming(timezone.now()).briefly()
    words = in_words(rule, found.first_at.astimezone(newest.zone).date())
    context = {"form": form, "series": found, "programme": found.programme, "coming": coming, "words": words}
    return page(request, "programmes/series.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """No further sessions of it."""
    found, _newest = own_series(request, code)
    actions.end_series(by=request.user, series=found)
    return redirect(found.programme)
