"""Where one is signed in, and ending it."""

from django.shortcuts import get_object_or_404, redirect

from linli.kit.ids import digest
from linli.kit.pages import page
from linli.kit.policies import member
from linli.people.actions import end_all_sessions, end_session
from linli.people.models import SignedIn
from linli.people.views.answers import as_uuid


@member
def sessions(request):
    """One's own browsers; ends one (`end`) or all others (`others`)."""
    own = SignedIn.objects.visible_to(request.user).live()
    if request.method == "POST":
        if "others" in request.POST:
            end_all_sessions(by=request.user, except_key=request.session.session_key)
        elif "end" in request.POST:
            end_session(by=request.user, session=get_object_or_404(own, pk=as_uuid(request.POST["end"])))
        return redirect("people:sessions")
    rows = own.order_by("-last_seen_on", "-created_at")
    return page(
        request, "people/sessions.html", {"sessions": rows, "here": digest(request.session.session_key)}
    )
