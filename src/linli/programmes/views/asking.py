"""Questions of sessions: asked, agreed to, and all of them in public."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from linli.kit.pages import page
from linli.kit.policies import public, staff
from linli.programmes import actions
from linli.programmes.forms.signing_up import QuestionForm
from linli.programmes.models import Question
from linli.programmes.views.found import own_session

PER_PAGE = 50


@staff
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of a session: what is asked, what waits for a second yes, and a new one."""
    found = own_session(request, code)
    if "stop" in request.POST:
        question = get_object_or_404(Question, session=found, code=request.POST["stop"])
        actions.stop_question(by=request.user, question=question)
        return redirect("programmes:ask", found.code)
    last = found.ends_at.astimezone(found.zone).date()
    form = QuestionForm(request.POST or None, initial={"ends_on": last})

    def deed() -> None:
        language = get_language() or found.language
        actions.ask_question(by=request.user, session=found, language=language, **form.cleaned_data)

    if request.method == "POST" and form.carries(deed):
        return redirect("programmes:ask", found.code)
    context = {"form": form, "session": found, "questions": found.questions.order_by("asked_at")}
    return page(request, "programmes/ask.html", context, status=422 if form.errors else 200)


@public
def questions(request: HttpRequest) -> HttpResponse:
    """Every question ever asked, newest first, with purpose and end."""
    asked = Question.objects.visible_to(request.user).select_related("session").order_by("-asked_at", "-id")
    return page(
        request,
        "programmes/questions.html",
        {"page": Paginator(asked, PER_PAGE).get_page(request.GET.get("page"))},
    )


@staff
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """The second yes to a question that touches religion, health or party, or the no."""
    question = get_object_or_404(Question.objects.select_related("session__station__unit"), code=code)
    actions.decide_question(by=request.user, question=question, agree="yes" in request.POST)
    return redirect(question.session)
