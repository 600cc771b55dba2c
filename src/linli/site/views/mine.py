"""My things: one page from which everything about oneself can be reached."""

from django.http import HttpRequest, HttpResponse

from linli.areas import tree
from linli.kit.pages import page
from linli.kit.policies import member
from linli.people.models import Role


@member
def mine(request: HttpRequest) -> HttpResponse:
    """One's roles with the names of their units, and links to everything else: three queries."""
    rows = Role.objects.current().filter(person=request.user).order_by("valid_until", "id")
    standing = tree.standing([row.unit_id for row in rows])
    return page(request, "site/me.html", {"roles": [(row, standing.get(row.unit_id)) for row in rows]})
