"""What the pages of this app share."""

from uuid import UUID

from django.http import Http404


def as_uuid(text: str) -> UUID:
    """404 for what is no identifier of ours."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
