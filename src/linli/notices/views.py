"""The pages of notices."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kit.pages import page, safe_next, swap
from linli.kit.policies import member, public
from linli.kit.refs import Ref, ref, resolve
from linli.kit.rules import Problem
from linli.notices import actions
from linli.notices.forms import ChannelsForm, SeenForm, SubjectForm
from linli.notices.inbox import choices, follow_rows, notice_rows
from linli.notices.models import Notice
from linli.notices.panels import follow_button
from linli.notices.stops import read_stop
from linli.notices.subjects import name_of

PER_PAGE = 50


@member
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    shown = Paginator(Notice.objects.of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = notice_rows(request.user, shown.object_list)
    context = {"rows": rows, "shown": shown, "newest": shown[0] if rows else None}
    return page(request, "notices/inbox.html", context, partial="inbox")


@member
@require_POST
def mark_seen(request: HttpRequest) -> HttpResponse:
    form = SeenForm(request.POST)
    own = Notice.objects.of(request.user)
    until = own.filter(pk=form.cleaned_data["until"]).first() if form.is_valid() else None
    if until is None:
        raise Http404
    actions.mark_seen(by=request.user, until=until)
    return redirect("notices:inbox")


@member
@require_http_methods(["GET", "HEAD", "POST"])
def follows(request: HttpRequest) -> HttpResponse:
    form = ChannelsForm(request.POST or None, initial=choices(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_channels(by=request.user, **form.cleaned_data)
            return redirect(reverse("notices:follows") + "?saved=1#channels")
        except Problem as problem:
            form.show(problem)
    context = {"rows": follow_rows(request.user), "form": form, "is_saved": "saved" in request.GET}
    return page(
        request, "notices/follows.html", context, partial="follows", status=422 if form.errors else 200
    )


@member
@require_POST
def end_follow(request: HttpRequest) -> HttpResponse:
    actions.unfollow(by=request.user, subject=subject_of(request))
    return redirect("notices:follows")


@member
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    subject = resolve(subject_of(request), request.user)
    if subject is None:
        raise Http404
    actions.follow(by=request.user, subject=subject)
    return button(request, ref(subject))


@member
@require_POST
def unfollow(request: HttpRequest) -> HttpResponse:
    subject = subject_of(request)
    actions.unfollow(by=request.user, subject=subject)
    return button(request, subject)


def subject_of(request: HttpRequest) -> Ref:
    form = SubjectForm(request.POST)
    if not form.is_valid():
        raise Http404
    return Ref(form.cleaned_data["subject"])


def button(request: HttpRequest, subject: Ref) -> HttpResponse:
    context = {"follow": follow_button(request.user, subject, back=safe_next(request))}
    return swap(request, "notices/follow_button.html", context)


# No cross-site token: mail programs post here for their reader (RFC 8058), no cookie is read, and the signed
# address is itself the authority.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    found = read_stop(token)
    if found is None:
        raise Http404
    only_subject = request.POST.get("what") == "subject"
    if request.method == "POST":
        actions.stop(of=found, whole_channel=not only_subject)
    context = {
        "channel": found.channel,
        "name": name_of(resolve(found.subject, found.person)),
        "is_followed": follow_button(found.person, found.subject).is_followed,
        "is_stopped": request.method == "POST",
        "only_subject": only_subject,
    }
    return page(request, "notices/stop.html", context)
