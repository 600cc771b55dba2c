"""What the pages of this app share: the answer to a form that could not be followed."""

from uuid import UUID

from django.http import Http404

from linli.kit.pages import page
from linli.kit.rules import Problem


def refuse(request, template: str, context: dict, problem: Problem | None = None):
    """The same page with what was typed: 422, or 429 with Retry-After when it was tried too often."""
    if problem is not None:
        context["form"].show(problem)
    response = page(request, template, context, status=problem.status if problem else 422)
    if problem is not None and problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response


def as_uuid(text: str) -> UUID:
    """404 for what is no identifier of ours."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
