"""My things: one page from which everything about oneself can be reached."""

from django.http import HttpRequest, HttpResponse

from linli.kit.pages import page
from linli.kit.policies import member
from linli.people.models import Role


@member
def mine(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.current().filter(person=request.user).select_related("unit")
    return page(request, "site/me.html", {"roles": roles})
